import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { AnyContestant, ProcessContestant } from '../../../bench.ts'
import type { Input } from '../input/input.ts'
import { pemOf } from '../input/pem.ts'
import { LIBXMLSEC1 } from '../names.ts'
import { entryOf, proveValidator } from '../validator.ts'

const run = promisify(execFile)

/** What it is told without a compiler or the library. */
const NEEDED = 'it needs gcc and libxmlsec1-dev'

/**
 * The library in C that xmlsec1, lasso and pysaml2 are built on: our few lines around it (verify.c) are compiled here,
 * and run as a process. Not run where that is not possible.
 */
export async function createLibxmlsec1(inputs: readonly Input[]): Promise<readonly AnyContestant[]> {
  const folder = await mkdtemp(join(tmpdir(), 'doorward-bench-'))
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true })
  const program = join(folder, 'verify')
  try {
    await compile(program)
  } catch (error) {
    await remove()
    if (!isMissing(error)) throw error
    return inputs.map((input) => ({ ...entryOf(LIBXMLSEC1, input), notRun: NEEDED }))
  }
  const certificate = join(folder, 'certificate.pem')
  await writeFile(certificate, pemOf(inputs[0]?.certificate ?? ''))
  const { order, stop } = startVerifier(program, certificate)
  const close = async (): Promise<void> => {
    stop()
    await remove()
  }
  return inputs.map((input) => ({ ...contestantOf(input, order), close }))
}

/** Whether a program is not there: the compiler, or the one that knows where the library is. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

async function compile(program: string): Promise<void> {
  const source = fileURLToPath(import.meta.resolve('./verify.c'))
  const { stdout } = await run('xmlsec1-config', ['--crypto=openssl', '--cflags', '--libs'])
  await run('gcc', ['-O2', '-o', program, source, ...stdout.trim().split(/\s+/)])
}

/** @returns how long so many verifications took, in nanoseconds, or undefined when the signature is not good */
type Order = (xml: Uint8Array, repetitions: number) => Promise<number | undefined>

function contestantOf(input: Input, order: Order): Omit<ProcessContestant, 'close'> {
  const bytes = new TextEncoder().encode(input.message.xml)
  let lastTime = 1000
  return {
    ...entryOf(LIBXMLSEC1, input),
    prove() {
      const validate = async ({ xml }: Input['message']): Promise<boolean> =>
        (await order(new TextEncoder().encode(xml), 1)) !== undefined
      return proveValidator({ name: LIBXMLSEC1, validate }, input)
    },
    async time(duration) {
      const repetitions = Math.max(1, Math.round((duration * 1000) / lastTime))
      const nanoseconds = await order(bytes, repetitions)
      if (nanoseconds === undefined) throw new Error(`${LIBXMLSEC1}: refused what is good`)
      lastTime = nanoseconds / 1000 / repetitions
      return lastTime
    },
  }
}

/** Starts the program, which answers one order after another. */
function startVerifier(program: string, certificate: string): { order: Order; stop(): void } {
  const child = spawn(program, [certificate], { stdio: ['pipe', 'pipe', 'inherit'] })
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const stop = (): void => {
    process.removeListener('exit', stop)
    child.kill()
  }
  process.once('exit', stop)
  return { stop, order: (xml, repetitions) => ask(child, answers, { xml, repetitions }) }
}

async function ask(
  { stdin }: ChildProcessByStdio<Writable, Readable, null>,
  answers: AsyncIterator<string, unknown>,
  { xml, repetitions }: { readonly xml: Uint8Array; readonly repetitions: number },
): Promise<number | undefined> {
  stdin.write(`${xml.length} ${repetitions}\n`)
  stdin.write(xml)
  const { done, value } = await answers.next()
  if (done) throw new Error(`${LIBXMLSEC1}: its process ended`)
  const nanoseconds = Number(value)
  return nanoseconds < 0 ? undefined : nanoseconds
}
