import { X509Certificate } from 'node:crypto'
import { element, replace, type XmlElement } from '@doorward/testkit/saml'

const NS = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  xenc11: 'http://www.w3.org/2009/xmlenc11#',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
} as const

type Octets = Uint8Array<ArrayBuffer>

/** How a key is handed over: what it is called, and with which hash it is done. */
interface KeyWrapping {
  readonly hash: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'
  readonly method: XmlElement
}

/** How something is encrypted, in every detail that can be wrong. */
export interface EncryptionDetails {
  /** The last part of the URI. */
  readonly cipher: string
  /** In octets. */
  readonly keyLength: number
  readonly wrapping: KeyWrapping
  /** In base64; one encrypted key for each. */
  readonly certificates: readonly string[]
  /** What of the ciphertext is sent, its IV in front. */
  readonly change?: (ciphertext: Octets) => Octets
  /** In place of the padding of AES-CBC: what is put behind the plaintext to make whole blocks of it. */
  readonly padding?: (missing: number) => readonly number[]
}

/** An `EncryptedData` with its keys. */
export async function encryptedData(plaintext: string, details: EncryptionDetails): Promise<XmlElement> {
  const { cipher, keyLength, wrapping, certificates, change = (octets) => octets } = details
  const contentKey = crypto.getRandomValues(new Uint8Array(keyLength))
  const isGcm = cipher.endsWith('gcm')
  const ciphertext = isGcm
    ? await gcm(contentKey, Buffer.from(plaintext))
    : await cbc(contentKey, Buffer.from(plaintext), details)
  const keys = await Promise.all(certificates.map((one) => encryptedKey(contentKey, wrapping, one)))
  return element(
    'xenc:EncryptedData',
    { 'xmlns:xenc': NS.xenc, Type: `${NS.xenc}Element` },
    element('xenc:EncryptionMethod', { Algorithm: `${isGcm ? NS.xenc11 : NS.xenc}${cipher}` }),
    element('ds:KeyInfo', { 'xmlns:ds': NS.ds }, ...keys),
    cipherData(change(ciphertext)),
  )
}

async function gcm(contentKey: Octets, plaintext: Octets): Promise<Octets> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt'])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plaintext)
  return new Uint8Array([...iv, ...new Uint8Array(sealed)])
}

async function cbc(contentKey: Octets, plaintext: Octets, { padding }: EncryptionDetails): Promise<Octets> {
  const iv = crypto.getRandomValues(new Uint8Array(16))
  const key = await crypto.subtle.importKey('raw', contentKey, 'AES-CBC', false, ['encrypt'])
  const missing = 16 - (plaintext.length % 16)
  const padded = new Uint8Array([...plaintext, ...(padding?.(missing) ?? Array(missing).fill(missing))])
  const sealed = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, key, padded)
  // Without the block of padding that WebCrypto puts behind it.
  return new Uint8Array([...iv, ...new Uint8Array(sealed).subarray(0, padded.length)])
}

async function encryptedKey(
  contentKey: Octets,
  wrapping: KeyWrapping,
  certificate: string,
): Promise<XmlElement> {
  const { publicKey } = new X509Certificate(Buffer.from(certificate, 'base64'))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const algorithm = { name: 'RSA-OAEP', hash: wrapping.hash }
  const key = await crypto.subtle.importKey('spki', new Uint8Array(spki), algorithm, false, ['encrypt'])
  const wrapped = await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, key, contentKey)
  return element('xenc:EncryptedKey', {}, wrapping.method, cipherData(new Uint8Array(wrapped)))
}

function cipherData(octets: Octets): XmlElement {
  return element(
    'xenc:CipherData',
    {},
    element('xenc:CipherValue', {}, Buffer.from(octets).toString('base64')),
  )
}

/** Puts what is encrypted in the place of an element. */
export function putEncrypted(root: XmlElement, target: XmlElement, data: XmlElement): void {
  const name = target.name.endsWith('NameID') ? 'saml:EncryptedID' : 'saml:EncryptedAssertion'
  replace(root, target, element(name, { 'xmlns:saml': NS.saml }, data))
}

/** The `EncryptionMethod` of a key. */
export function keyMethod(algorithm: string, ...children: readonly XmlElement[]): XmlElement {
  return element('xenc:EncryptionMethod', { Algorithm: algorithm }, ...children)
}

/** A digest in it. */
export function oaepDigest(algorithm: string): XmlElement {
  return element('ds:DigestMethod', { 'xmlns:ds': NS.ds, Algorithm: algorithm })
}

/** A mask generation function in it. */
export function oaepMask(name: string): XmlElement {
  return element('xenc11:MGF', { 'xmlns:xenc11': NS.xenc11, Algorithm: `${NS.xenc11}${name}` })
}
