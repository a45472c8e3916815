import { styleText } from 'node:util'
import type { Answers, Choice } from './answers.ts'
import type { Terminal } from './ask.ts'
import type { Person, Remark } from './collect.ts'
import { formOf, type Question } from './questions.ts'

/** Somebody at a terminal. */
export function personAt(terminal: Terminal, colours: boolean): Person {
  const style = (format: Parameters<typeof styleText>[0], text: string) =>
    colours ? styleText(format, text, { validateStream: false }) : text
  const say = (label: string, remarks: readonly Remark[]) => {
    for (const { message, fix } of remarks) {
      terminal.say(`  ${label} ${message}`)
      if (fix !== undefined) terminal.say(`  ${style('green', 'fix:')} ${fix}`)
    }
  }
  const ask = (question: Question, answers: Answers) => {
    const choices = question.choices?.(answers)
    const what = choices ? 'Number or name' : style('bold', formOf(question, answers).text)
    return terminal.ask(`${what}${expected(question, answers, choices)}: `, question)
  }
  return {
    ask(question, answers) {
      const { text, hint } = question
      const choices = question.choices?.(answers)
      terminal.say(choices ? `\n${style('bold', text)}\n${listOf(choices)}` : '')
      if (hint !== undefined) terminal.say(style('dim', hint))
      return ask(question, answers)
    },
    askAgain: ask,
    refuse: (remarks) => say(style(['bold', 'red'], 'no:'), remarks),
    warn: (remarks) => say(style(['bold', 'yellow'], 'warning:'), remarks),
  }
}

function listOf(choices: readonly Choice[]): string {
  return choices.map(({ title }, index) => `${String(index + 1).padStart(4)}  ${title}`).join('\n')
}

/** The default, as what Enter means; else an example. */
function expected(question: Question, answers: Answers, choices: readonly Choice[] | undefined): string {
  const otherwise = question.otherwise?.(answers)
  if (choices) {
    const index = choices.findIndex(({ value }) => value === otherwise)
    return index < 0 ? '' : ` [${index + 1}]`
  }
  if (otherwise) return ` [${otherwise}]`
  const { example } = formOf(question, answers)
  const such = example === undefined ? '' : `, such as ${example}`
  return otherwise === '' ? `${such} [none]` : such
}
