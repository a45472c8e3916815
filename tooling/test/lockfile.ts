import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './process.ts'

/** Where packages come from is the installer's choice: the lockfile holds checksums, no addresses. */
export async function lockfileProblem(): Promise<string | undefined> {
  const lines = (await readFile(join(root, 'pnpm-lock.yaml'), 'utf8')).split('\n')
  const found = lines.flatMap((line, index) =>
    /https?:\/\//.test(line) ? [`pnpm-lock.yaml:${index + 1}: ${line.trim()}`] : [],
  )
  return found.length === 0 ? undefined : found.join('\n')
}
