import { expect } from 'vitest'
import { acceptedKeyOf } from '../src/encoding/accepted-key.ts'
import { encodeBase64 } from '../src/encoding/base64.ts'
import { writeCertificate } from '../src/encoding/certificate-writer.ts'
import { Secret } from '../src/encoding/secret.ts'
import type { SsoError } from '../src/errors/index.ts'
import { type KeyPair, parseServiceProviderKeys } from '../src/saml/sp-keys.ts'

/** An RSA key and a certificate for it, as the secret of an installation has them. */
export interface EncodedKeyPair {
  readonly key: string
  readonly certificate: string
}

/** Makes a key, and a certificate for it. */
export async function generateEncodedKeyPair(modulusLength = 2048): Promise<EncodedKeyPair> {
  const keys = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ['sign', 'verify'],
  )
  const validity = { notBefore: Date.UTC(2026, 10, 22), notAfter: Date.UTC(2036, 10, 22) }
  const certificate = await writeCertificate({ subject: 'sso.example.com', ...validity }, keys)
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { key: encodeBase64(new Uint8Array(pkcs8)), certificate: encodeBase64(certificate) }
}

/** A key of ours that is in use. */
export async function generateKeyPair(): Promise<KeyPair> {
  return parseServiceProviderKeys(secretOf(await generateEncodedKeyPair())).pairs[0]
}

/** The public key in a certificate, as WebCrypto imports it. */
export function spkiOf({ certificate }: KeyPair | EncodedKeyPair): Uint8Array<ArrayBuffer> {
  const accepted = acceptedKeyOf(certificate)
  if (!accepted) throw new Error('the certificate has no key that is accepted')
  return accepted.spki
}

/** An error says no eight characters in a row of these keys. */
export function expectNothingOf(pairs: readonly EncodedKeyPair[], error: unknown): void {
  const { message, details, cause } = error as SsoError
  const said = JSON.stringify([message, details])
  expect(cause).toBeUndefined()
  const values = pairs.flatMap(({ key, certificate }) => [key, certificate])
  const pieces = said.split('').map((_, start) => said.slice(start, start + 8))
  expect(
    values.flatMap((value) => pieces.filter((piece) => piece.length === 8 && value.includes(piece))),
  ).toEqual([])
}

/** The value of DOORWARD_SAML_KEYS. */
export function secretOf(...keys: readonly unknown[]): Secret {
  return new Secret(JSON.stringify({ keys }))
}
