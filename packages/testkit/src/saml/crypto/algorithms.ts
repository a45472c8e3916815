import type { Bytes } from '../encoding.ts'
import { importPrivate, importPublic, type KeyType, type KeyUse, type SamlKey } from './keys.ts'

/** A way to sign, and how it is called on the wire. */
export interface SignatureMethod {
  readonly uri: string
  sign(key: SamlKey, octets: Bytes): Promise<Bytes>
}

/** A way to digest, and how it is called on the wire. */
export interface DigestMethod {
  readonly uri: string
  digest(octets: Bytes): Bytes | Promise<Bytes>
}

interface Verifier {
  verify(certificate: string, signature: Bytes, octets: Bytes): Promise<boolean>
}

const more2001 = 'http://www.w3.org/2001/04/xmldsig-more#'
const more2007 = 'http://www.w3.org/2007/05/xmldsig-more#'

function webCrypto(uri: string, use: KeyUse, saltLength?: number): SignatureMethod & Verifier {
  const parameters = saltLength === undefined ? use : { ...use, saltLength }
  return {
    uri,
    async sign(key, octets) {
      return new Uint8Array(await crypto.subtle.sign(parameters, await importPrivate(key, use), octets))
    },
    async verify(certificate, signature, octets) {
      return crypto.subtle.verify(parameters, await importPublic(certificate, use), signature, octets)
    },
  }
}

const rsa = (hash: string): KeyUse => ({ name: 'RSASSA-PKCS1-v1_5', hash })
const pss = (hash: string): KeyUse => ({ name: 'RSA-PSS', hash })
const ecdsa = (namedCurve: string, hash: string): KeyUse => ({ name: 'ECDSA', namedCurve, hash })

/** Signature methods by name. RFC 9231 section 2.3. */
export const signatureMethods = {
  'rsa-sha256': webCrypto(`${more2001}rsa-sha256`, rsa('SHA-256')),
  'rsa-sha384': webCrypto(`${more2001}rsa-sha384`, rsa('SHA-384')),
  'rsa-sha512': webCrypto(`${more2001}rsa-sha512`, rsa('SHA-512')),
  'rsa-pss-sha256': webCrypto(`${more2007}sha256-rsa-MGF1`, pss('SHA-256'), 32),
  'rsa-pss-sha384': webCrypto(`${more2007}sha384-rsa-MGF1`, pss('SHA-384'), 48),
  'rsa-pss-sha512': webCrypto(`${more2007}sha512-rsa-MGF1`, pss('SHA-512'), 64),
  'ecdsa-sha256': webCrypto(`${more2001}ecdsa-sha256`, ecdsa('P-256', 'SHA-256')),
  'ecdsa-sha384': webCrypto(`${more2001}ecdsa-sha384`, ecdsa('P-384', 'SHA-384')),
  'ecdsa-sha512': webCrypto(`${more2001}ecdsa-sha512`, ecdsa('P-521', 'SHA-512')),
  ed25519: webCrypto('http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', { name: 'Ed25519' }),
} as const satisfies Record<string, SignatureMethod & Verifier>

export type SignatureMethodName = keyof typeof signatureMethods

/** The kind of key that a signature method takes. */
export function keyTypeFor(method: SignatureMethodName): KeyType {
  const others: Partial<Record<SignatureMethodName, KeyType>> = {
    'ecdsa-sha256': 'P-256',
    'ecdsa-sha384': 'P-384',
    'ecdsa-sha512': 'P-521',
    ed25519: 'Ed25519',
  }
  return others[method] ?? 'RSA'
}

/** The method that has this name on the wire. */
export function methodByUri(uri: string): (SignatureMethod & Verifier) | undefined {
  return Object.values(signatureMethods).find((method) => method.uri === uri)
}

function hash(uri: string, name: string): DigestMethod {
  return { uri, digest: async (octets) => new Uint8Array(await crypto.subtle.digest(name, octets)) }
}

/** Digest methods by name. XML Encryption 1.1 section 5.8, RFC 9231 section 2.1. */
export const digestMethods = {
  sha256: hash('http://www.w3.org/2001/04/xmlenc#sha256', 'SHA-256'),
  sha384: hash(`${more2001}sha384`, 'SHA-384'),
  sha512: hash('http://www.w3.org/2001/04/xmlenc#sha512', 'SHA-512'),
} as const satisfies Record<string, DigestMethod>

export type DigestMethodName = keyof typeof digestMethods
