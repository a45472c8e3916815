import { decodeBase64 } from './base64.ts'
import type { Bytes } from './bytes.ts'
import { derTag, parseDer, parseSequence, readObjectIdentifier } from './der.ts'
import { encodeDer, encodeObjectIdentifier, encodeSequence, encodeUnsignedInteger } from './der-writer.ts'
import { splitPem } from './pem.ts'

/** Why a text is not one RSA private key. Never says what is in the text. */
export type PrivateKeyProblem =
  /** Longer than any key, or empty. */
  | 'none'
  /** A private key that a passphrase protects, in either of the two forms there are. */
  | 'encrypted'
  /** More than one private key. */
  | 'several'
  /** A private key of another kind than RSA, or one that is cut off or changed. */
  | 'not_rsa'

const MAX_CHARACTERS = 64 * 1024

/**
 * Reads the RSA private key in a PEM text, which may hold certificates and any text beside it: PKCS#8 (`PRIVATE KEY`,
 * [RFC 5958](https://www.rfc-editor.org/rfc/rfc5958)), or PKCS#1 (`RSA PRIVATE KEY`,
 * [RFC 8017, section A.1.2](https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1.2)), which is put into the envelope of
 * the other. Whether its numbers fit together is for `importKey` to say.
 *
 * @returns the key as PKCS#8, or why there is none. Never throws.
 */
export function readRsaPrivateKey(
  text: string,
): { readonly pkcs8: Bytes } | { readonly problem: PrivateKeyProblem } {
  if (text.length > MAX_CHARACTERS) return { problem: 'none' }
  const blocks = splitPem(text).filter(({ label }) => label.endsWith('PRIVATE KEY'))
  const [block] = blocks
  if (!block) return { problem: 'none' }
  if (blocks.length > 1) return { problem: 'several' }
  const { label, body = '' } = block
  // RFC 5958 has a label of its own; OpenSSL's older form says it in a header (RFC 1421, section 4.6.1.1).
  if (label === 'ENCRYPTED PRIVATE KEY' || /^\s*Proc-Type:[^\n]*ENCRYPTED/i.test(body)) {
    return { problem: 'encrypted' }
  }
  const der = decodeBase64(body)
  const pkcs8 =
    der && (label === 'RSA PRIVATE KEY' ? envelope(der) : label === 'PRIVATE KEY' ? der : undefined)
  return pkcs8 && isRsa(pkcs8) ? { pkcs8 } : { problem: 'not_rsa' }
}

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'

/** PrivateKeyInfo of version 0, the same as OneAsymmetricKey. */
function envelope(rsaPrivateKey: Bytes): Bytes {
  return encodeSequence(
    encodeUnsignedInteger(Uint8Array.of(0)),
    encodeSequence(encodeObjectIdentifier(RSA_ENCRYPTION), encodeDer(derTag.null)),
    encodeDer(derTag.octetString, rsaPrivateKey),
  )
}

/** RSA-PSS has an identifier of its own: such a key may neither decrypt nor sign as SAML wants it. */
function isRsa(pkcs8: Bytes): boolean {
  const [version, algorithm, key] = parseSequence(parseDer(pkcs8)) ?? []
  const [identifier] = parseSequence(algorithm) ?? []
  return (
    version?.tag === derTag.integer &&
    readObjectIdentifier(identifier) === RSA_ENCRYPTION &&
    key?.tag === derTag.octetString &&
    parseSequence(parseDer(key.content)) !== undefined
  )
}
