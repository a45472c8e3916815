import type { Canonicalization } from './xml/canonical.ts'

/** What verifies a signature, by the kind of key that it needs: a key never takes part in another algorithm than its own. */
export interface SignatureMethod {
  readonly keyType: 'RSA' | 'EC' | 'Ed25519'
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519'
  readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512' | undefined
  /** Of the salt, in bytes; as long as the digest ([RFC 9231, section 2.3.9](https://www.rfc-editor.org/rfc/rfc9231#section-2.3.9)). */
  readonly saltLength?: number
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const MORE_2007 = 'http://www.w3.org/2007/05/xmldsig-more#'

/** The signatures that are accepted, by URI ([RFC 9231](https://www.rfc-editor.org/rfc/rfc9231)). No SHA-1, no HMAC, nothing else. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map<string, SignatureMethod>([
  [`${MORE}rsa-sha256`, { keyType: 'RSA', name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
  [`${MORE}rsa-sha384`, { keyType: 'RSA', name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384' }],
  [`${MORE}rsa-sha512`, { keyType: 'RSA', name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-512' }],
  [`${MORE_2007}sha256-rsa-MGF1`, { keyType: 'RSA', name: 'RSA-PSS', hash: 'SHA-256', saltLength: 32 }],
  [`${MORE_2007}sha384-rsa-MGF1`, { keyType: 'RSA', name: 'RSA-PSS', hash: 'SHA-384', saltLength: 48 }],
  [`${MORE_2007}sha512-rsa-MGF1`, { keyType: 'RSA', name: 'RSA-PSS', hash: 'SHA-512', saltLength: 64 }],
  [`${MORE}ecdsa-sha256`, { keyType: 'EC', name: 'ECDSA', hash: 'SHA-256' }],
  [`${MORE}ecdsa-sha384`, { keyType: 'EC', name: 'ECDSA', hash: 'SHA-384' }],
  [`${MORE}ecdsa-sha512`, { keyType: 'EC', name: 'ECDSA', hash: 'SHA-512' }],
  [
    'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519',
    { keyType: 'Ed25519', name: 'Ed25519', hash: undefined },
  ],
])

/** The digests that are accepted, by URI. */
export const digestMethods: ReadonlyMap<string, 'SHA-256' | 'SHA-384' | 'SHA-512'> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'SHA-256'],
  [`${MORE}sha384`, 'SHA-384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'SHA-512'],
])

const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const INCLUSIVE = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const INCLUSIVE_1_1 = 'http://www.w3.org/2006/12/xml-c14n11'

/** What an algorithm's URI says about canonicalization; where nothing is listed, the list of prefixes is empty. */
export const canonicalizations: ReadonlyMap<string, Canonicalization> = new Map<string, Canonicalization>(
  // With comments means the same: there are none.
  ['', 'WithComments'].flatMap((suffix): [string, Canonicalization][] => [
    [EXCLUSIVE + suffix, { kind: 'exclusive', inclusivePrefixes: [] }],
    [withSuffix(INCLUSIVE, suffix), { kind: 'inclusive', version: '1.0' }],
    [withSuffix(INCLUSIVE_1_1, suffix), { kind: 'inclusive', version: '1.1' }],
  ]),
)

/** What is meant where a reference names no canonicalization ([XML Signature, section 4.4.3.2](https://www.w3.org/TR/xmldsig-core1/#sec-ReferenceProcessingModel)). */
export const DEFAULT_CANONICALIZATION: Canonicalization = { kind: 'inclusive', version: '1.0' }

function withSuffix(uri: string, suffix: string): string {
  return suffix === '' ? uri : `${uri}#${suffix}`
}
