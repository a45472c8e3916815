import { type BaseUrl, nearest, type ParseOptions } from '@doorward/core/config'
import type { Answers, Choice } from './answers.ts'
import { judge } from './judge.ts'
import type { Question, Surroundings } from './questions.ts'

/** What is wrong with an answer, or to be known about it, and what to do. */
export interface Remark {
  readonly message: string
  readonly fix?: string
}

/** Somebody who can be asked. */
export interface Person {
  /** @throws {@link Abandoned} when there will be no answer */
  ask(question: Question, answers: Answers): Promise<string>
  /** Asks once more, after {@link refuse}. */
  askAgain(question: Question, answers: Answers): Promise<string>
  /** Says what is wrong with an answer. */
  refuse(remarks: readonly Remark[]): void
  /** Says what is to be known about an answer that was taken. */
  warn(remarks: readonly Remark[]): void
}

/** What is known, and what stands in the way of the rest. */
export interface Collected {
  readonly answers: Answers
  /** Neither given nor to be had otherwise. */
  readonly missing: readonly Question[]
  readonly refused: readonly { readonly question: Question; readonly remarks: readonly Remark[] }[]
}

/** From where answers come. */
interface Sources {
  /** Given in advance, by options. */
  readonly given: Readonly<Partial<Record<string, string>>>
  /** None: what is not given and has no default is missing. */
  readonly person: Person | undefined
  readonly surroundings: Surroundings
  readonly options: Omit<ParseOptions, 'baseUrl'>
}

/** Goes through questions in their order, each of which may depend on the answers before it. */
export async function collect(
  questions: readonly Question[],
  before: Collected,
  sources: Sources,
): Promise<Collected> {
  let { answers } = before
  const missing = [...before.missing]
  const refused = [...before.refused]
  for (const question of questions) {
    if (!question.applies(answers)) continue
    const taken = await takeGiven(question, answers, sources)
    if (taken === undefined) missing.push(question)
    else if ('remarks' in taken) refused.push({ question, remarks: taken.remarks })
    else {
      sources.person?.warn(taken.news)
      answers = taken.answers
    }
  }
  return { answers, missing, refused }
}

/** Nothing is known yet. */
export const nothingYet: Collected = { answers: {}, missing: [], refused: [] }

type Taken =
  | {
      readonly answers: Answers
      /** What is to be known since this answer. */
      readonly news: readonly Remark[]
    }
  | { readonly remarks: readonly Remark[] }

async function takeGiven(question: Question, answers: Answers, sources: Sources): Promise<Taken | undefined> {
  const { person, given } = sources
  const text = given[question.name]
  const fallback = question.otherwise?.(answers)
  const isSettled = question.choices?.(answers).length === 1
  if (text === undefined && (!person || isSettled)) {
    return fallback === undefined ? undefined : take(question, fallback, answers, sources)
  }
  if (text !== undefined) {
    const taken = take(question, text, answers, sources)
    if (!person || 'answers' in taken) return taken
    person.refuse(taken.remarks)
  }
  return person && takeAsked(question, answers, person, sources)
}

async function takeAsked(
  question: Question,
  answers: Answers,
  person: Person,
  sources: Sources,
): Promise<Taken> {
  for (let typed = await person.ask(question, answers); ; typed = await person.askAgain(question, answers)) {
    const text = typed.trim() === '' ? (question.otherwise?.(answers) ?? '') : typed
    const taken = take(question, text, answers, sources)
    if ('answers' in taken) return taken
    person.refuse(taken.remarks)
  }
}

function take(question: Question, typed: string, answers: Answers, sources: Sources): Taken {
  const text = typed.trim()
  if (text === '' && question.otherwise?.(answers) !== '') {
    return { remarks: [{ message: 'an answer is needed' }] }
  }
  const choices = question.choices?.(answers)
  const read = choices
    ? choose(text, choices)
    : (question.read?.(text, sources.surroundings) ?? { value: text })
  if ('problem' in read) {
    return { remarks: [{ message: read.problem, ...(read.fix === undefined ? {} : { fix: read.fix }) }] }
  }
  const next = { ...answers, [question.name]: read.value }
  const { errors, warnings } = judgeAll(next, sources)
  if (errors.length > 0) return { remarks: errors }
  const known = new Set(judgeAll(answers, sources).warnings.map(({ message }) => message))
  return { answers: next, news: warnings.filter(({ message }) => !known.has(message)) }
}

/** Where nothing else is known yet: a place like most. */
const SOMEWHERE = 'https://sso.example.com' as BaseUrl

function judgeAll(answers: Answers, { options }: Sources) {
  return judge(answers, { ...options, baseUrl: (answers['base-url'] as BaseUrl | undefined) ?? SOMEWHERE })
}

/** By number, by name, or by a part of the title that only one of them has. */
function choose(
  text: string,
  choices: readonly Choice[],
): { value: string } | { problem: string; fix?: string } {
  const lower = text.toLowerCase()
  const named = choices.find(({ value, title }) =>
    [value, title].some((name) => name.toLowerCase() === lower),
  )
  const numbered = /^\d+$/.test(text) ? choices[Number(text) - 1] : undefined
  const similar = lower.length < 3 ? [] : choices.filter(({ title }) => title.toLowerCase().includes(lower))
  const choice = named ?? numbered ?? (similar.length === 1 ? similar[0] : undefined)
  if (choice) return choice
  const values = choices.map(({ value }) => value.toLowerCase())
  const meant = nearest(lower, values)
  return {
    problem: `must be one of ${values.join(', ')}, or a number from 1 to ${choices.length}`,
    ...(meant === undefined ? {} : { fix: `did you mean "${meant}"?` }),
  }
}
