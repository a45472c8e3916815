import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { schemaProblem } from '../generate/check.ts'
import { staleProblem } from '../generate/generate.ts'
import { mutantsProblem } from '../mutate/table.ts'
import { benchProblem } from './bench.ts'
import { ensureBrowser } from './browser.ts'
import { cliPackageProblem } from './cli-package.ts'
import { docsProblem } from './docs.ts'
import { runInterop } from './interop.ts'
import { lockfileProblem } from './lockfile.ts'
import { ensureOracles } from './oracles.ts'
import { bin, root, run } from './process.ts'
import { checkSizes } from './sizes.ts'
import { runVitest } from './vitest.ts'

/** How many of a step's checks or tests passed and failed. */
interface Outcome {
  readonly passed: number
  readonly failed: number
  /** What could not be run, and why; said again at the end. */
  readonly notRun?: readonly string[]
}

type Kind = 'checks' | 'unit' | 'oracles' | 'browser' | 'interop'

interface Step {
  readonly name: string
  /** The parts that it belongs to. */
  readonly kinds: readonly Kind[]
  run(): Promise<Outcome>
}

/** In this order: what is quick and most often wrong comes first. */
const steps: readonly Step[] = [
  command('format and lint', 'biome', ['check', '--error-on-warnings', '.']),
  command('types', 'turbo', ['run', 'types', '--output-logs=errors-only', '--log-order=grouped']),
  command('unused files, exports and dependencies', 'knip', ['--no-progress']),
  check('no registry address in a lockfile', lockfileProblem),
  check('somebody misses every check of SAML and of OpenID Connect', mutantsProblem),
  check('what is generated is up to date', staleProblem),
  check('editors see what the reader of configurations sees', schemaProblem),
  check('links, configurations and reasons in the documents', docsProblem),
  check('the benches: types, and every contestant does its work', benchProblem),
  command('the login page builds', 'turbo', ['run', 'build', '--output-logs=errors-only']),
  check('the worker can be deployed; sizes', checkSizes),
  check('the command line can be published, and works by itself', cliPackageProblem),
  { name: 'unit tests, on Node and in workerd', kinds: ['unit'], run: () => runVitest('.') },
  {
    name: 'what judges our XML is there',
    kinds: ['oracles'],
    run: async () => judge(await ensureOracles((text) => console.log(text))),
  },
  {
    name: 'our XML, as others see it',
    kinds: ['oracles'],
    run: () => runVitest('.', 'vitest.oracles.config.ts'),
  },
  {
    name: 'a browser is there',
    kinds: ['browser', 'interop'],
    run: async () => judge(await ensureBrowser((text) => console.log(text))),
  },
  {
    name: 'the whole thing, in a real browser',
    kinds: ['browser'],
    run: () => runVitest('apps/demo'),
  },
  {
    name: 'logins at identity providers that others wrote, in a real browser',
    kinds: ['interop'],
    run: () => runInterop((text) => console.log(text)),
  },
]

/**
 * Runs every check and every test, all of them even when one fails, and says at the end how many passed.
 *
 * @param args `--only checks|unit|oracles|browser|interop` for a part
 * @returns the exit code
 */
export async function runAll(args: readonly string[]): Promise<number> {
  const only = args[0] === '--only' ? args[1] : undefined
  const chosen = steps.filter((step) => only === undefined || step.kinds.some((kind) => kind === only))
  if (chosen.length === 0 || (args.length > 0 && args[0] !== '--only')) {
    console.error('Usage: pnpm test [--only checks|unit|oracles|browser|interop]')
    return 2
  }
  await rm(join(root, 'test-results'), { recursive: true, force: true })
  let passed = 0
  let failed = 0
  const notRun: string[] = []
  for (const step of chosen) {
    console.log(`\n${styleText('bold', `▸ ${step.name}`)}`)
    const startedAt = performance.now()
    const outcome = await step.run()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const mark = outcome.failed === 0 ? styleText('green', '✓') : styleText('red', '✗')
    console.log(`${mark} ${step.name}: ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`)
    passed += outcome.passed
    failed += outcome.failed
    notRun.push(...(outcome.notRun ?? []))
  }
  for (const line of notRun) console.log(`\n${line}`)
  console.log(`\n${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}

/** A check that is a program: what it prints is shown only when it fails. */
function command(name: string, program: string, args: readonly string[]): Step {
  return check(name, async () => {
    const { code, output } = await run(bin(program), args)
    return code === 0 ? undefined : output
  })
}

/** A check of our own. @param problem resolves with what is wrong, or undefined */
function check(name: string, problem: () => Promise<string | undefined>): Step {
  return { name, kinds: ['checks'], run: async () => judge(await problem()) }
}

function judge(problem: string | undefined): Outcome {
  if (problem === undefined) return { passed: 1, failed: 0 }
  console.error(problem)
  return { passed: 0, failed: 1 }
}
