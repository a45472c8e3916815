import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createSealer, SECRET_MIN_LENGTH, Secret, SsoError } from '@doorward/core'
import {
  type CompiledConfiguration,
  PUSHED_CONFIGURATION_KEY,
  sealConfiguration,
  secretVariables,
} from '@doorward/core/config'
import type { Output } from '../output.ts'
import { plain } from '../plain.ts'
import { resolveFromCaller, type Settings, type Variables } from '../settings.ts'
import { writeWhole } from '../write-whole.ts'
import { compileForEdge } from './compile.ts'

/** What the person typed after `push`, the configuration apart. */
interface PushOptions {
  readonly worker?: string | undefined
  readonly local?: boolean | undefined
  readonly 'persist-to'?: string | undefined
  readonly out?: string | undefined
}

/** Where a configuration is pushed to, and what seals it. */
export interface PushRequest {
  readonly secret: Secret
  readonly to: { readonly file: string } | WorkerTarget
  /** For trying it out: an address of this machine alone will do. */
  readonly isLocal: boolean
}

/** A KV namespace, as wrangler knows it. */
interface WorkerTarget {
  /** The worker's folder, with its wrangler.jsonc. */
  readonly folder: string
  /** Wrangler's own program. */
  readonly wrangler: string
  /** How wrangler is told where to write. */
  readonly place: readonly string[]
}

interface Problem {
  readonly problem: string
}

/** The binding of wrangler.jsonc under which the worker looks. */
const BINDING = 'STATE'

/** @returns what to do, or what is missing and how to give it */
export function readPushRequest(options: PushOptions, env: Variables): PushRequest | Problem {
  const { worker, local: isLocal = false, 'persist-to': persistTo, out } = options
  if (persistTo !== undefined && !isLocal) return { problem: '--persist-to is for --local only' }
  if (out !== undefined && (worker !== undefined || persistTo !== undefined)) {
    return { problem: 'push --out writes a file and nothing else: leave --worker and --persist-to out' }
  }
  const sealing = readSecret(env)
  if ('problem' in sealing) return sealing
  const { secret } = sealing
  if (out !== undefined) return { secret, to: { file: resolveFromCaller(out, env) }, isLocal }
  const found = findWorker(worker, env)
  if ('problem' in found) return found
  const persist = persistTo === undefined ? [] : ['--persist-to', resolveFromCaller(persistTo, env)]
  return { secret, to: { ...found, place: isLocal ? ['--local', ...persist] : ['--remote'] }, isLocal }
}

/** The first one of several: it seals, as in the worker. */
function readSecret(env: Variables): { readonly secret: Secret } | Problem {
  const [secret] = (env['DOORWARD_SECRET'] ?? '').split(/\s+/).filter((part) => part !== '')
  if (secret === undefined) {
    return {
      problem: 'DOORWARD_SECRET is not set: a configuration is sealed with the secret that the worker has',
    }
  }
  return secret.length < SECRET_MIN_LENGTH
    ? { problem: `DOORWARD_SECRET is shorter than ${SECRET_MIN_LENGTH} characters: it is not the worker's` }
    : { secret: new Secret(secret) }
}

/** The repository that this program is a part of, if it is: from its sources, or as it was built in it. */
const REPOSITORY = /^(.*)[\\/]packages[\\/]cli[\\/](?:src[\\/]commands|dist)$/.exec(import.meta.dirname)?.[1]

/**
 * The folder that was named; else the repository's own worker; else the current folder. A program is run from there, so
 * nothing is looked for in the folders above: what lies there may be anybody's.
 */
function findWorker(named: string | undefined, env: Variables): Omit<WorkerTarget, 'place'> | Problem {
  const own = REPOSITORY === undefined ? [] : [join(REPOSITORY, 'apps/worker')]
  const candidates =
    named === undefined ? [...own, resolveFromCaller('.', env)] : [resolveFromCaller(named, env)]
  const folder = candidates.find(isWorker)
  if (folder === undefined) {
    return {
      problem: `there is no wrangler.jsonc in ${named ?? 'this folder'}: name the worker's folder with --worker, or use --out FILE and upload that yourself`,
    }
  }
  const wrangler = join(folder, 'node_modules/wrangler/bin/wrangler.js')
  return existsSync(wrangler)
    ? { folder, wrangler }
    : { problem: `wrangler is not installed in ${folder}: install its dependencies, or use --out FILE` }
}

function isWorker(folder: string): boolean {
  return ['wrangler.jsonc', 'wrangler.json', 'wrangler.toml'].some((name) => existsSync(join(folder, name)))
}

/**
 * `doorward push`: brings a configuration to a running worker, without a deploy.
 *
 * @returns the exit code: 0, or 1 with nothing pushed
 */
export async function push(settings: Settings, request: PushRequest, output: Output): Promise<number> {
  const compiled = await compileForEdge(settings, output, { isLocal: request.isLocal })
  const sealed = compiled && (await seal(compiled, request.secret, output))
  if (!compiled || sealed === undefined) {
    output.error('Nothing was pushed.')
    return 1
  }
  for (const variable of secretVariables(compiled)) {
    output.log(`secret that the worker must have; in apps/worker: npx wrangler secret put ${variable}`)
  }
  const version = new Date(compiled.version).toISOString()
  if ('file' in request.to) {
    await writeWhole(request.to.file, sealed, 0o600)
    output.log(
      `Wrote version ${version}, sealed: upload it as "${PUSHED_CONFIGURATION_KEY}" to the KV namespace ${BINDING}.`,
    )
    return 0
  }
  output.log(`Asking wrangler of ${plain(request.to.folder)}.`)
  const failure = await upload(sealed, request.to)
  if (failure !== undefined) {
    output.error(`${failure}\nNothing was pushed: wrangler could not write.`)
    return 1
  }
  output.log(
    `Pushed version ${version}. It is in use within two minutes; the worker's log says "configuration.accepted", or why not.`,
  )
  return 0
}

async function seal(
  compiled: CompiledConfiguration,
  secret: Secret,
  output: Output,
): Promise<string | undefined> {
  try {
    return await sealConfiguration(compiled, createSealer([secret]))
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    output.error(`doorward: ${error.message}`)
    return undefined
  }
}

/** Has wrangler write to KV: it knows the account and the namespace. @returns what it says when that fails */
async function upload(
  sealed: string,
  { folder, wrangler, place }: WorkerTarget,
): Promise<string | undefined> {
  const draft = await mkdtemp(join(tmpdir(), 'doorward-push-'))
  try {
    const path = join(draft, 'configuration')
    await writeFile(path, sealed, { mode: 0o600 })
    const put = ['kv', 'key', 'put', PUSHED_CONFIGURATION_KEY, '--binding', BINDING, '--path', path, ...place]
    return await run(wrangler, put, folder)
  } finally {
    await rm(draft, { recursive: true })
  }
}

/** @returns what the program said, unless it went well; it is told none of Doorward's own secrets */
async function run(program: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^DOORWARD_/i.test(name)))
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['inherit', 'pipe', 'pipe'] })
  const ended = new Promise<number | null>((resolve) => void child.once('close', resolve))
  const [said, complained, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return code === 0 ? undefined : complained.trim() || said.trim()
}
