import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { readCases, type SharedFacts } from './case.ts'
import { createOutcomeOf, expectedOutcome } from './outcome.ts'

/*
 * Prints the names of the cases that come out otherwise than they must, one a line: what `tooling/mutate` asks first.
 * It starts in a fraction of the time that a test runner takes.
 */

const folder = import.meta.dirname

async function readFiles(): Promise<ReadonlyMap<string, string>> {
  const paths = await readdir(folder, { recursive: true })
  const wanted = paths.filter((path) => /^(accept|reject)\/.*\.(json|xml|base64)$/.test(path))
  const texts = await Promise.all(wanted.map((path) => readFile(join(folder, path), 'utf8')))
  return new Map(wanted.map((path, index) => [path, texts[index] ?? '']))
}

const shared = JSON.parse(await readFile(join(folder, 'shared.TEST-KEY.json'), 'utf8')) as SharedFacts
const outcomeOf = createOutcomeOf(shared)
for (const one of readCases(await readFiles())) {
  // What is thrown and is no refusal is wrong too.
  const outcome = await outcomeOf(one).catch(() => undefined)
  if (!isDeepStrictEqual(asJson(outcome), asJson(expectedOutcome(one))))
    console.log(`${one.kind}/${one.name}`)
}

/** What is undefined is not there. */
function asJson(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
