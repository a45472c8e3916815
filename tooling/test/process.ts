import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

/** The repository. */
export const root = join(import.meta.dirname, '../..')

/** What a program printed, and how it ended. */
export interface Result {
  /** 127 when it could not be started. */
  readonly code: number
  readonly output: string
}

/** @returns the path of a program that is installed in `folder` of the repository */
export function bin(program: string, folder = '.'): string {
  return join(root, folder, 'node_modules/.bin', program)
}

/**
 * Runs a program to its end.
 *
 * @param options `show` passes its output on as it comes; `limit` ends it after so many milliseconds
 */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; show?: boolean; limit?: number } = {},
): Promise<Result> {
  const { cwd = root, env = {}, show = false, limit = 15 * 60_000 } = options
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...quiet, ...withOwnNode(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: limit,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (show) process.stdout.write(chunk)
      })
    }
    child.once('error', (error) => resolve({ code: 127, output: error.message }))
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** No tool calls home. */
const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  WRANGLER_SEND_METRICS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

/** Programs that start `node` get the one that runs this. */
function withOwnNode(): { PATH: string } {
  return { PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter) }
}
