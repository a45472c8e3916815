import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { BaseUrl, ParseOptions } from '@doorward/core/config'
import { readConfiguration } from '@doorward/core/config/yaml'
import { beforeDetails, nextSteps } from '../init/advice.ts'
import { type AnswerName, type Answers, answerNames, SECRET_ITSELF } from '../init/answers.ts'
import { Abandoned, openTerminal, type Terminal } from '../init/ask.ts'
import { type Collected, collect, nothingYet } from '../init/collect.ts'
import { obstacleAt } from '../init/file.ts'
import { personAt } from '../init/person.ts'
import { describeProblems, unusedOptions } from '../init/problems.ts'
import { firstQuestions, furtherQuestions } from '../init/questions.ts'
import { writeConfiguration } from '../init/write.ts'
import type { Output } from '../output.ts'
import { environmentOf, readNamedFile } from '../read-configuration.ts'
import { countProblems, reportProblems } from '../report.ts'
import { repositoryAround, schemaSeenFrom } from '../repository.ts'
import { readBaseUrl, resolveFromCaller, shortPath, type Variables } from '../settings.ts'
import { writeWhole } from '../write-whole.ts'

/** The options of `init`, as `parseArgs` takes them. */
export const initOptions: {
  readonly [Name in Exclude<AnswerName, 'base-url'>]: {
    readonly type: 'string'
    readonly of: readonly ['init']
  }
} & { readonly force: { readonly type: 'boolean'; readonly of: readonly ['init'] } } = {
  ...(Object.fromEntries(
    answerNames.filter((name) => name !== 'base-url').map((name) => [name, { type: 'string', of: ['init'] }]),
  ) as Record<Exclude<AnswerName, 'base-url'>, { type: 'string'; of: ['init'] }>),
  force: { type: 'boolean', of: ['init'] },
}

/** What the person typed after `init`. */
interface InitRequest {
  readonly given: Readonly<Partial<Record<AnswerName, string>>>
  readonly out: string | undefined
  readonly force: boolean
  readonly env: Variables
}

/** Somebody left. The same number as a shell gives for Ctrl-C. */
const ABANDONED = 130

/**
 * `doorward init`: asks a few questions, writes a first configuration, and says what to do with it. Questions go to
 * standard error, what to do to standard output.
 *
 * @returns the exit code: 0; 1 when nothing could be written; 2 when answers were missing or wrong and nobody could be
 *   asked; 130 when the person left. Nothing is written but with 0.
 */
export async function init(request: InitRequest, output: Output): Promise<number> {
  const { out = 'auth_config.yml', force, env } = request
  const path = resolveFromCaller(out, env)
  const obstacle = await obstacleAt(path, force)
  if (obstacle !== undefined) {
    output.error(`doorward: ${obstacle}`)
    return 1
  }
  const options: Omit<ParseOptions, 'baseUrl'> = {
    environment: environmentOf(env),
    secretsLater: true,
    now: Date.now(),
    readFile: (name) => readNamedFile(resolve(dirname(path), name)),
  }
  const { stdin, stderr } = process
  const terminal =
    stdin.isTTY && stderr.isTTY ? openTerminal({ input: stdin, output: stderr, isTerminal: true }) : undefined
  try {
    const collected = await ask(request, { path, options, terminal, output, stdin })
    terminal?.close()
    const unused = unusedOptions(collected, request.given)
    const problems = describeProblems(collected, terminal ? [] : unused)
    if (problems !== undefined) {
      output.error(problems)
      return 2
    }
    // Whoever answered everything else shall not have to do it again.
    for (const name of unused)
      output.error(`\n--${name} was not used: it has no effect with the other answers.`)
    const isInRepository = repositoryAround(resolveFromCaller('.', env)) !== undefined
    return await write(collected.answers, { path, options, output, isInRepository })
  } catch (error) {
    if (!(error instanceof Abandoned)) throw error
    output.error('\nNothing was written.')
    return ABANDONED
  } finally {
    terminal?.close()
  }
}

interface Asking {
  readonly path: string
  readonly options: Omit<ParseOptions, 'baseUrl'>
  readonly terminal: Terminal | undefined
  readonly output: Output
  readonly stdin: NodeJS.ReadStream
}

async function ask(
  { given, env }: InitRequest,
  { path, options, terminal, output, stdin }: Asking,
): Promise<Collected> {
  const address = readBaseUrl(given['base-url'], env)
  const takesSecret = given['client-secret'] === SECRET_ITSELF && !terminal
  const sources = {
    given: {
      ...given,
      'base-url':
        'baseUrl' in address ? address.baseUrl : given['base-url'] || env['DOORWARD_BASE_URL'] || undefined,
      secret: takesSecret ? (await text(stdin)).trim() : undefined,
    },
    person: terminal && personAt(terminal, output.colours),
    surroundings: { env, path },
    options,
  }
  terminal?.say(
    `This writes ${shortPath(path)}. Enter takes what is in brackets; Ctrl-C leaves, with nothing written.`,
  )
  const first = await collect(firstQuestions, nothingYet, sources)
  terminal?.say(beforeDetails(first.answers))
  return collect(furtherQuestions, first, sources)
}

interface Writing {
  readonly path: string
  readonly options: Omit<ParseOptions, 'baseUrl'>
  readonly output: Output
  readonly isInRepository: boolean
}

/** Writes the file, unless it would have errors: then a question let something pass. */
async function write(answers: Answers, { path, options, output, isInRepository }: Writing): Promise<number> {
  const content = writeConfiguration(answers, schemaSeenFrom(path))
  const name = shortPath(path)
  const baseUrl = answers['base-url'] as BaseUrl
  const read = { name, text: content, taken: [], ...readConfiguration(content, { ...options, baseUrl }) }
  const { compiled, problems } = read
  if (problems.length > 0) output.error(`\n${reportProblems(read, output.colours)}`)
  if (!compiled) {
    output.error(`${name}: ${countProblems(problems)}. Nothing was written.`)
    return 1
  }
  try {
    await writeWhole(path, content, answers.secret === undefined ? 0o644 : 0o600)
  } catch (error) {
    output.error(`doorward: ${name} can not be written (${(error as NodeJS.ErrnoException).code})`)
    return 1
  }
  output.log(`\n${nextSteps(answers, name, isInRepository)}`)
  return 0
}
