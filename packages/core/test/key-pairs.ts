import { encodeBase64 } from '../src/encoding/base64.ts'
import { Secret } from '../src/encoding/secret.ts'
import { type KeyPair, parseServiceProviderKeys } from '../src/saml/sp-keys.ts'

/** An RSA key and a certificate for it, as the secret of an installation has them. */
export interface EncodedKeyPair {
  readonly key: string
  readonly certificate: string
}

/** Makes a key. Its certificate is signed by nobody, which nobody looks at. */
export async function generateEncodedKeyPair(modulusLength = 2048): Promise<EncodedKeyPair> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: Uint8Array.of(1, 0, 1) },
    true,
    ['sign', 'verify'],
  )
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', privateKey)
  const spki = await crypto.subtle.exportKey('spki', publicKey)
  return {
    key: encodeBase64(new Uint8Array(pkcs8)),
    certificate: encodeBase64(certificateFor([...new Uint8Array(spki)])),
  }
}

/** A key of ours that is in use. */
export async function generateKeyPair(): Promise<KeyPair> {
  return parseServiceProviderKeys(secretOf(await generateEncodedKeyPair())).pairs[0]
}

/** The value of DOORWARD_SAML_KEYS. */
export function secretOf(...keys: readonly unknown[]): Secret {
  return new Secret(JSON.stringify({ keys }))
}

function certificateFor(spki: readonly number[]): Uint8Array {
  const algorithm = der(0x30, der(0x06, [42, 134, 72, 134, 247, 13, 1, 1, 11]), der(0x05))
  const name = der(0x30, der(0x31, der(0x30, der(0x06, [85, 4, 3]), text(0x0c, 'sso.example.com'))))
  const validity = der(0x30, text(0x17, '261122000000Z'), text(0x17, '361122000000Z'))
  const signed = der(0x30, der(0x02, [1]), algorithm, name, validity, name, spki)
  return Uint8Array.from(der(0x30, signed, algorithm, der(0x03, [0, 0])))
}

function text(tag: number, content: string): number[] {
  return der(tag, [...new TextEncoder().encode(content)])
}

/** Writes a value of DER of up to 64 KiB. */
export function der(tag: number, ...parts: readonly (readonly number[])[]): number[] {
  const content = parts.flat()
  const length = content.length < 128 ? [content.length] : [130, content.length >> 8, content.length & 255]
  // Between 128 and 255 one byte would be the shortest form.
  const shortest = content.length >= 128 && content.length < 256 ? [129, content.length] : length
  return [tag, ...shortest, ...content]
}
