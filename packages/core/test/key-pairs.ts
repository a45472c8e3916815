import { encodeBase64 } from '../src/encoding/base64.ts'
import { writeCertificate } from '../src/encoding/certificate-writer.ts'
import { Secret } from '../src/encoding/secret.ts'
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

/** The value of DOORWARD_SAML_KEYS. */
export function secretOf(...keys: readonly unknown[]): Secret {
  return new Secret(JSON.stringify({ keys }))
}
