import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../test/process.ts'
import { equivalentOf } from './equivalents.ts'
import { findMutants, type Mutant, nameOfMutant } from './mutants.ts'
import { type Target, targets } from './targets.ts'

/** A mutant, and in which file of the target's folder it is. */
export interface PlacedMutant extends Mutant {
  readonly path: string
  /** What tells it from all others: the file, what is changed, and the how manieth such change it is. */
  readonly name: string
}

/** Who missed what: the names of mutants, and for each the cases that came out wrong, or the test that failed. */
export type MutantTable = Readonly<Record<string, readonly string[]>>

/** All mutants of a target but those that change nothing. */
export async function mutantsOf(target: Target): Promise<readonly PlacedMutant[]> {
  const folder = join(root, target.package, target.folder)
  const paths = (await filesOf(folder, target)).filter((path) => !path.endsWith('.test.ts'))
  const found = await Promise.all(
    paths.sort().map(async (path) => placed(target, path, await readFile(join(folder, path), 'utf8'))),
  )
  return found.flat()
}

/** The TypeScript files of a target, tests among them; within its folder, wherever that lies. */
export async function filesOf(folder: string, { parts }: Target): Promise<readonly string[]> {
  const found = await Promise.all(
    parts.map(async (part) =>
      (await readdir(join(folder, part), { recursive: true })).map((path) => join(part, path)),
    ),
  )
  return found.flat().filter((path) => path.endsWith('.ts'))
}

function placed({ equivalents }: Target, path: string, text: string): readonly PlacedMutant[] {
  const counts = new Map<string, number>()
  return findMutants(path, text).flatMap((mutant) => {
    const change = nameOfMutant(mutant)
    const count = (counts.get(change) ?? 0) + 1
    counts.set(change, count)
    if (equivalentOf(equivalents, path, change)) return []
    const name = `${path} ${change}${count === 1 ? '' : ` (${count})`}`
    return [{ ...mutant, path, name }]
  })
}

/** @returns the entries that fit no change any more */
export async function staleEquivalents(target: Target): Promise<readonly string[]> {
  const folder = join(root, target.package, target.folder)
  const stale = await Promise.all(
    target.equivalents.map(async (one) => {
      const text = await readFile(join(folder, one.path), 'utf8').catch(() => '')
      const changes = findMutants(one.path, text).map(nameOfMutant)
      return changes.some((change) => equivalentOf(target.equivalents, one.path, change) === one)
        ? []
        : [`${one.path} ${one.change}`]
    }),
  )
  return stale.flat()
}

/** Reads who missed what when it was last asked. */
export async function readTable(target: Target): Promise<MutantTable> {
  const text = await readFile(join(root, target.package, target.table), 'utf8').catch(() => '{}')
  return JSON.parse(text) as MutantTable
}

/** How many of those who miss a check are written down. */
const WRITTEN = 12

function shortened(missedBy: readonly string[]): readonly string[] {
  const more = missedBy.length - WRITTEN
  return more > 0 ? [...missedBy.slice(0, WRITTEN), `(and ${more} more)`] : missedBy
}

/** Writes it, one mutant a line, in the order of the files. */
export async function writeTable(target: Target, table: MutantTable): Promise<void> {
  const lines = (await mutantsOf(target)).flatMap(({ name }) => {
    const missedBy = table[name]
    return missedBy ? [`  ${JSON.stringify(name)}: ${JSON.stringify(shortened(missedBy))}`] : []
  })
  await writeFile(join(root, target.package, target.table), `{\n${lines.join(',\n')}\n}\n`)
}

/**
 * Compares what is written down about all targets with the code as it is.
 *
 * @returns what is wrong, or undefined: a check that nobody was asked about, or that nobody misses
 */
export async function mutantsProblem(): Promise<string | undefined> {
  const problems = await Promise.all(Object.entries(targets).map((one) => tableProblem(...one)))
  return problems.find((problem) => problem !== undefined)
}

async function tableProblem(name: string, target: Target): Promise<string | undefined> {
  const table = await readTable(target)
  const mutants = await mutantsOf(target)
  const known = new Set(mutants.map((one) => one.name))
  const problems = [
    ...mutants
      .filter((one) => !table[one.name])
      .map((one) => `nobody was asked who misses this: ${one.name}`),
    ...mutants.filter((one) => table[one.name]?.length === 0).map((one) => `nobody misses this: ${one.name}`),
    ...Object.keys(table)
      .filter((one) => !known.has(one))
      .map((one) => `this is not in the code: ${one}`),
    ...(await staleEquivalents(target)).map((one) => `this is in equivalents.ts and not in the code: ${one}`),
  ]
  if (problems.length === 0) return undefined
  return [...problems.slice(0, 20), `run "pnpm mutate ${name} --new"`].join('\n')
}
