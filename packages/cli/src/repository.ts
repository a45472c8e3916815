import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** Where in Doorward's own repository the schema for editors is. */
const SCHEMA = 'docs/auth_config.schema.json'

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
