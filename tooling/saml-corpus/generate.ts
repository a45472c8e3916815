import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { attacks } from '../../packages/core/test/saml-corpus/attacks.ts'
import { type CorpusCase, readCases, type SharedFacts } from '../../packages/core/test/saml-corpus/case.ts'
import { createOutcomeOf, expectedOutcome } from '../../packages/core/test/saml-corpus/outcome.ts'
import { root } from '../test/process.ts'
import { plannedCases } from './cases/index.ts'
import { createMaker, describeCase, type MadeResponse, readShared } from './make.ts'
import type { PlannedCase } from './planned-case.ts'

const folder = join(root, 'packages/core/test/saml-corpus')
const SHARED = 'shared.TEST-KEY.json'

const USAGE = `usage: saml-corpus [--descriptions]

Writes all cases of packages/core/test/saml-corpus anew. The keys of the identity provider are made for that and
forgotten, so every response is signed anew.
  --descriptions  writes every case.json, and leaves the responses as they are`

/**
 * Writes the corpus, and asks the validator about every case.
 *
 * @returns the exit code: 0, 1 when a case comes out otherwise than it must, 2 when the arguments are wrong
 */
export async function generateCorpus([option]: readonly string[]): Promise<number> {
  if (option !== undefined && option !== '--descriptions') {
    console.error(USAGE)
    return 2
  }
  checkNames()
  const files = option === undefined ? await makeAll() : await describeAll()
  for (const kind of ['accept', 'reject']) await rm(join(folder, kind), { recursive: true, force: true })
  for (const [path, content] of files) await write(path, content)
  return judge(files)
}

/** @throws Error when two cases have one name, or one that not every file system keeps */
function checkNames(): void {
  const names = plannedCases.map(({ name }) => name)
  const bad = names.find(
    (name, index) => names.indexOf(name) !== index || !/^[a-z0-9][a-z0-9.-]*$/.test(name),
  )
  if (bad !== undefined) throw new Error(`there are two cases called ${bad}, or it is not in small letters`)
}

type Files = Map<string, string>

async function makeAll(): Promise<Files> {
  const { shared, make } = await createMaker()
  const files: Files = new Map([[SHARED, json(shared)]])
  const made = new Map<string, MadeResponse>()
  // What is refused only for what is expected of it is the same answer: what is encrypted is another one every time.
  const responseOf = (planned: PlannedCase) =>
    (isChanged(planned) || planned.verdict.kind === 'accept' ? undefined : made.get(planned.verdict.base)) ??
    make(planned)
  const accepting = plannedCases.filter(({ verdict }) => verdict.kind === 'accept')
  for (const planned of [...accepting, ...plannedCases.filter((one) => !accepting.includes(one))]) {
    const { response, filled } = await responseOf(planned)
    made.set(planned.name, { response, filled })
    const path = pathOf(planned)
    if ('xml' in response) files.set(`${path}/response.xml`, response.xml)
    else files.set(`${path}/response.base64`, `${response.base64.replaceAll(/.{76}/g, '$&\n')}\n`)
    files.set(`${path}/case.json`, json(describeCase(planned, filled, attacks)))
  }
  return files
}

/** Whether it is another answer than the one that it is a change of. */
function isChanged({ hooks, facts, protection, signer, filled }: PlannedCase): boolean {
  return [hooks, facts, protection, signer, filled].some((one) => one !== undefined)
}

/** @throws Error when there is a case without a response */
async function describeAll(): Promise<Files> {
  const files = await readAll()
  const known = new Map(readCases(files).map((one) => [`${one.kind}/${one.name}`, one]))
  for (const planned of plannedCases) {
    const path = pathOf(planned)
    const one = known.get(path)
    if (!one) throw new Error(`${path} has no response: run without --descriptions`)
    files.set(`${path}/case.json`, json(describeCase(planned, one.file.filled, attacks)))
    known.delete(path)
  }
  for (const path of known.keys()) {
    for (const file of [...files.keys()].filter((name) => name.startsWith(`${path}/`))) files.delete(file)
  }
  return files
}

async function readAll(): Promise<Files> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) =>
    /\.(json|xml|base64)$/.test(path),
  )
  const wanted = paths.filter((path) => path === SHARED || /^(accept|reject)\//.test(path))
  return new Map(
    await Promise.all(
      wanted.map(async (path) => [path, await readFile(join(folder, path), 'utf8')] as const),
    ),
  )
}

async function write(path: string, content: string): Promise<void> {
  const file = join(folder, path)
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, content)
}

async function judge(files: Files): Promise<number> {
  const shared = readShared(files.get(SHARED) ?? '') satisfies SharedFacts
  const outcomeOf = createOutcomeOf(shared)
  const cases = readCases(files)
  const wrong: string[] = []
  for (const one of cases) wrong.push(...(await complaints(one, outcomeOf)))
  const accepting = cases.filter(({ kind }) => kind === 'accept').length
  console.log(`${accepting} cases to accept, ${cases.length - accepting} to reject`)
  for (const line of wrong.slice(0, 20)) console.error(line)
  if (wrong.length > 20) console.error(`and ${wrong.length - 20} more`)
  return wrong.length === 0 ? 0 : 1
}

async function complaints(
  one: CorpusCase,
  outcomeOf: ReturnType<typeof createOutcomeOf>,
): Promise<readonly string[]> {
  const outcome = await outcomeOf(one).catch((error: unknown) => String(error))
  const wanted = expectedOutcome(one)
  if (isDeepStrictEqual(asJson(outcome), asJson(wanted))) return []
  return [`${one.kind}/${one.name}: ${JSON.stringify(outcome)}\n    must be ${JSON.stringify(wanted)}`]
}

/** What is undefined is not there. */
function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

function pathOf({ verdict, name }: PlannedCase): string {
  return `${verdict.kind}/${name}`
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
