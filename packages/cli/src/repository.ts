import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Where in Doorward's own repository the schema for editors is. */
const SCHEMA = 'docs/auth_config.schema.json'

/** Works wherever Node is, also without pnpm. */
export const PNPM = 'npx -y pnpm@12.21.0'

/** How commands are typed where the person is, so that they work when they are copied. */
export interface TypedCommands {
  readonly doorward: string
  readonly wrangler: string
  /** Where the second works; nothing where that is here. */
  readonly wranglerIsAt: string
}

/** @param folder where the person is */
export function typedAt(folder: string): TypedCommands {
  return repositoryAround(folder) === undefined ? typedElsewhere() : typedWith(PNPM)
}

/**
 * The same outside a repository: the clone that this program is from is named. Nobody publishes the package, so a bare
 * `npx doorward` would run whatever somebody else calls so; it is right where the package was installed, and there alone.
 *
 * @param program the folder of this program
 */
export function typedElsewhere(program: string = import.meta.dirname): TypedCommands {
  const clone = repositoryAround(program)
  return clone === undefined
    ? { doorward: 'npx doorward', wrangler: 'npx wrangler', wranglerIsAt: ", in the worker's folder" }
    : typedWith(`${PNPM} --dir ${quoted(clone)}`)
}

function typedWith(pnpm: string): TypedCommands {
  return {
    doorward: `${pnpm} --silent doorward`,
    wrangler: `${pnpm} --filter @doorward/worker exec wrangler`,
    wranglerIsAt: '',
  }
}

/** @returns a path as a shell takes it */
export function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

/** @returns the clone of Doorward's repository that a folder is in: there its commands and its documents are at hand */
export function repositoryAround(folder: string): string | undefined {
  const isOurs = [SCHEMA, 'packages/cli/bin/doorward.mjs'].every((path) => existsSync(join(folder, path)))
  if (isOurs) return folder
  const above = dirname(folder)
  return above === folder ? undefined : repositoryAround(above)
}

/**
 * @param path of a configuration
 * @returns where the schema for editors is as seen from there; undefined where there is none that stays: a file outside
 *   the repository may be taken elsewhere, and nobody publishes the schema at an address
 */
export function schemaSeenFrom(path: string): string | undefined {
  const repository = repositoryAround(dirname(path))
  return repository && relative(dirname(path), join(repository, SCHEMA)).replaceAll('\\', '/')
}
