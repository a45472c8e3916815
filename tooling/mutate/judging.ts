import { type ChildProcess, fork } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root, run } from '../test/process.ts'
import { type ImportDistance, readImports } from './imports.ts'
import { filesOf, type PlacedMutant } from './table.ts'
import type { Target } from './targets.ts'
import type { TestAnswer, TestRequest } from './tests.ts'

/** How long the judge may take, in milliseconds. A mutant may well loop for ever. */
const JUDGE_LIMIT = 60_000

/** The same for all tests together. */
const TESTS_LIMIT = 180_000

/** How often a process is asked that runs tests, before another one takes its place. */
const MAX_REQUESTS = 50

/** Somebody who says who misses what a mutant lacks. */
export interface Jury {
  /** @returns the cases that come out wrong, or the test that fails; nothing for a survivor */
  judge(mutant: PlacedMutant): Promise<readonly string[]>
  /** @returns what is missed though nothing is gone: then nothing that is said about mutants is true */
  complaints(): Promise<readonly string[]>
  close(): Promise<void>
}

/** Works in a copy of the package, where its dependencies are found as by the package itself. */
export async function createJury(target: Target, worker: number): Promise<Jury> {
  const copy = await copyOf(target, worker)
  const distance = await readImports(copy, ['src', 'test'])
  const tests = createTests(copy)
  return {
    async judge(mutant) {
      const path = join(target.folder, mutant.path)
      const file = join(copy, path)
      const text = await readFile(file, 'utf8')
      const { start, end, replacement } = mutant
      await writeFile(file, text.slice(0, start) + replacement + text.slice(end))
      try {
        const isForJudge = target.judge !== undefined && distance(target.judge.path, path) !== undefined
        const cases = isForJudge ? await askJudge(target, copy) : []
        return cases.length > 0
          ? cases
          : await tests.ask(file, await testsOf(target, copy, { path, distance }))
      } finally {
        await writeFile(file, text)
      }
    },
    async complaints() {
      const cases = await askJudge(target, copy)
      return [...cases, ...(await tests.ask(copy, await testsOf(target, copy)))]
    },
    async close() {
      await tests.close()
      await rm(copy, { recursive: true })
    },
  }
}

async function copyOf(target: Target, worker: number): Promise<string> {
  const original = join(root, target.package)
  const copy = join(original, '.mutants', String(worker))
  await rm(copy, { recursive: true, force: true })
  await mkdir(copy, { recursive: true })
  for (const part of ['src', 'test', 'package.json', 'vitest.config.ts']) {
    await cp(join(original, part), join(copy, part), { recursive: true })
  }
  return copy
}

async function askJudge({ judge }: Target, copy: string): Promise<readonly string[]> {
  if (!judge) return []
  const { code, output } = await run(process.execPath, [join(copy, judge.path)], {
    limit: JUDGE_LIMIT,
    env: { NODE_COMPILE_CACHE: join(root, 'packages/core/.mutants/cache') },
  })
  return code === 0 ? output.split('\n').filter((line) => line !== '') : ['(every case: it does not run)']
}

/** The tests that import what was changed, those first that are nearest; all of them, when nothing was. */
async function testsOf(
  target: Target,
  copy: string,
  changed?: { readonly path: string; readonly distance: ImportDistance },
): Promise<readonly string[]> {
  const tests = (await filesOf(join(copy, target.folder), target))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(target.folder, name))
    .filter((name) => name !== target.judge?.test)
  const found = tests.flatMap((name) => {
    const far = changed ? changed.distance(name, changed.path) : 0
    return far === undefined ? [] : [{ name, far }]
  })
  return found.sort((one, other) => one.far - other.far).map(({ name }) => join(copy, name))
}

interface Tests {
  ask(changed: string, tests: readonly string[]): Promise<readonly string[]>
  close(): Promise<void>
}

function createTests(copy: string): Tests {
  let child: ChildProcess | undefined
  let before: string | undefined
  let count = 0

  async function start(): Promise<ChildProcess> {
    const started = fork(join(import.meta.dirname, 'tests.ts'), [copy], { cwd: copy, stdio: 'ignore' })
    started.on('exit', () => {
      if (child === started) child = undefined
    })
    // Told to a process that has just ended: it will not answer.
    started.on('error', () => undefined)
    await answerOf(started)
    return started
  }

  async function askOnce(changed: string, tests: readonly string[]): Promise<TestAnswer | undefined> {
    child ??= await start()
    const asked = child
    const files = before === undefined || before === changed ? [changed] : [before, changed]
    before = changed
    asked.send({ changed: files, tests } satisfies TestRequest)
    const answer = await answerOf(asked)
    // What went wrong outside of tests is remembered, and what was read fills the memory.
    const isGood = answer !== undefined && !answer.failed?.startsWith('(') && ++count % MAX_REQUESTS > 0
    if (!isGood) asked.kill('SIGKILL')
    if (!isGood && child === asked) child = undefined
    return answer
  }

  return {
    async ask(changed, tests) {
      if (tests.length === 0) return []
      // A process can end for reasons of its own.
      const answer = (await askOnce(changed, tests)) ?? (await askOnce(changed, tests))
      if (!answer) return ['test: (does not end)']
      return answer.failed === undefined ? [] : [`test: ${answer.failed}`]
    },
    async close() {
      child?.kill('SIGKILL')
    },
  }
}

/** @returns undefined when there is none in time, or the process has ended */
function answerOf(child: ChildProcess): Promise<TestAnswer | undefined> {
  return new Promise((resolve) => {
    const done = (answer?: TestAnswer) => {
      clearTimeout(timer)
      child.off('message', onMessage).off('exit', onExit)
      resolve(answer)
    }
    const onMessage = (answer: unknown) => done(answer as TestAnswer)
    const onExit = () => done()
    const timer = setTimeout(onExit, TESTS_LIMIT)
    child.on('message', onMessage).on('exit', onExit)
  })
}
