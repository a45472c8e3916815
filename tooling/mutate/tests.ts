import { createVitest } from 'vitest/node'

/*
 * Runs tests in a process that is kept: what did not change is not read again. It is ended from outside when a test
 * does not end by itself.
 */

/** What is asked: which tests fail, of these, now that these files have changed? */
export interface TestRequest {
  /** Paths of files. */
  readonly changed: readonly string[]
  /** Paths of tests, in the order in which they are run. */
  readonly tests: readonly string[]
}

/** The answer: the first that failed. */
export interface TestAnswer {
  readonly failed: string | undefined
}

const vitest = await createVitest({
  root: process.argv[2] ?? '',
  watch: false,
  reporters: [{}],
  pool: 'threads',
  maxWorkers: 1,
})

process.on('message', (request: TestRequest) => {
  void firstFailure(request).then((failed) => process.send?.({ failed } satisfies TestAnswer))
})
process.send?.({ failed: undefined } satisfies TestAnswer)

async function firstFailure({ changed, tests }: TestRequest): Promise<string | undefined> {
  for (const path of changed) vitest.invalidateFile(path)
  const all = await vitest.globTestSpecifications()
  for (const test of tests) {
    const specifications = all.filter(({ moduleId }) => moduleId === test)
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
    if (unhandledErrors.length > 0) return '(an error outside of tests)'
    // The modules of earlier runs are among them.
    for (const module of testModules.filter(({ moduleId }) => moduleId === test)) {
      const [failed] = [...module.children.allTests('failed')]
      if (failed) return failed.fullName
      if (!module.ok()) return `(does not load: ${module.errors()[0]?.message})`
    }
  }
  return undefined
}
