import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Attack, type AttackPart, attacks } from '../../../packages/core/test/saml-corpus/attacks.ts'
import { type MutantTable, mutantsOf, type PlacedMutant, readTable } from '../../mutate/table.ts'
import { type Target, targets } from '../../mutate/targets.ts'
import { root } from '../../test/process.ts'
import { code, table } from './table.ts'

const CORPUS = 'packages/core/test/saml-corpus'

/** How many cases of a rule are named. */
const SHOWN = 6

/** Which cases turn red when a rule is gone, file by file, as sections of docs/saml-corpus.md. */
export async function ruleTables(): Promise<string> {
  const target = samlTarget()
  const missed = await readTable(target)
  const byFile = Map.groupBy(await mutantsOf(target), ({ path }) => path)
  const sections = await Promise.all(
    [...byFile].map(async ([path, mutants]) => {
      const text = await readFile(join(root, target.package, target.folder, path), 'utf8')
      const byRule = Map.groupBy(mutants, ({ rule }) => rule)
      const rows = [...byRule].map(([rule, found]) => ruleRow(rule, found, { missed, text }))
      const file = `[\`${path}\`](../${target.package}/${target.folder}/${path})`
      return `### ${file}\n\n${table(['rule', 'what it is for', 'checks', 'who misses them'], rows)}`
    }),
  )
  return sections.join('\n\n')
}

function samlTarget(): Target {
  const target = targets['saml']
  if (!target) throw new Error('tooling/mutate/targets.ts does not know saml')
  return target
}

function ruleRow(
  rule: string,
  mutants: readonly PlacedMutant[],
  { missed, text }: { readonly missed: MutantTable; readonly text: string },
): string[] {
  // What is missed by few says most about the rule.
  const lists = mutants.map(({ name }) => missed[name] ?? []).sort((one, other) => one.length - other.length)
  const all = [...new Set(lists.flat())]
  const cases = all.filter((one) => !one.startsWith('test: ') && !one.startsWith('('))
  const tests = all.filter((one) => one.startsWith('test: ')).map((one) => one.slice('test: '.length))
  const shown = [
    ...cases.slice(0, SHOWN).map(caseLink),
    ...tests.slice(0, Math.max(0, SHOWN - cases.length)).map(inTable),
  ]
  const isCut = all.some((one) => one.startsWith('(')) || cases.length + tests.length > shown.length
  const who = [...shown, ...(isCut ? ['and more'] : [])].join(', ')
  return [code(rule), inTable(meaningOf(rule, text)), String(mutants.length), who]
}

/** The first sentence of the comment on a function. */
function meaningOf(name: string, text: string): string {
  const declaration = new RegExp(
    `/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*(?:export )?(?:async )?(?:function|const|class) ${name}\\b`,
  )
  const comment = (declaration.exec(text)?.[1] ?? '')
    .replaceAll(/\n\s*\* ?/g, ' ')
    .replaceAll(/\[([^\]]+)\]\([^)]+\)/g, '$1')
    .replaceAll(/\{@link ([^}]+)\}/g, '$1')
    .trim()
  const [sentence = ''] = comment.split(/(?<=[.:!]) (?=[A-Z@])|@/)
  return sentence.trim() || '–'
}

/** Where the link leads, is said at the end of the document. */
function caseLink(path: string): string {
  return `[${labelOf(path)}]`
}

function labelOf(path: string): string {
  return path.startsWith('reject/') ? path.slice('reject/'.length) : path
}

/** Where the links to cases lead. */
export async function corpusLinks(): Promise<string> {
  const kinds = await Promise.all(
    ['accept', 'reject'].map(async (kind) =>
      (await readdir(join(root, CORPUS, kind))).sort().map((name) => `${kind}/${name}`),
    ),
  )
  return kinds
    .flat()
    .map((path) => `[${labelOf(path)}]: ../${CORPUS}/${path}`)
    .join('\n')
}

const parts: Readonly<Record<AttackPart, string>> = {
  wrapping: 'Wrapping: what is signed and what is read are two things',
  signature: 'Signatures, references, transforms, canonical forms',
  keys: 'Keys and algorithms',
  reader: 'Reading XML',
  protocol: 'The protocol',
  encryption: 'Encryption',
  people: 'Who it is',
}

/** Which cases and tests are which attack, as sections of docs/saml-corpus.md. */
export function attackLists(): string {
  return Object.entries(parts)
    .map(([part, title]) => {
      const items = attacks.filter((attack) => attack.part === part).map(attackItem)
      return `### ${title}\n\n${items.join('\n')}`
    })
    .join('\n\n')
}

/** Not a row of a table: some have dozens of cases. */
function attackItem({ attack, answer, sources, cases, tests = [] }: Attack): string {
  const links = [
    ...cases.map((name) => caseLink(`reject/${name}`)),
    ...tests.map((path) => `[${path.split('/').at(-1)}](../${path})`),
  ]
  return `- **${inTable(attack)}** ${inTable(answer)} (${sources.join('; ')})\n\n  ${links.join(', ')}\n`
}

/** How many there are, in a sentence. */
export async function corpusSummary(): Promise<string> {
  const [accepting, rejecting] = await Promise.all(
    ['accept', 'reject'].map((kind) => readdir(join(root, CORPUS, kind))),
  )
  const mutants = await mutantsOf(samlTarget())
  return `${accepting?.length} answers that must be accepted, ${rejecting?.length} that must be refused, ${attacks.length} ways to attack, ${mutants.length} checks that somebody misses when they are gone.`
}

/** What would be read as markup. */
function inTable(text: string): string {
  return text.replaceAll('<', '\\<').replaceAll('*', '\\*')
}
