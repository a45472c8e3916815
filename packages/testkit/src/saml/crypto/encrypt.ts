import { type Bytes, base64, concat } from '../encoding.ts'
import { ns } from '../names.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import { spkiOfCertificate } from './certificate.ts'

/** Ciphers for the content. XML Encryption 1.1 section 5.2. */
export type ContentCipher = 'aes128-gcm' | 'aes256-gcm' | 'aes128-cbc' | 'aes256-cbc'

/**
 * Ways to hand over the content's key. `rsa-oaep-mgf1p` is all SHA-1, `rsa-oaep-sha256` is all SHA-256. XML
 * Encryption 1.1 section 5.5.2.
 */
export type KeyTransport = 'rsa-oaep-mgf1p' | 'rsa-oaep-sha256'

/** A way to hand over a key: how it is called on the wire, and the act. */
export interface KeyTransportMethod {
  /** The EncryptionMethod element. */
  name(): XmlElement
  wrap(certificate: string, contentKey: Bytes): Bytes | Promise<Bytes>
}

/** How something is encrypted, and for whom. */
export interface EncryptionStyle {
  readonly cipher: ContentCipher
  readonly keyTransport: KeyTransport | KeyTransportMethod
  /** X.509 of the service provider, in base64. */
  readonly certificate: string
}

interface Cipher {
  readonly uri: string
  readonly bits: 128 | 256
  readonly name: 'AES-GCM' | 'AES-CBC'
  readonly ivBytes: 12 | 16
}

const ciphers: Record<ContentCipher, Cipher> = {
  'aes128-gcm': { uri: `${ns.xenc11}aes128-gcm`, bits: 128, name: 'AES-GCM', ivBytes: 12 },
  'aes256-gcm': { uri: `${ns.xenc11}aes256-gcm`, bits: 256, name: 'AES-GCM', ivBytes: 12 },
  'aes128-cbc': { uri: `${ns.xenc}aes128-cbc`, bits: 128, name: 'AES-CBC', ivBytes: 16 },
  'aes256-cbc': { uri: `${ns.xenc}aes256-cbc`, bits: 256, name: 'AES-CBC', ivBytes: 16 },
}

/** An EncryptedData element with its EncryptedKey inside. XML Encryption 1.1 section 3.1. */
export async function encryptedData(plaintext: Bytes, style: EncryptionStyle): Promise<XmlElement> {
  const { uri, bits, name, ivBytes } = ciphers[style.cipher]
  const contentKey = crypto.getRandomValues(new Uint8Array(bits / 8))
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes))
  const key = await crypto.subtle.importKey('raw', contentKey, name, false, ['encrypt'])
  // PKCS#7 padding is one of those that XML Encryption 1.1 section 5.2.2 admits.
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name, iv }, key, plaintext))
  const { keyTransport, certificate } = style
  const transport = typeof keyTransport === 'string' ? keyTransports[keyTransport] : keyTransport
  const wrapped = await transport.wrap(certificate, contentKey)
  return element(
    'xenc:EncryptedData',
    { 'xmlns:xenc': ns.xenc, Type: `${ns.xenc}Element` },
    element('xenc:EncryptionMethod', { Algorithm: uri }),
    element(
      'ds:KeyInfo',
      { 'xmlns:ds': ns.ds },
      element('xenc:EncryptedKey', {}, transport.name(), cipherData(wrapped)),
    ),
    cipherData(concat(iv, sealed)),
  )
}

/** The key transports that are in use with SAML. */
export const keyTransports: Readonly<Record<KeyTransport, KeyTransportMethod>> = {
  'rsa-oaep-mgf1p': {
    name: () =>
      element(
        'xenc:EncryptionMethod',
        { Algorithm: `${ns.xenc}rsa-oaep-mgf1p` },
        element('ds:DigestMethod', { Algorithm: `${ns.ds}sha1` }),
      ),
    wrap: (certificate, contentKey) => oaep('SHA-1', certificate, contentKey),
  },
  'rsa-oaep-sha256': {
    name: () =>
      element(
        'xenc:EncryptionMethod',
        { Algorithm: `${ns.xenc11}rsa-oaep` },
        element('ds:DigestMethod', { Algorithm: `${ns.xenc}sha256` }),
        element('xenc11:MGF', { 'xmlns:xenc11': ns.xenc11, Algorithm: `${ns.xenc11}mgf1sha256` }),
      ),
    wrap: (certificate, contentKey) => oaep('SHA-256', certificate, contentKey),
  },
}

async function oaep(hash: string, certificate: string, contentKey: Bytes): Promise<Bytes> {
  const spki = spkiOfCertificate(certificate)
  const publicKey = await crypto.subtle.importKey('spki', spki, { name: 'RSA-OAEP', hash }, false, [
    'encrypt',
  ])
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, publicKey, contentKey))
}

function cipherData(bytes: Bytes): XmlElement {
  return element('xenc:CipherData', {}, element('xenc:CipherValue', {}, base64(bytes)))
}
