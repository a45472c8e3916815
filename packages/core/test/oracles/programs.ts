import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'

/** How long a program may take, in milliseconds. */
const LIMIT = 20_000

/** How much it may say, in characters. */
const MAX_OUTPUT = 64 * 1024 * 1024

const folder = mkdtempSync(join(tmpdir(), 'doorward-oracles-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What a program said, and whether it was content. */
export interface Verdict {
  readonly isContent: boolean
  readonly output: string
  readonly complaints: string
}

/** Runs one of the programs that judge what we write. @param input what it reads on its standard input */
export function ask(
  program: 'xmllint' | 'xmlsec1' | 'openssl',
  args: readonly string[],
  input = '',
): Verdict {
  const env = { ...process.env, XML_CATALOG_FILES: catalog() }
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    env,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
    timeout: LIMIT,
  })
  if (error) throw error
  return { isContent: status === 0, output: stdout, complaints: stderr }
}

let files = 0

/** @returns the path of a file with this content, for as long as the tests of a file run */
export function file(content: string | Uint8Array): string {
  const path = join(folder, String(++files))
  writeFileSync(path, content)
  return path
}

/** A certificate in the form in which it is given to programs. @param der base64 */
export function certificateFile(der: string): string {
  const lines = der.match(/.{1,64}/g)?.join('\n')
  return file(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`)
}

/**
 * Asks SAML's own schema of protocol messages or of metadata.
 *
 * @returns what is wrong with a document, or nothing
 */
export function schemaProblems(name: 'protocol' | 'metadata', xml: string): string {
  const schema = `/usr/share/xml/opensaml/saml-schema-${name}-2.0.xsd`
  const { isContent, complaints } = ask('xmllint', ['--nonet', '--noout', '--schema', schema, '-'], xml)
  return isContent && complaints.endsWith('- validates\n') ? '' : complaints
}

let catalogPath: string | undefined

/** The schemas refer to others by addresses, at which nobody is asked in a test. */
function catalog(): string {
  const found = [
    [
      'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd',
      'xmldsig-core-schema.xsd',
    ],
    ['http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd', 'xenc-schema.xsd'],
    ['http://www.w3.org/2001/xml.xsd', 'xml.xsd'],
  ].map(([address, name]) => `<system systemId="${address}" uri="file:///usr/share/xml/xmltooling/${name}"/>`)
  catalogPath ??= file(
    `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">${found.join('')}</catalog>`,
  )
  return catalogPath
}
