/** DER tags. */
const INTEGER = 0x02
const BIT_STRING = 0x03
const NULL = 0x05
const OBJECT_IDENTIFIER = 0x06
const UTF8_STRING = 0x0c
const UTC_TIME = 0x17
const SEQUENCE = 0x30
const SET = 0x31

type Bytes = Uint8Array<ArrayBuffer>

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11. */
const SHA256_WITH_RSA = der(
  SEQUENCE,
  der(OBJECT_IDENTIFIER, [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b]),
  der(NULL),
)

/** id-at-commonName, 2.5.4.3. */
const COMMON_NAME = der(OBJECT_IDENTIFIER, [0x55, 0x04, 0x03])

/**
 * Makes a self-signed X.509 certificate, of version 1: nobody asks it for extensions.
 *
 * @param keys RSA with SHA-256
 * @returns base64 of its DER
 */
export async function createCertificate({ publicKey, privateKey }: CryptoKeyPair): Promise<string> {
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, utf8('idp.example.com')))))
  const validity = der(SEQUENCE, der(UTC_TIME, utf8('250101000000Z')), der(UTC_TIME, utf8('491231235959Z')))
  const key = new Uint8Array((await crypto.subtle.exportKey('spki', publicKey)) as ArrayBuffer)
  const toBeSigned = der(SEQUENCE, der(INTEGER, [1]), SHA256_WITH_RSA, name, validity, name, key)
  const signature = await crypto.subtle.sign(privateKey.algorithm, privateKey, toBeSigned)
  const certificate = der(
    SEQUENCE,
    toBeSigned,
    SHA256_WITH_RSA,
    der(BIT_STRING, [0], new Uint8Array(signature)),
  )
  return encodeBase64(certificate)
}

/** A DER element of so many parts. */
function der(tag: number, ...parts: (Uint8Array | readonly number[])[]): Bytes {
  const content = parts.flatMap((part) => [...part])
  return Uint8Array.from([tag, ...lengthOf(content), ...content])
}

function lengthOf({ length }: readonly number[]): readonly number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

function utf8(text: string): Bytes {
  return new TextEncoder().encode(text)
}

/** @returns base64 with padding and without line breaks */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(binary)
}

/** As many arguments as any engine takes. */
const CHUNK = 8192
