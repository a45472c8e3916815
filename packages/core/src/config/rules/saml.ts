import { isLongEnough, MIN_RSA_BITS } from '../../encoding/accepted-key.ts'
import {
  type Certificate,
  type CertificateProblemKind,
  readCertificates,
} from '../../encoding/certificate.ts'
import { type Entry, type Finding, type RuleContext, textOf, textsOf } from './entry.ts'

/** What SAML needs beyond the shape of its keys. */
export function checkSaml(entry: Entry, context: RuleContext): readonly Finding[] {
  if (entry.protocol !== 'SAML') return []
  return [...checkRequired(entry), ...checkMetadata(entry, context), ...checkCertificates(entry, context)]
}

function checkRequired({ value }: Entry): readonly Finding[] {
  const findings: Finding[] = []
  if (value['entity_id'] === undefined) {
    const fix =
      'add "entity_id: …", how the identity provider calls itself: "Issuer" or "Entity ID" in its settings'
    findings.push({ code: 'key_missing', message: '"entity_id" is missing', fix })
  }
  if (value['attribute_mapping'] === undefined) {
    const fix = 'add "attribute_mapping:" with at least "email: …", the name of the attribute that holds it'
    findings.push({ code: 'key_missing', message: '"attribute_mapping" is missing', fix })
  }
  return findings
}

/** What may say where the keys and addresses of an identity provider come from; the first that is there does. */
export const sources = ['metadata_url', 'metadata', 'idp_metadata_file'] as const

function checkMetadata(entry: Entry, context: RuleContext): readonly Finding[] {
  const { value } = entry
  const entityId = textOf(entry, 'entity_id')
  const given = sources.filter((key) => value[key] !== undefined)
  const written = ['sso_url', 'x509_cert'].filter((key) => value[key] !== undefined)
  if (given.length === 0 && written.length < 2) return [missingSource(written)]
  const findings: Finding[] = []
  const [first, second] = given
  if (first && (second ?? written[0])) {
    findings.push({
      code: 'metadata_beside_certificate',
      key: second ?? written[0] ?? first,
      at: 'key',
      message: `"${second ?? written.join('" and "')}" beside "${first}" ${second || written.length === 1 ? 'is' : 'are'} not used: one of the two says where keys come from`,
      fix: `remove one of the two; "${first}" is used until then`,
    })
  }
  const inline = textOf(entry, 'metadata')
  if (inline !== undefined)
    findings.push(...checkDocument({ key: 'metadata', text: inline, entityId }, context))
  const path = textOf(entry, 'idp_metadata_file')
  if (path !== undefined) {
    const file = context.readFile(path)
    if ('problem' in file) {
      findings.push({
        code: 'metadata_file_unreadable',
        key: 'idp_metadata_file',
        message: `"idp_metadata_file" can not be read: ${file.problem}`,
        fix: 'name it as seen from the folder of the configuration',
      })
    } else findings.push(...checkDocument({ key: 'idp_metadata_file', text: file.text, entityId }, context))
  }
  return findings
}

function missingSource(written: readonly string[]): Finding {
  const half = written[0]
  if (half !== undefined) {
    const other = half === 'sso_url' ? 'x509_cert' : 'sso_url'
    return {
      code: 'metadata_source_missing',
      key: half,
      at: 'key',
      message: `"${half}" alone is not enough: "${other}" is missing`,
      fix: `add "${other}", or "metadata_url" in place of both`,
    }
  }
  return {
    code: 'metadata_source_missing',
    message: 'nothing says where the keys of this identity provider come from',
    fix: 'add "metadata_url: https://…", or "sso_url" and "x509_cert"',
  }
}

/** Metadata in the configuration, or in a file that it names. */
interface WrittenMetadata {
  readonly key: string
  readonly text: string
  readonly entityId: string | undefined
}

function checkDocument(
  { key, text, entityId }: WrittenMetadata,
  { examineMetadata }: RuleContext,
): readonly Finding[] {
  const problem = documentProblem(text)
  if (problem) {
    const [what, fix] = problem
    return [{ code: 'metadata_invalid', key, message: `"${key}" ${what}`, fix }]
  }
  const examined = entityId === undefined ? undefined : examineMetadata?.(text, entityId).problem
  if (!examined) return []
  const { about, found, fix } = examined
  return about === 'entity_id'
    ? [
        {
          code: 'entity_id_mismatch',
          key: about,
          message: `"entity_id" does not fit "${key}": ${found}`,
          fix,
        },
      ]
    : [{ code: 'metadata_invalid', key, message: `a login could not use "${key}": ${found}`, fix }]
}

/** What is often there in place of metadata, and can be seen without reading it. */
function documentProblem(text: string): readonly [what: string, fix: string] | undefined {
  const take =
    'take the XML that the identity provider offers as "metadata"; it begins with <EntityDescriptor'
  if (/^\s*(<!doctype html|<html)/i.test(text)) return ['holds a web page, not metadata', take]
  if (/^\s*https?:\/\//i.test(text))
    return ['holds an address, not metadata', 'write "metadata_url" in place of it']
  if (text.includes('<!DOCTYPE'))
    return ['holds a "<!DOCTYPE", which no metadata needs', 'remove it, or take the metadata anew']
  const isMetadata = /^\s*</.test(text) && /<([\w.-]+:)?Entit(y|ies)Descriptor[\s>]/.test(text)
  return isMetadata ? undefined : ['is not SAML metadata', take]
}

/** When to say that a certificate will expire, in milliseconds before it does. */
const EXPIRES_SOON = 30 * 24 * 60 * 60 * 1000

const certificateProblems: Readonly<Record<CertificateProblemKind, readonly [message: string, fix: string]>> =
  {
    empty: [
      'is empty',
      'paste the certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----',
    ],
    too_large: ['is larger than any certificate', 'paste the certificate alone'],
    too_many: ['holds too many certificates', 'keep those that the identity provider signs with'],
    private_key: [
      'holds a private key, which belongs to the identity provider alone',
      'consider that key as known to others and have it replaced; paste the certificate',
    ],
    public_key: [
      'holds a public key, not a certificate',
      'paste what begins with -----BEGIN CERTIFICATE-----',
    ],
    certificate_request: [
      'holds a certificate request, not a certificate',
      'paste what begins with -----BEGIN CERTIFICATE-----',
    ],
    armour_broken: [
      'does not begin and end as a certificate does',
      'paste all lines, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, below "x509_cert: |" and indented',
    ],
    not_base64: [
      'holds characters that no certificate has, or is cut off',
      'paste it again, all lines of it',
    ],
    not_a_certificate: ['is not a certificate, or is cut off', 'paste it again, all lines of it'],
  }

const certificateFile: Finding = {
  code: 'certificate_invalid',
  key: 'x509_cert',
  message: '"x509_cert" is the name of a file, and the certificate itself belongs here',
  fix: 'write "x509_cert: |" and paste what is in the file, indented below',
}

function checkCertificates(entry: Entry, { now }: RuleContext): readonly Finding[] {
  const texts = textsOf(entry, 'x509_cert')
  if (texts.some((text) => /^[\w./\\-]{1,200}\.(pem|crt|cer|der)$/i.test(text.trim())))
    return [certificateFile]
  const read = texts.map((text) => readCertificates(text))
  const findings = read.flatMap((one): Finding[] => {
    if (!('problem' in one)) return []
    const [message, fix] = certificateProblems[one.problem.kind]
    const code = one.problem.kind === 'private_key' ? 'certificate_private_key' : 'certificate_invalid'
    return [{ code, key: 'x509_cert', message: `"x509_cert" ${message}`, fix }]
  })
  const certificates = read.flatMap((one) => ('certificates' in one ? one.certificates : []))
  const refused = certificates.flatMap(({ key }) => refuseKey(key))
  // While one follows another, the old one may have expired.
  const valid = certificates.filter(({ notAfter }) => notAfter >= now)
  const last = Math.max(...certificates.map(({ notAfter }) => notAfter))
  if (certificates.length > 0 && valid.length === 0) {
    findings.push({
      code: 'certificate_expired',
      key: 'x509_cert',
      message: `the certificate expired on ${day(last)}`,
      fix: 'take the one that the identity provider signs with now',
    })
  } else if (certificates.length > 0 && last < now + EXPIRES_SOON) {
    findings.push({
      code: 'certificate_expires_soon',
      key: 'x509_cert',
      message: `the certificate expires on ${day(last)}`,
      fix: 'add the one that follows it as soon as there is one',
    })
  }
  if (valid.length > 0 && valid.every(({ notBefore }) => notBefore > now)) {
    const first = Math.min(...valid.map(({ notBefore }) => notBefore))
    const message = `the certificate is valid only from ${day(first)} on`
    findings.push({
      code: 'certificate_not_yet_valid',
      key: 'x509_cert',
      message,
      fix: 'keep the present one beside it',
    })
  }
  return [...findings, ...refused]
}

/** @returns why a certificate's key is not accepted, if it is not */
export function refuseKey(key: Certificate['key']): readonly Finding[] {
  if (key.type !== 'other' && isLongEnough(key)) return []
  const message =
    key.type === 'RSA'
      ? `the certificate's RSA key has ${key.bits} bits, and at least ${MIN_RSA_BITS} are needed`
      : 'the certificate is for a kind of key that is not accepted: RSA, ECDSA on P-256, P-384 or P-521, and Ed25519 are'
  return [
    {
      code: 'certificate_key_refused',
      key: 'x509_cert',
      message,
      fix: 'have the identity provider sign with another key',
    },
  ]
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
