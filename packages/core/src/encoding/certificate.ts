import { decodeBase64, withPadding } from './base64.ts'
import { type Bytes, decodeUtf8 } from './bytes.ts'
import {
  type DerElement,
  derTag,
  isInteger,
  parseDer,
  parseDerInside,
  parseSequence,
  readBitString,
  readObjectIdentifier,
  readTime,
} from './der.ts'
import { type PemBlock, splitPem } from './pem.ts'
import { type KeyKind, kindOfKey } from './public-key.ts'

/**
 * What an X.509 certificate says ([RFC 5280, section 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1)). Nothing
 * of it is verified, its signature neither: whoever configured it vouches for it.
 */
export interface Certificate {
  /** All of it, as base64 with padding and without line breaks. Two certificates are the same if this is. */
  readonly der: string
  /** When its validity begins, in milliseconds since the epoch. */
  readonly notBefore: number
  /** The last moment of its validity, in milliseconds since the epoch. */
  readonly notAfter: number
  readonly key: CertificateKey
  /** The SubjectPublicKeyInfo, as `crypto.subtle.importKey('spki')` takes it. */
  readonly spki: Bytes
  /** The common name of its subject, if there is one that can be shown in a message. Says nothing about trust. */
  readonly subject?: string
}

/** What kind of key a certificate is for. */
type CertificateKey =
  | KeyKind
  /** @property oid the algorithm of the key, or its curve when that is what we do not know */
  | { readonly type: 'other'; readonly oid: string }

/** Why a text is not one or several certificates. Never says what is in the text, which may be a secret. */
export interface CertificateProblem {
  readonly kind: CertificateProblemKind
  /** Which PEM block it is about, from 1, when there are several. */
  readonly index?: number
}

export type CertificateProblemKind =
  /** Nothing but white space. */
  | 'empty'
  /** Longer than 256 Ki characters, or one certificate longer than 64 KiB. */
  | 'too_large'
  /** More than 20 blocks. */
  | 'too_many'
  /** A private key, which should not be where it was copied to. If a block is labelled so, nothing else is told. */
  | 'private_key'
  /** A public key without the certificate. */
  | 'public_key'
  /** What a certificate authority is asked with, not what it answers. */
  | 'certificate_request'
  /** A BEGIN without its END, an END without its BEGIN, or either of them damaged. */
  | 'armour_broken'
  /** Characters or an end that base64 does not have. */
  | 'not_base64'
  /** Something else, or a certificate of which bytes are missing or changed. */
  | 'not_a_certificate'

const MAX_CHARACTERS = 256 * 1024
const MAX_BLOCKS = 20
const MAX_BYTES = 64 * 1024

/**
 * Reads certificates as administrators paste them: one or several PEM blocks with any text around them
 * ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)), or the bare base64 of one, as metadata of SAML has it. The
 * time it takes grows with the length of `text` and nothing else.
 *
 * @returns at least one certificate, in the order of the text, or the first problem. Never throws.
 */
export function readCertificates(
  text: string,
): { readonly certificates: readonly Certificate[] } | { readonly problem: CertificateProblem } {
  if (text.length > MAX_CHARACTERS) return { problem: { kind: 'too_large' } }
  if (text.trim() === '') return { problem: { kind: 'empty' } }
  const blocks = splitPem(text)
  const problemAt = (kind: CertificateProblemKind, position: number) => ({
    problem: { kind, ...(blocks.length > 1 && position >= 0 ? { index: position + 1 } : {}) },
  })
  if (privateKey.test(text)) {
    return problemAt(
      'private_key',
      blocks.findIndex(({ label }) => label.includes('PRIVATE KEY')),
    )
  }
  if (blocks.length > MAX_BLOCKS) return { problem: { kind: 'too_many' } }
  const certificates: Certificate[] = []
  for (const [position, block] of blocks.entries()) {
    const read = readBlock(block)
    if (typeof read === 'string') return problemAt(read, position)
    certificates.push(read)
  }
  return { certificates }
}

// It runs on whatever was pasted: it can begin in many places, but looks only so far from there.
const privateKey = /(?:BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY/i

// What RFC 7468, section 5.1, allows to be read as the same.
const certificateLabels = ['CERTIFICATE', 'X509 CERTIFICATE', 'X.509 CERTIFICATE']

function readBlock({ label, body }: PemBlock): Certificate | CertificateProblemKind {
  if (label.endsWith('PUBLIC KEY')) return 'public_key'
  if (label.endsWith('CERTIFICATE REQUEST')) return 'certificate_request'
  if (body === undefined) return 'armour_broken'
  if (!certificateLabels.includes(label)) return 'not_a_certificate'
  const base64 = body.replace(/\s+/g, '')
  const der = decodeBase64(base64)
  if (!der) return 'not_base64'
  if (der.length > MAX_BYTES) return 'too_large'
  const certificate = parseCertificate(der)
  // What was read is canonical but for its padding.
  return certificate ? { der: withPadding(base64), ...certificate } : whatElse(der)
}

/** Names what is often taken for a certificate, by the tags of its parts. */
function whatElse(der: Bytes): CertificateProblemKind {
  const parts = parseSequence(parseDer(der)) ?? []
  const shape = shapeOf(parts)
  // PrivateKeyInfo (RFC 5958), RSAPrivateKey (RFC 8017), ECPrivateKey (RFC 5915), EncryptedPrivateKeyInfo.
  if (/^(02 30 04|02 02 02|02 04|30 04$)/.test(shape)) return 'private_key'
  // SubjectPublicKeyInfo, RSAPublicKey.
  if (/^(30 03|02 02)$/.test(shape)) return 'public_key'
  // CertificationRequest (RFC 2986): begins like a certificate, but its names are followed by the key.
  const information = shapeOf(parseSequence(parts[0]) ?? [])
  return shape === '30 30 03' && /^02 30 30( a0)?$/.test(information)
    ? 'certificate_request'
    : 'not_a_certificate'
}

function shapeOf(elements: readonly DerElement[]): string {
  return elements.map(({ tag }) => tag.toString(16).padStart(2, '0')).join(' ')
}

const VERSION_TAG = 0xa0
const EXTENSIONS_TAG = 0xa3
/** The optional fields at the end of a TBSCertificate, by their tags, and from which version on they may be there. */
const optionalFields = new Map([
  [0x81, 2], // issuerUniqueID
  [0x82, 2], // subjectUniqueID
  [EXTENSIONS_TAG, 3],
])

/**
 * Parses a Certificate ([RFC 5280, section 4.1](https://www.rfc-editor.org/rfc/rfc5280#section-4.1)) down to the
 * fields that somebody asks for. The extensions are not among them: how a key may be used is up to who configured it.
 */
function parseCertificate(der: Bytes): Omit<Certificate, 'der'> | undefined {
  const parts = parseSequence(parseDer(der)) ?? []
  const [tbsCertificate, signatureAlgorithm, signature] = parts
  if (parts.length !== 3 || !readBitString(signature)) return undefined
  const fields = parseSequence(tbsCertificate) ?? []
  const version = readVersion(fields[0])
  const [serialNumber, algorithm, issuer, times, subject, publicKey, ...optional] =
    fields[0]?.tag === VERSION_TAG ? fields.slice(1) : fields
  if (!isInteger(serialNumber) || !areOptionalFields(optional, version)) return undefined
  // RFC 5280, section 4.1.1.2: the algorithm stands in two places and is the same in both.
  if (!parseAlgorithm(algorithm) || !isSame(algorithm, signatureAlgorithm)) return undefined

  const validity = parseValidity(times)
  const name = parseName(subject)
  const key = parsePublicKey(publicKey)
  if (!parseName(issuer) || !validity || !name || !key || !publicKey) return undefined
  return { ...validity, key, spki: publicKey.encoding.slice(), ...name }
}

/** RFC 5280, section 4.1.2.1. @returns 1 to 3, or undefined when another is written; DER never writes the 1 */
function readVersion(field: DerElement | undefined): number | undefined {
  if (field?.tag !== VERSION_TAG) return 1
  const number = parseDer(field.content)
  const value = isInteger(number) && number.content.length === 1 ? number.content[0] : undefined
  return value === 1 || value === 2 ? value + 1 : undefined
}

function areOptionalFields(fields: readonly DerElement[], version: number | undefined): boolean {
  if (version === undefined) return false
  return fields.every(({ tag, content }, position) => {
    const since = optionalFields.get(tag)
    const inOrder = tag > (fields[position - 1]?.tag ?? 0)
    const extensions = tag === EXTENSIONS_TAG ? parseSequence(parseDer(content)) : []
    return since !== undefined && since <= version && inOrder && extensions !== undefined
  })
}

interface AlgorithmIdentifier {
  readonly oid: string
  readonly parameters: DerElement | undefined
}

/** RFC 5280, section 4.1.1.2. */
function parseAlgorithm(element: DerElement | undefined): AlgorithmIdentifier | undefined {
  const parts = parseSequence(element) ?? []
  const oid = readObjectIdentifier(parts[0])
  return oid === undefined || parts.length > 2 ? undefined : { oid, parameters: parts[1] }
}

function isSame(one: DerElement | undefined, other: DerElement | undefined): boolean {
  return (
    one?.encoding.length === other?.encoding.length &&
    one?.encoding.every((byte, position) => byte === other?.encoding[position]) === true
  )
}

/** RFC 5280, section 4.1.2.5. */
function parseValidity(
  element: DerElement | undefined,
): Pick<Certificate, 'notBefore' | 'notAfter'> | undefined {
  const times = parseSequence(element) ?? []
  const [notBefore, notAfter] = times.map(readTime)
  if (times.length !== 2 || notBefore === undefined || notAfter === undefined) return undefined
  return { notBefore, notAfter }
}

const COMMON_NAME = '2.5.4.3'

/** RFC 5280, section 4.1.2.4. @returns its last common name, which is the most specific one, if it has any */
function parseName(element: DerElement | undefined): Pick<Certificate, 'subject'> | undefined {
  const attributes = parseSequence(element)?.flatMap(parseRelativeName)
  if (!attributes || attributes.includes(undefined)) return undefined
  const subject = readPlainText(attributes.findLast((attribute) => attribute?.type === COMMON_NAME)?.value)
  return subject === undefined ? {} : { subject }
}

interface Attribute {
  /** Undefined when it is too unusual to be any that we know. */
  readonly type: string | undefined
  readonly value: DerElement
}

/** @returns at least one attribute, or undefined in the place of one that is malformed */
function parseRelativeName(element: DerElement): readonly (Attribute | undefined)[] {
  const attributes = parseDerInside(element, derTag.set) ?? []
  return attributes.length === 0 ? [undefined] : attributes.map(parseAttribute)
}

function parseAttribute(element: DerElement): Attribute | undefined {
  const parts = parseSequence(element) ?? []
  const [type, value] = parts
  if (parts.length !== 2 || type?.tag !== derTag.objectIdentifier || !value) return undefined
  return { type: readObjectIdentifier(type), value }
}

const textTags: readonly number[] = [
  derTag.utf8String,
  derTag.printableString,
  derTag.teletexString,
  derTag.ia5String,
]
/** More than the 64 that the standard allows, as some are longer; a message has no room for more. */
const MAX_SUBJECT = 128

/** Text that can not spoil the line it is shown in. */
function readPlainText(element: DerElement | undefined): string | undefined {
  if (!element || !textTags.includes(element.tag) || element.content.length > MAX_SUBJECT) return undefined
  try {
    const text = decodeUtf8(element.content)
    const isPlain = !/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(text)
    return isPlain && text.trim() !== '' ? text : undefined
  } catch {
    return undefined
  }
}

/** [RFC 5480, section 2.1.1](https://www.rfc-editor.org/rfc/rfc5480#section-2.1.1). */
const EC_PUBLIC_KEY = '1.2.840.10045.2.1'

/** RFC 5280, section 4.1.2.7. Where we do not know the kind of key, it is told by its name. */
function parsePublicKey(element: DerElement | undefined): CertificateKey | undefined {
  const kind = kindOfKey(element)
  if (kind?.type !== 'other') return kind
  const { oid, parameters } = parseAlgorithm(parseSequence(element)?.[0]) ?? {}
  // A curve that is spelled out instead of named is nothing that certificates may have.
  const isCurve = oid === EC_PUBLIC_KEY && parameters?.tag === derTag.objectIdentifier
  const name = isCurve ? readObjectIdentifier(parameters) : oid
  return name === undefined ? undefined : { type: 'other', oid: name }
}
