import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Canonicalization, canonicalize } from '../../src/saml/xml/canonical.ts'
import { METADATA_LIMITS } from '../../src/saml/xml/limits.ts'
import { parseXml } from '../../src/saml/xml/reader.ts'
import type { Finding, Seed } from './input.ts'
import { textOf } from './input.ts'

/** How long a program may take over a batch, in milliseconds. */
const LIMIT = 60_000

const methods: readonly (readonly [string, Canonicalization])[] = [
  ['--exc-c14n', { kind: 'exclusive', inclusivePrefixes: [] }],
  ['--c14n', { kind: 'inclusive', version: '1.0' }],
  ['--c14n11', { kind: 'inclusive', version: '1.1' }],
]

/** The C that many service providers rely on, as a second opinion on what was read here without complaint. */
export interface Libxml {
  /** What libxml2 refuses, or brings into another canonical form. @param accepted documents that are XML here */
  differencesOf(accepted: readonly Seed[]): readonly Finding[]
  /** Whether xmlsec1 refuses the signature of an answer that was accepted here. */
  refusalOf(accepted: Seed): Finding | undefined
  /** How many were compared so far. */
  readonly counts: { readonly documents: number; readonly signatures: number }
  close(): void
}

export function createLibxml(): Libxml {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-fuzz-'))
  const counts = { documents: 0, signatures: 0 }

  function write(name: string, content: string | Uint8Array): string {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }

  /** The first way in which they are not the same, for as many as it is asked about. */
  function difference(inputs: readonly Seed[]): string | undefined {
    const paths = inputs.map(({ bytes }, index) => write(`${index}.xml`, bytes))
    for (const [option, method] of methods) {
      const { stdout, stderr } = run('xmllint', ['--nonet', option, ...paths])
      const complaints = withoutOpinions(stderr)
      if (complaints !== '') return complaints
      const ours = inputs.map((input) => canonical(input, method)).join('')
      if (stdout !== ours) return `xmllint ${option} writes it otherwise`
    }
    return undefined
  }

  /** All at once first: mostly there is nothing. */
  function compare(inputs: readonly Seed[]): readonly Finding[] {
    const what = difference(inputs)
    const [input, ...others] = inputs
    if (what === undefined || !input) return []
    if (others.length === 0) return isOpinion(what) ? [] : [{ kind: 'disagreement', what, input }]
    const middle = Math.floor(inputs.length / 2)
    return [...compare(inputs.slice(0, middle)), ...compare(inputs.slice(middle))]
  }

  return {
    counts,
    differencesOf(accepted) {
      // Its canonical forms keep comments, ours never do.
      const comparable = accepted.filter((input) => !textOf(input).includes('<!--'))
      counts.documents += comparable.length
      return comparable.length === 0 ? [] : compare(comparable)
    },
    refusalOf(accepted) {
      const [certificate, ...others] = accepted.certificates
      const isKnown = !/MGF1|eddsa|ecdsa|EncryptedAssertion/.test(textOf(accepted))
      if (certificate === undefined || others.length > 0 || !isKnown) return undefined
      counts.signatures++
      const pem = `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g)?.join('\n')}\n-----END CERTIFICATE-----\n`
      const { status, stderr } = run('xmlsec1', [
        '--verify',
        ...['--enabled-key-data', 'rsa', '--pubkey-cert-pem', write('certificate.pem', pem)],
        ...['--id-attr:ID', 'Assertion', '--id-attr:ID', 'Response'],
        write('message.xml', accepted.bytes),
      ])
      return status === 0 ? undefined : { kind: 'disagreement', what: `xmlsec1: ${stderr}`, input: accepted }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function run(
  program: string,
  args: readonly string[],
): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    timeout: LIMIT,
  })
  if (error) throw error
  return { status, stdout, stderr }
}

function canonical({ bytes }: Seed, method: Canonicalization): string {
  const document = parseXml(bytes, METADATA_LIMITS)
  return canonicalize({ document, element: document.root }, method)
}

/**
 * What is left of complaints without those about what is well-formed but odd: it would have `xml:id` be a name, and the
 * values of `xml:space` be one of two.
 */
function withoutOpinions(complaints: string): string {
  const lines = complaints.split('\n')
  const isOdd = (line: string) => / warning : |xml:id : attribute value /.test(line)
  // Each is followed by the line it is about, and a line that points into it.
  return lines
    .filter((_, index) => ![0, 1, 2].some((before) => isOdd(lines[index - before] ?? '')))
    .join('\n')
    .trim()
}

/** It takes the host of a namespace's address apart, and writes nothing where that is none; here only characters count. */
function isOpinion(complaints: string): boolean {
  return complaints.includes('is not a valid URI')
}
