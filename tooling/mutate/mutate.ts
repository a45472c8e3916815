import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bin, root, run } from '../test/process.ts'
import { findMutants, type Mutant } from './mutants.ts'
import { type Target, targets } from './targets.ts'

/** A mutant, where it is, and who missed what it lacks. */
interface Verdict extends Mutant {
  readonly path: string
  /** Cases that came out wrong, or tests that failed; empty for a survivor. */
  readonly missedBy: readonly string[]
}

/** How many mutants are judged at a time: each takes a core. */
const WORKERS = 2

/** How long a judge or a run of tests may take, in milliseconds. A mutant may well loop for ever. */
const LIMIT = 120_000

const USAGE = 'usage: mutate <target> [--only <part of a path>]; targets: '

/**
 * Takes every check out of a target, one at a time, and asks cases and tests whether they miss it. Prints the survivors.
 *
 * @returns the exit code: 0 when there is none, 1 when there are some, 2 when the arguments are wrong
 */
export async function mutate([name = '', option, only = '']: readonly string[]): Promise<number> {
  const target = targets[name]
  if (!target || (option !== undefined && option !== '--only')) {
    console.error(USAGE + Object.keys(targets).join(', '))
    return 2
  }
  const files = (await sourcesOf(target)).filter((path) => path.includes(only))
  const queue = (await Promise.all(files.map((path) => mutantsOf(target, path)))).flat()
  console.log(`${queue.length} mutants of ${files.length} files`)
  const verdicts: Verdict[] = []
  const work = async (worker: number) => {
    const copy = await copyOf(target, worker)
    for (let next = queue.shift(); next; next = queue.shift()) {
      const verdict = { ...next, missedBy: await judge(target, copy, next) }
      verdicts.push(verdict)
      console.log(describe(verdict))
    }
    await rm(copy, { recursive: true })
  }
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)))
  const survivors = verdicts.filter(({ missedBy }) => missedBy.length === 0)
  console.log(`\n${verdicts.length - survivors.length} missed, ${survivors.length} survived`)
  for (const survivor of survivors) console.log(describe(survivor))
  return survivors.length === 0 ? 0 : 1
}

async function sourcesOf(target: Target): Promise<string[]> {
  const folder = join(root, target.package, target.folder)
  const entries = await readdir(folder, { recursive: true })
  return entries.filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts')).sort()
}

async function mutantsOf(target: Target, path: string): Promise<(Mutant & { path: string })[]> {
  const text = await readFile(join(root, target.package, target.folder, path), 'utf8')
  return findMutants(path, text).map((mutant) => ({ ...mutant, path }))
}

/** A copy of the package, where its dependencies are found as by the package itself. */
async function copyOf(target: Target, worker: number): Promise<string> {
  const original = join(root, target.package)
  const copy = join(original, '.mutants', String(worker))
  await rm(copy, { recursive: true, force: true })
  await mkdir(copy, { recursive: true })
  for (const part of ['src', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    await cp(join(original, part), join(copy, part), { recursive: true })
  }
  return copy
}

async function judge(target: Target, copy: string, mutant: Mutant & { path: string }): Promise<string[]> {
  const file = join(copy, target.folder, mutant.path)
  const text = await readFile(file, 'utf8')
  const { start, end, replacement } = mutant
  await writeFile(file, text.slice(0, start) + replacement + text.slice(end))
  try {
    const cases = target.judge === undefined ? [] : await askJudge(join(copy, target.judge))
    return cases.length > 0 ? cases : await askTests(target, copy)
  } finally {
    await writeFile(file, text)
  }
}

async function askJudge(path: string): Promise<string[]> {
  const { code, output } = await run(process.execPath, [path], { limit: LIMIT })
  const wrong = output.split('\n').filter((line) => line !== '')
  return code === 0 ? wrong : ['(does not run)']
}

async function askTests(target: Target, copy: string): Promise<string[]> {
  const args = ['run', '--root', copy, '--bail', '1', '--reporter', 'json', ...target.tests]
  const { code, output } = await run(bin('vitest'), args, { cwd: copy, limit: LIMIT })
  if (code === 0) return []
  const failed = /"fullName":"([^"]*)","status":"failed"/.exec(output)?.[1]
  return [`test: ${failed ?? '(does not run)'}`]
}

function describe({ path, line, rule, removed, missedBy }: Verdict): string {
  const by = missedBy.length === 0 ? 'SURVIVED' : `${missedBy.length}: ${missedBy.slice(0, 3).join(', ')}`
  return `${path}:${line} ${rule}: ${removed} -> ${by}`
}
