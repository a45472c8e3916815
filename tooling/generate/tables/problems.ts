import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueSeverities } from '@doorward/core/errors'
import { root } from '../../test/process.ts'
import { code, table } from './table.ts'

const SOURCE = 'packages/core/src/errors/configuration-issues.ts'
const EXAMPLES = 'packages/core/test/broken'

interface Section {
  readonly title: string
  readonly rows: string[][]
}

/** What there is to say about a configuration, by code, as sections of docs/configuration-problems.md. */
export async function problemTables(): Promise<string> {
  const source = await readFile(join(root, SOURCE), 'utf8')
  const sections: Section[] = []
  let comment = ''
  for (const line of source.split('\n')) {
    comment = /^ {2}\/\*\* (.*) \*\/$/.exec(line)?.[1] ?? comment
    const title = /^ {2}\/\/ (.*)\.$/.exec(line)?.[1]
    if (title !== undefined) sections.push({ title, rows: [] })
    const [, name, severity] = /^ {2}(\w+): '(error|warning)',$/.exec(line) ?? []
    if (name === undefined || severity === undefined) continue
    const { meaning, fix } = await explain(name, comment)
    sections.at(-1)?.rows.push([code(name), severity, meaning, fix])
    comment = ''
  }
  const found = sections.flatMap(({ rows }) => rows).length
  if (found !== Object.keys(issueSeverities).length) throw new Error(`${SOURCE} is not written as it was`)
  return sections
    .map(
      ({ title, rows }) =>
        `## ${title}\n\n${table(['code', 'severity', 'what it means', 'what to do'], rows)}`,
    )
    .join('\n\n')
}

interface Explanation {
  readonly meaning: string
  readonly fix: string
}

/** What is said of the code where it is defined; else what a person is told in the example of it. */
async function explain(name: string, comment: string): Promise<Explanation> {
  const example = await exampleOf(name)
  return { meaning: inTable(comment) || example.meaning, fix: example.fix }
}

/** The first line that the reader says of the file that is made for the code. */
async function exampleOf(name: string): Promise<Explanation> {
  const text = await readFile(join(root, EXAMPLES, `${name}.txt`), 'utf8').catch(() => '')
  const line = text.split('\n').find((one) => new RegExp(`^\\w+ \\d+:\\d+ ${name}: `).test(one))
  const [, message = '–', fix = '–'] = /^\w+ \d+:\d+ \w+: (.*?)(?: \| fix: (.*))?$/.exec(line ?? '') ?? []
  return { meaning: literal(message), fix: literal(fix) }
}

/** In the manner of our tables: no capital, no final stop. */
function inTable(sentence: string): string {
  return sentence.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase()).replace(/\.$/, '')
}

/** What means something in markdown, and is meant as it stands. */
function literal(text: string): string {
  return text.replace(/[<*]|__/g, (mark) => [...mark].map((one) => `\\${one}`).join(''))
}
