import { type AnswerName, type Answers, answerNames } from './answers.ts'
import type { Collected } from './collect.ts'
import { formOf, type Question } from './questions.ts'

/**
 * Everything that stands in the way, at once.
 *
 * @param unused options that answered nothing
 * @returns undefined when there is nothing
 */
export function describeProblems(collected: Collected, unused: readonly AnswerName[]): string | undefined {
  const missing = collected.missing.map((question) =>
    row(question.name, describeQuestion(question, collected.answers)),
  )
  const refused = [
    ...collected.refused.flatMap(({ question: { name }, remarks }) =>
      remarks.map(({ message, fix }) =>
        // The secret itself comes on standard input; what asks for that is the option.
        row(name === 'secret' ? 'client-secret' : name, fix === undefined ? message : `${message}: ${fix}`),
      ),
    ),
    ...unused.map((name) => row(name, 'has no effect with the other answers: remove it')),
  ]
  if (missing.length === 0 && refused.length === 0) return undefined
  return [
    ...(missing.length > 0
      ? ['doorward: answers are missing, and there is no terminal to ask for them:']
      : []),
    ...missing,
    ...(refused.length > 0 ? ['doorward: this will not do:'] : []),
    ...refused,
    'Nothing was written. Try "doorward --help".',
  ].join('\n')
}

function row(name: string, what: string): string {
  return `  ${`--${name}`.padEnd(18)} ${what}`
}

/** What an option is for. */
function describeQuestion(question: Question, answers: Answers): string {
  const { text, example } = formOf(question, answers)
  const values = question.choices?.(answers).map(({ value }) => value)
  if (values) return `${text} ${values.join(', ')}`
  return example === undefined ? text : `${text}, such as ${example}`
}

/** The options that answered nothing. Before the provider is known, nobody can say. */
export function unusedOptions(
  { answers, refused }: Collected,
  given: Readonly<Partial<Record<AnswerName, string>>>,
): readonly AnswerName[] {
  if (answers.protocol === undefined) return []
  const asked = new Set<string>([...Object.keys(answers), ...refused.map(({ question }) => question.name)])
  return answerNames.filter((name) => given[name] !== undefined && !asked.has(name))
}
