import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './process.ts'

/** Where packages come from is the installer's choice: lockfiles hold checksums, no addresses. */
export async function lockfileProblem(): Promise<string | undefined> {
  const found = [...(await addressesIn('pnpm-lock.yaml')), ...(await addressesIn('bench/pnpm-lock.yaml'))]
  return found.length === 0 ? undefined : found.join('\n')
}

async function addressesIn(path: string): Promise<string[]> {
  const lines = (await readFile(join(root, path), 'utf8')).split('\n')
  return lines.flatMap((line, index) =>
    /https?:\/\//.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
  )
}
