import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { parseEnv } from 'node:util'
import { type ParseOptions, parseBaseUrl, readEnvironment } from '@doorward/core/config'
import { readConfiguration } from '@doorward/core/config/yaml'
import { root } from './process.ts'

/**
 * Holds the documents to what the code says: links lead somewhere, configurations are good ones, tests that are named exist, and
 * every reason to refuse and every event is explained.
 *
 * @returns what is wrong, or undefined
 */
export async function docsProblem(): Promise<string | undefined> {
  const documents = await readDocuments()
  const problems = [
    ...documents.flatMap(brokenLinks),
    ...documents.flatMap(badConfigurations),
    ...(await badExamples()),
    ...documents.flatMap(missingTests),
    ...(await unexplained(
      'packages/core/src/errors/codes.ts',
      /^ {2}\| '(\w+)'/gm,
      'docs/troubleshooting.md',
    )),
    ...(await unexplained('packages/core/src/ports/events.ts', /type: '([\w.]+)'/g, 'docs/deploy.md')),
  ]
  return problems.length === 0 ? undefined : problems.join('\n')
}

interface TextFile {
  readonly path: string
  readonly text: string
}

const files = new Set<string>()

async function readDocuments(): Promise<TextFile[]> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name))
    if (!/(^|\/)(node_modules|\.git|dist|test-results|\.turbo|\.wrangler)(\/|$)/.test(path)) files.add(path)
  }
  const paths = [...files].filter((path) => path.endsWith('.md'))
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })))
}

function brokenLinks({ path, text }: TextFile): string[] {
  const cut = [...text.matchAll(/\]\(([^)\s]+)$/gm)].map(
    ([, target = '']) => `${path}: the link to ${target} goes on in the next line, and so is none`,
  )
  const targets = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g)]
  const nowhere = targets
    .map((match) => match[1] ?? match[2] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target) && !files.has(join(dirname(path), target)))
    .map((target) => `${path}: the link to ${target} leads nowhere`)
  return [...cut, ...nowhere]
}

function badConfigurations({ path, text }: TextFile): string[] {
  return [...text.matchAll(/^( *)```ya?ml\n([\s\S]*?)^ *```/gm)].flatMap(([, indent = '', block = '']) =>
    problemsOf(readConfiguration(block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''), reading()), path),
  )
}

/** Files that people copy: configurations, and variables in place of them. */
async function badExamples(): Promise<string[]> {
  const paths = [...files].filter((path) => /^examples\/[^/]+\.(yml|env)$/.test(path))
  const examples = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })),
  )
  return examples.flatMap(({ path, text }) => {
    if (path.endsWith('.yml')) return problemsOf(readConfiguration(text, reading()), path)
    const read = readEnvironment(parseEnv(text), reading())
    return read ? problemsOf(read, path) : [`${path}: there is no configuration in it`]
  })
}

/** A host that knows nothing but where people reach it. */
function reading(): ParseOptions {
  const parsed = parseBaseUrl('https://sso.example.com')
  if ('problem' in parsed) throw new Error(parsed.problem)
  return {
    baseUrl: parsed.baseUrl,
    environment: () => undefined,
    secretsLater: true,
    now: Date.now(),
    readFile: () => ({ text: '<EntityDescriptor entityID="https://login.example.com"/>' }),
  }
}

/** An example may have what a later version will do, and what is to be replaced by whoever takes it. */
const expected = ['not_in_this_version', 'placeholder_doubtful']

/** What is said of what was read. */
function problemsOf(
  {
    problems,
  }: { problems: readonly { code: string; message: string; line?: number; variable?: string | undefined }[] },
  path: string,
): string[] {
  return problems
    .filter(({ code }) => !expected.includes(code))
    .map(
      ({ line, variable, message }) =>
        `${path}: in ${variable ?? `line ${line}`} of a configuration: ${message}`,
    )
}

/** Tests that a document names as holding what it says. */
function missingTests({ path, text }: TextFile): string[] {
  const known = [...files]
  return [...text.matchAll(/`([\w/-]+\.test\.ts)`/g)]
    .map((match) => match[1] ?? '')
    .filter((test) => !known.some((file) => file.endsWith(`/${test}`)))
    .map((test) => `${path}: there is no test ${test}`)
}

/** What the code can say to an administrator, and a document must explain. */
async function unexplained(source: string, pattern: RegExp, document: string): Promise<string[]> {
  const code = await readFile(join(root, source), 'utf8')
  const text = await readFile(join(root, document), 'utf8')
  return [...code.matchAll(pattern)]
    .map((match) => match[1] ?? '')
    .filter((word) => !text.includes(`\`${word}\``))
    .map((word) => `${document} does not explain ${word}`)
}
