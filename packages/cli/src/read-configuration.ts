import { readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import {
  type CompiledConfiguration,
  type ParseOptions,
  readEnvironment,
  type VariableProblem,
} from '@doorward/core/config'
import { type Problem, readConfiguration } from '@doorward/core/config/yaml'
import { decodeText } from './decode-text.ts'
import { examineWritten } from './metadata-problem.ts'
import { type Settings, shortPath, type Variables } from './settings.ts'

/** Something to say about a configuration: at a place of a file, at a variable, or about the file as a whole. */
export type ReportedProblem = Problem | VariableProblem | FileProblem

/** Why there is no text to read. */
interface FileProblem {
  readonly severity: 'error'
  readonly code: 'file_unreadable' | 'file_encoding'
  readonly message: string
}

/** A variable of which a value was taken that is no secret, and for what. */
export interface TakenVariable {
  readonly variable: string
  readonly key: string
  /** The id of the provider, where it is of one. */
  readonly connection: string | undefined
}

/** What was read, and its text for showing problems in it. */
export interface ReadSource {
  /** As a person would name it. */
  readonly name: string
  /** Empty where there is no file. */
  readonly text: string
  readonly compiled: CompiledConfiguration | undefined
  readonly problems: readonly ReportedProblem[]
  /** What it took from the environment, secrets apart. */
  readonly taken: readonly TakenVariable[]
}

/**
 * Reads and checks a configuration. A file that can not be read is a problem like any other.
 *
 * @param secretsLater whether secrets that are named, not written, come from another environment: the one where
 *   Doorward will run
 */
export async function readSource(
  { source, baseUrl, env }: Settings,
  { secretsLater }: { readonly secretsLater: boolean },
): Promise<ReadSource> {
  const folder = source.kind === 'file' ? dirname(source.path) : process.cwd()
  const taken: TakenVariable[] = []
  const now = Date.now()
  const options: ParseOptions = {
    baseUrl,
    environment: environmentOf(env),
    secretsLater,
    now,
    examineMetadata: (xml, entityId) => examineWritten(xml, { entityId, baseUrl, now }),
    readFile: (path) => readNamedFile(resolve(folder, path)),
    onTaken: (variable) => taken.push(variable),
  }
  if (source.kind === 'environment') {
    const read = readEnvironment(env, options)
    return {
      name: 'the environment',
      text: '',
      compiled: read?.compiled,
      problems: read?.problems ?? [],
      taken,
    }
  }
  const name = shortPath(source.path)
  try {
    const decoded = decodeText(await readFile(source.path))
    if ('text' in decoded) {
      return { name, text: decoded.text, ...readConfiguration(decoded.text, options), taken }
    }
    return unread(name, 'file_encoding', decoded.problem)
  } catch (error) {
    return unread(name, 'file_unreadable', whyUnreadable(error))
  }
}

function unread(name: string, code: FileProblem['code'], message: string): ReadSource {
  const problems = [{ severity: 'error', code, message }] as const
  return { name, text: '', compiled: undefined, problems, taken: [] }
}

/** What `${NAME}` may stand for. Doorward's own secrets are nobody else's, and what every object has is no variable. */
export function environmentOf(env: Variables): (name: string) => string | undefined {
  return (name) => (name.startsWith('DOORWARD_') || !Object.hasOwn(env, name) ? undefined : env[name])
}

/** As large as metadata within the configuration may be, in bytes. */
const MAX_NAMED_FILE = 1024 * 1024

/** Reads a file that a configuration names: nothing that never ends, or waits for somebody. */
export function readNamedFile(path: string): { readonly text: string } | { readonly problem: string } {
  const bytes = readNamedBytes(path)
  return 'problem' in bytes ? bytes : decodeText(bytes)
}

/** The same, for what may not be text. */
export function readNamedBytes(path: string): Buffer | { readonly problem: string } {
  try {
    const there = statSync(path)
    if (there.isDirectory()) return { problem: whyUnreadable({ code: 'EISDIR' }) }
    if (!there.isFile()) return { problem: 'this is a device or a pipe, not a file' }
    if (there.size > MAX_NAMED_FILE) return { problem: `the file is larger than ${MAX_NAMED_FILE} bytes` }
    return readFileSync(path)
  } catch (error) {
    return { problem: whyUnreadable(error) }
  }
}

/** @returns why a file could not be read: lower case, no final stop, and without its name */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such file',
    EISDIR: 'this is a folder, not a file',
    EACCES: 'the file may not be read by this user',
  }
  return reasons[code ?? ''] ?? `the file can not be read (${code})`
}
