import { readdir, readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'

/** How many imports lie between two files of a folder; undefined where none leads from one to the other. */
export type ImportDistance = (from: string, to: string) => number | undefined

/** Reads who imports whom, among the TypeScript files of some folders. Paths are within `root`. */
export async function readImports(root: string, folders: readonly string[]): Promise<ImportDistance> {
  const imports = new Map<string, readonly string[]>()
  for (const folder of folders) {
    const paths = (await readdir(join(root, folder), { recursive: true })).filter((path) =>
      path.endsWith('.ts'),
    )
    for (const path of paths) {
      const text = await readFile(join(root, folder, path), 'utf8')
      const found = [...text.matchAll(/(?:from|import) '(\.[^']+\.ts)'/g)].map((match) => match[1] ?? '')
      imports.set(
        join(folder, path),
        found.map((one) => normalize(join(folder, path, '..', one))),
      )
    }
  }
  return (from, to) => {
    let reached: readonly string[] = [from]
    const seen = new Set(reached)
    for (let distance = 0; reached.length > 0; distance++) {
      if (reached.includes(to)) return distance
      reached = reached
        .flatMap((path) => imports.get(path) ?? [])
        .filter((path) => !seen.has(path) && seen.add(path))
    }
    return undefined
  }
}
