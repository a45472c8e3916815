import { lstat } from 'node:fs/promises'
import { shortPath } from '../settings.ts'

/** @returns why nothing may be written there */
export async function obstacleAt(path: string, force: boolean): Promise<string | undefined> {
  const there = await lstat(path).catch(() => undefined)
  const name = shortPath(path)
  if (there?.isDirectory()) return `${name} is a folder: --out names a file`
  if (!there || force) return undefined
  return [
    `${name} is there already, and stays as it is.`,
    'For a second provider, add an entry to it by hand: docs/idp has one for each.',
    'For another file, use --out FILE; to replace this one, --force.',
  ].join('\n')
}
