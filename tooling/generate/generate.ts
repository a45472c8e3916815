import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bin, root } from '../test/process.ts'
import { replaceMarked } from './marked.ts'
import { buildSchema } from './schema/build.ts'
import { readFormat } from './schema/convert.ts'
import { conformanceTables, moduleIndex } from './tables/conformance.ts'
import { attackLists, corpusLinks, corpusSummary, ruleTables } from './tables/corpus.ts'
import { clearMlTable, wandbTable } from './tables/environment.ts'
import { keyTables } from './tables/keys.ts'
import { limitTable } from './tables/limits.ts'
import { parameterTable, presetTable } from './tables/presets.ts'
import { problemTables } from './tables/problems.ts'

/** `pnpm generate`: writes what is made from the code. */
export async function generate(): Promise<void> {
  for (const [path, text] of await generatedFiles()) {
    if ((await read(path)) === text) continue
    await writeFile(join(root, path), text)
    console.log(`wrote ${path}`)
  }
}

/** @returns which generated files are not what the code says, or undefined */
export async function staleProblem(): Promise<string | undefined> {
  const files = await generatedFiles()
  const present = await Promise.all(files.map(async ([path, text]) => (await read(path)) === text))
  const stale = files.filter((_, index) => !present[index]).map(([path]) => path)
  return stale.length === 0 ? undefined : `run "pnpm generate": ${stale.join(', ')} is not what the code says`
}

/** What the files are to hold; what is written by hand in them stays. */
async function generatedFiles(): Promise<readonly (readonly [path: string, text: string])[]> {
  const format = readFormat()
  const tables = {
    ...keyTables(format),
    presets: presetTable(),
    parameters: parameterTable(),
    clearml: clearMlTable(),
    wandb: wandbTable(),
    limits: limitTable(format),
  }
  const reference = 'docs/configuration.md'
  const problems = 'docs/configuration-problems.md'
  const corpus = 'docs/saml-corpus.md'
  const embedding = 'packages/hono/README.md'
  const corpusTables = {
    summary: await corpusSummary(),
    attacks: attackLists(),
    rules: await ruleTables(),
    links: await corpusLinks(),
  }
  const conformance = 'docs/conformance.md'
  return [
    formatted('packages/hono/test/conformance/all-modules.ts', await moduleIndex()),
    formatted(conformance, replaceMarked(await read(conformance), await conformanceTables())),
    formatted('docs/auth_config.schema.json', JSON.stringify(buildSchema(format))),
    formatted(reference, replaceMarked(await read(reference), tables)),
    formatted(problems, replaceMarked(await read(problems), { problems: await problemTables() })),
    formatted(corpus, replaceMarked(await read(corpus), corpusTables)),
    formatted(embedding, replaceMarked(await read(embedding), await exampleBlocks())),
  ]
}

/** What `examples/node/test` runs, to be read beside what is said of it. */
async function exampleBlocks(): Promise<Readonly<Record<string, string>>> {
  const block = async (name: string) =>
    `\`\`\`ts\n${(await read(`examples/node/${name}.ts`)).trimEnd()}\n\`\`\``
  return { sso: await block('sso'), app: await block('app') }
}

function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8').catch(() => '')
}

/** As `pnpm format` would leave it. */
function formatted(path: string, text: string): readonly [path: string, text: string] {
  const args = ['format', `--stdin-file-path=${path}`]
  return [path, execFileSync(bin('biome'), args, { cwd: root, input: text, encoding: 'utf8' })]
}
