import { type Bytes, encodeUtf8 } from '../encoding/bytes.ts'
import { SsoError, shown } from '../errors/index.ts'
import { type SignatureMethod, signatureMethods } from './algorithms.ts'
import type { MessageParameter } from './bindings.ts'
import { querySignatureOf, readRedirectMessage } from './incoming-bindings.ts'
import type { VerificationKey } from './keys.ts'
import { readSignature, type SignatureParts } from './signature-parts.ts'
import { NS } from './urns.ts'
import { type Canonicalization, type CanonicalizedPart, canonicalize } from './xml/canonical.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'
import { parseXml } from './xml/reader.ts'
import { childrenOf, type XmlDocument, type XmlElement } from './xml/tree.ts'

declare const brand: unique symbol

/**
 * An element whose every character, its signature apart, was signed by the identity provider. It is the element that was
 * digested, not a copy: there is no second reading of it that could say something else. Only this file makes one.
 */
export interface VerifiedElement {
  readonly document: XmlDocument
  readonly element: XmlElement
  readonly [brand]: 'VerifiedElement'
}

/** An element of a message, of which nothing is known yet. */
export interface UnverifiedElement {
  readonly document: XmlDocument
  readonly element: XmlElement
}

/** Whether an element carries a signature of its own. Says nothing about what it is worth. */
export function isSigned(element: XmlElement): boolean {
  return childrenOf(element, NS.ds, 'Signature').length > 0
}

/**
 * Verifies the enveloped signature of a SAML element ([SAML Core, section 5](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)).
 * The shape comes first: one signature, of the element that holds it, by algorithms of a short list. Only then anything
 * is computed. What comes with the message, KeyInfo above all, decides nothing.
 *
 * @param keys the identity provider's, from its configuration; several while one follows another
 * @returns the element, verified
 * @throws SsoError `saml_signature_missing`, `saml_signature_refused` or `saml_signature_invalid`
 */
export async function verifySignature(
  unverified: UnverifiedElement,
  keys: readonly VerificationKey[],
): Promise<VerifiedElement> {
  const { document, element } = unverified
  const [signature, ...others] = childrenOf(element, NS.ds, 'Signature')
  if (!signature) throw new SsoError('saml_signature_missing', 'the element is not signed')
  if (others.length > 0) throw new SsoError('saml_signature_refused', 'the element has several signatures')
  const parts = readSignature(signature, element)
  const fitting = fittingKeys(parts.method, keys)
  const signedInfo = canonicalBytes({ document, element: parts.signedInfo }, parts.signedInfoCanonicalization)
  const signed = { method: parts.method, signature: parts.signatureValue, data: signedInfo }
  // Both at once, and neither says which it was that failed. The signature first: where cryptography has threads of its
  // own, one of them is at it while the element is brought into its canonical form here.
  const [isSignature, digest] = await Promise.all([
    verifyWithAny(fitting, signed),
    digestOf({ document, element, omitted: signature }, parts),
  ])
  if (!isSignature || !isEqual(new Uint8Array(digest), parts.digest)) {
    throw new SsoError(
      'saml_signature_invalid',
      'the signature is not one of the configured keys over this element',
    )
  }
  return { document, element } as VerifiedElement
}

/** What a query carries, when all of it was signed: the message, RelayState, and what the message is sent as. */
export interface VerifiedQuery {
  readonly parameter: MessageParameter
  /** The root of the message. */
  readonly message: VerifiedElement
  readonly relayState: string | undefined
}

/**
 * Verifies the signature of a message that came by a redirect
 * ([SAML Bindings, section 3.4.4.1](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)): over the
 * characters of the query as they came, by the algorithms that are accepted in messages too. Nothing is decompressed or
 * parsed before.
 *
 * @param unverifiedQuery as it came, with or without the question mark
 * @param keys the identity provider's, from its configuration; asked for when the query is signed in a way that is accepted
 * @throws SsoError `saml_signature_missing`, `saml_signature_refused` or `saml_signature_invalid`; `saml_logout_invalid` or
 *   `saml_xml_invalid` when it is not one message
 */
export async function verifyQuerySignature(
  unverifiedQuery: string,
  keys: () => Promise<readonly VerificationKey[]>,
): Promise<VerifiedQuery> {
  const signed = querySignatureOf(unverifiedQuery)
  if (!signed) throw new SsoError('saml_signature_missing', 'the query is not signed')
  const { algorithm, signature, unverifiedOctets } = signed
  const method = signatureMethods.get(algorithm)
  if (!method) {
    const details = { algorithm: shown(algorithm) }
    const message = 'the query is signed by an algorithm that is not accepted'
    throw new SsoError('saml_signature_refused', message, { details })
  }
  const fitting = fittingKeys(method, await keys())
  if (!(await verifyWithAny(fitting, { method, signature, data: encodeUtf8(unverifiedOctets) }))) {
    const message = 'the signature is not one of the configured keys over this query'
    throw new SsoError('saml_signature_invalid', message)
  }
  // From the same characters: what is in the query but not in what was signed, nobody reads.
  const { parameter, unverifiedXml: xml, relayState } = await readRedirectMessage(unverifiedQuery)
  const document = parseXml(xml, MESSAGE_LIMITS)
  return { parameter, message: { document, element: document.root } as VerifiedElement, relayState }
}

/** A child of a verified element is as verified as that. @throws TypeError when it is the child of another one */
export function verifiedChild({ document, element }: VerifiedElement, child: XmlElement): VerifiedElement {
  if (child.parent !== element) throw new TypeError('the element is not a child of the verified one')
  return { document, element: child } as VerifiedElement
}

async function digestOf(
  part: CanonicalizedPart,
  { canonicalization, digestMethod }: SignatureParts,
): Promise<ArrayBuffer> {
  return crypto.subtle.digest(digestMethod, canonicalBytes(part, canonicalization))
}

function canonicalBytes(part: CanonicalizedPart, method: Canonicalization): Bytes {
  return encodeUtf8(canonicalize(part, method))
}

/** @throws SsoError `saml_signature_invalid` when none of the keys is for this algorithm */
function fittingKeys(method: SignatureMethod, keys: readonly VerificationKey[]): readonly VerificationKey[] {
  const fitting = keys.filter((key) => key.fits(method))
  if (fitting.length > 0) return fitting
  const details = { algorithm: method.name }
  throw new SsoError('saml_signature_invalid', 'no key of the identity provider is for this algorithm', {
    details,
  })
}

async function verifyWithAny(
  keys: readonly VerificationKey[],
  { method, signature, data }: { method: SignatureMethod; signature: Bytes; data: Bytes },
): Promise<boolean> {
  for (const key of keys) {
    if (await key.verify(method, signature, data)) return true
  }
  return false
}

/** What was decrypted is as verified as the element whose ciphertext it was. */
export function decryptedFrom(_: VerifiedElement, document: XmlDocument): VerifiedElement {
  return { document, element: document.root } as VerifiedElement
}

/** Both are public, so how long it takes tells nothing. */
function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}
