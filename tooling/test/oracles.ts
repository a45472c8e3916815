import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installDebianPackages } from './debian.ts'

/** What the tests in the folders `test/oracles` ask, and Debian's package of it. */
const PROGRAMS = [
  { name: 'xmllint', package: 'libxml2-utils' },
  { name: 'xmlsec1', package: 'xmlsec1' },
  { name: 'openssl', package: 'openssl' },
] as const

/** SAML's own schemas, and those of signatures and encryption that they refer to. */
const SCHEMAS = [
  { name: '/usr/share/xml/opensaml/saml-schema-metadata-2.0.xsd', package: 'opensaml-schemas' },
  { name: '/usr/share/xml/xmltooling/xmldsig-core-schema.xsd', package: 'xmltooling-schemas' },
] as const

/**
 * Sees to it that the programs and schemas are there that judge our XML: takes what is installed, else Debian's packages.
 *
 * @returns what to do by hand where that does not work, or undefined
 */
export async function ensureOracles(say: (text: string) => void): Promise<string | undefined> {
  if (missing().length > 0) {
    say(`Installing ${missing().join(', ')} …`)
    await installDebianPackages(missing())
  }
  const left = missing()
  if (left.length === 0) return undefined
  return `What judges our XML is not here, and could not be had. Run: sudo apt-get install ${left.join(' ')} (or what has the same on your system)`
}

function missing(): readonly string[] {
  return [
    ...PROGRAMS.filter(({ name }) => !isOnPath(name)),
    ...SCHEMAS.filter(({ name }) => !existsSync(name)),
  ].map((needed) => needed.package)
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}
