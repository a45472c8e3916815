import { join } from 'node:path'
import process from 'node:process'

const bin = (name: string): string => join(import.meta.dirname, '../node_modules/.bin', name)

/** How to start a program on each host that has `node:sqlite`. */
export const hosts: Readonly<Record<'Node' | 'Deno' | 'Bun', readonly [string, ...string[]]>> = {
  Node: [process.execPath],
  Deno: [bin('deno'), 'run', '--allow-all', '--quiet'],
  Bun: [bin('bun')],
}

/** The path of a program of these tests. */
export const program = (name: string): string => join(import.meta.dirname, name)
