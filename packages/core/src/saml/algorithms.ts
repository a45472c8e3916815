import { EXCLUSIVE_C14N, NS, SHA256 } from './urns.ts'
import type { Canonicalization } from './xml/canonical.ts'
import { attributeOf, type XmlElement } from './xml/tree.ts'

/** What verifies a signature, by the kind of key that it needs: a key never takes part in another algorithm than its own. */
export interface SignatureMethod {
  readonly keyType: 'RSA' | 'EC' | 'Ed25519'
  readonly name: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519'
  readonly hash?: 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** Of the salt, in bytes; as long as the digest ([RFC 9231, section 2.3.9](https://www.rfc-editor.org/rfc/rfc9231#section-2.3.9)). */
  readonly saltLength?: number
}

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const MORE_2007 = 'http://www.w3.org/2007/05/xmldsig-more#'

/** The signatures that are accepted, by URI ([RFC 9231](https://www.rfc-editor.org/rfc/rfc9231)). No SHA-1, no HMAC, nothing else. */
export const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map<string, SignatureMethod>([
  ['http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519', { keyType: 'Ed25519', name: 'Ed25519' }],
  ...([256, 384, 512] as const).flatMap((bits): [string, SignatureMethod][] => {
    const hash = `SHA-${bits}` as const
    return [
      [`${MORE}rsa-sha${bits}`, { keyType: 'RSA', name: 'RSASSA-PKCS1-v1_5', hash }],
      [`${MORE_2007}sha${bits}-rsa-MGF1`, { keyType: 'RSA', name: 'RSA-PSS', hash, saltLength: bits / 8 }],
      [`${MORE}ecdsa-sha${bits}`, { keyType: 'EC', name: 'ECDSA', hash }],
    ]
  }),
])

/** The digests that are accepted, by URI. */
export const digestMethods: ReadonlyMap<string, 'SHA-256' | 'SHA-384' | 'SHA-512'> = new Map([
  [SHA256, 'SHA-256'],
  [`${MORE}sha384`, 'SHA-384'],
  [`${NS.xenc}sha512`, 'SHA-512'],
])

/** What is meant where a reference names no canonicalization ([XML Signature, section 4.4.3.2](https://www.w3.org/TR/xmldsig-core1/#sec-ReferenceProcessingModel)). */
export const DEFAULT_CANONICALIZATION: Canonicalization = { kind: 'inclusive', version: '1.0' }

/** What an algorithm's URI says about canonicalization; where nothing is listed, the list of prefixes is empty. */
export const canonicalizations: ReadonlyMap<string, Canonicalization> = new Map<string, Canonicalization>(
  // With comments means the same: there are none.
  ['', 'WithComments'].flatMap((suffix): [string, Canonicalization][] => [
    [EXCLUSIVE_C14N + suffix, { kind: 'exclusive', inclusivePrefixes: [] }],
    [withSuffix('http://www.w3.org/TR/2001/REC-xml-c14n-20010315', suffix), DEFAULT_CANONICALIZATION],
    [withSuffix('http://www.w3.org/2006/12/xml-c14n11', suffix), { kind: 'inclusive', version: '1.1' }],
  ]),
)

/** The URI of an algorithm, in the element that names it; '' where it names none. */
export function algorithmOf(element: XmlElement): string {
  return attributeOf(element, 'Algorithm') ?? ''
}

function withSuffix(uri: string, suffix: string): string {
  return suffix === '' ? uri : `${uri}#${suffix}`
}
