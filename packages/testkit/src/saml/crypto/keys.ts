import type { CryptoKey } from 'jose'
import { type Bytes, base64, fromBase64 } from '../encoding.ts'
import { selfSigned, spkiOfCertificate } from './certificate.ts'
import { der, integer, objectIdentifier, readDer, sequence } from './der.ts'

/** What a key is; which algorithms can be used with it follows. */
export type KeyType = 'RSA' | 'RSA-1024' | 'P-256' | 'P-384' | 'P-521' | 'Ed25519'

/** A key pair that can be written down. */
export interface SamlKey {
  readonly type: KeyType
  /** PKCS#8 in base64. */
  readonly privateKey: string
  /** X.509 in base64. */
  readonly certificate: string
}

/** Parameters of WebCrypto for using a key. */
export type KeyUse = { readonly name: string; readonly hash?: string; readonly namedCurve?: string }

const rsaWithSha256 = sequence(objectIdentifier('1.2.840.113549.1.1.11'), der(0x05))
const certificateAlgorithm: Record<KeyType, { readonly identifier: Uint8Array; readonly use: KeyUse }> = {
  RSA: { identifier: rsaWithSha256, use: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
  'RSA-1024': { identifier: rsaWithSha256, use: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } },
  'P-256': ecdsa('P-256', 'SHA-256', '1.2.840.10045.4.3.2'),
  'P-384': ecdsa('P-384', 'SHA-384', '1.2.840.10045.4.3.3'),
  'P-521': ecdsa('P-521', 'SHA-512', '1.2.840.10045.4.3.4'),
  Ed25519: { identifier: sequence(objectIdentifier('1.3.101.112')), use: { name: 'Ed25519' } },
}

function ecdsa(namedCurve: string, hash: string, oid: string): { identifier: Uint8Array; use: KeyUse } {
  return { identifier: sequence(objectIdentifier(oid)), use: { name: 'ECDSA', namedCurve, hash } }
}

/** Makes a key pair and a self-signed certificate for it, valid for ten years around `now`. */
export async function generateSamlKey(
  type: KeyType,
  commonName: string,
  now: number = Date.now(),
): Promise<SamlKey> {
  const { identifier, use } = certificateAlgorithm[type]
  const pair = await generate(type, use)
  const fiveYears = 5 * 365 * 86_400_000
  const certificate = await selfSigned(
    {
      commonName,
      notBefore: now - fiveYears,
      notAfter: now + fiveYears,
      spki: new Uint8Array((await crypto.subtle.exportKey('spki', pair.publicKey)) as ArrayBuffer),
    },
    {
      algorithm: identifier,
      async sign(bytes) {
        const signature = new Uint8Array(await crypto.subtle.sign(use, pair.privateKey, bytes))
        return use.name === 'ECDSA' ? ecdsaDer(signature) : signature
      },
    },
  )
  return {
    type,
    privateKey: base64(
      new Uint8Array((await crypto.subtle.exportKey('pkcs8', pair.privateKey)) as ArrayBuffer),
    ),
    certificate: base64(certificate),
  }
}

async function generate(
  type: KeyType,
  use: KeyUse,
): Promise<{ readonly privateKey: CryptoKey; readonly publicKey: CryptoKey }> {
  const rsa = { modulusLength: type === 'RSA-1024' ? 1024 : 2048, publicExponent: Uint8Array.of(1, 0, 1) }
  const parameters = type.startsWith('RSA') ? { ...use, ...rsa } : use
  const pair = await crypto.subtle.generateKey(parameters, true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error(`${type} makes no pair`)
  return pair
}

/** For signing in any way that the key can. */
export function importPrivate(key: SamlKey, use: KeyUse): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', fromBase64(key.privateKey), use, true, ['sign'])
}

/** For verifying what the holder of a certificate has signed. */
export function importPublic(certificate: string, use: KeyUse): Promise<CryptoKey> {
  return crypto.subtle.importKey('spki', spkiOfCertificate(certificate), use, true, ['verify'])
}

/** An ECDSA signature from WebCrypto's two numbers of fixed length to the DER of certificates. RFC 3279 section 2.2.3. */
export function ecdsaDer(signature: Uint8Array): Bytes {
  const half = signature.length / 2
  return sequence(integer(signature.subarray(0, half)), integer(signature.subarray(half)))
}

/** Modulus and public exponent, big-endian. RFC 8017 appendix A.1.1. */
export function rsaPublicNumbers(certificate: string): { readonly modulus: Bytes; readonly exponent: Bytes } {
  const [info] = readDer(spkiOfCertificate(certificate))
  const [, bits] = readDer(info?.content ?? new Uint8Array())
  const [numbers] = readDer(bits?.content.subarray(1) ?? new Uint8Array())
  const [modulus, exponent] = readDer(numbers?.content ?? new Uint8Array())
  return { modulus: withoutSign(modulus?.content), exponent: withoutSign(exponent?.content) }
}

function withoutSign(bytes: Uint8Array = new Uint8Array()): Bytes {
  return new Uint8Array(bytes[0] === 0 ? bytes.subarray(1) : bytes)
}
