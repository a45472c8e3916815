import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { shortPath } from '../settings.ts'

/** Writes a file whole or not at all. */
export async function writeWhole(path: string, content: string, mode: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  try {
    await writeFile(draft, content, { mode, flag: 'wx' })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

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
