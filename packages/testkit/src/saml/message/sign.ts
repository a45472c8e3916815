import type { DigestMethod, SignatureMethod } from '../crypto/algorithms.ts'
import type { SamlKey } from '../crypto/keys.ts'
import { base64, base64Lines, utf8 } from '../encoding.ts'
import { ns } from '../names.ts'
import { type Canonicalization, canonicalize } from '../xml/canonical.ts'
import { element, isElement, localName, type XmlElement, type XmlNode } from '../xml/tree.ts'

const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** How a signature is made and written. */
export interface SignatureStyle {
  readonly key: SamlKey
  readonly method: SignatureMethod
  readonly digest: DigestMethod
  /** Of SignedInfo, and of what is signed. */
  readonly canonicalization: Canonicalization
  /** The PrefixList of InclusiveNamespaces. */
  readonly inclusivePrefixes: readonly string[]
  /** Certificates in KeyInfo; without any, there is no KeyInfo. */
  readonly certificates: readonly string[]
  /** Whether base64 is broken into lines. */
  readonly lines: boolean
}

/** What is known while a signature is being made. */
export interface SigningStep {
  readonly root: XmlElement
  /** The element that is being signed. The signature is in it already, still without a value. */
  readonly target: XmlElement
  readonly signature: XmlElement
  readonly style: SignatureStyle
  /** Digest, in base64, of the target without the signature, or without something else. */
  digest(omit?: (node: XmlNode) => boolean): Promise<string>
}

/** Changes what the key is going to sign. */
export type SignedInfoChange = (signedInfo: XmlElement, step: SigningStep) => void | Promise<void>

/**
 * Puts an enveloped signature behind the Issuer of an element. saml-core section 5, XML Signature 1.1 section 3.1.
 * The digest is over the whole tree's context, so the element has to be in it already.
 */
export async function signElement(
  root: XmlElement,
  target: XmlElement,
  style: SignatureStyle,
  change?: SignedInfoChange,
): Promise<void> {
  const value = element('ds:SignatureValue')
  const signedInfo = signedInfoTree(target, style)
  const signature = element('ds:Signature', { 'xmlns:ds': ns.ds }, signedInfo, value, keyInfoTree(style))
  insertSignature(target, signature)
  const digest = (omit: (node: XmlNode) => boolean = (node) => node === signature) =>
    digestOf(root, target, { style, omit })
  digestValueOf(signedInfo).children = [inLines(await digest(), style)]
  await change?.(signedInfo, { root, target, signature, style, digest })
  const { canonicalization: method, inclusivePrefixes: prefixes } = style
  const octets = utf8(canonicalize(root, signedInfo, { method, prefixes }))
  value.children = [inLines(base64(await style.method.sign(style.key, octets)), style)]
}

/**
 * Digest, in base64, of an element as a signature of this style has it. A reference by ID leaves comments out, whatever
 * the canonical form is: XML Signature 1.1 section 4.4.3.3.
 */
export async function digestOf(
  root: XmlElement,
  target: XmlElement,
  { style, omit }: { readonly style: SignatureStyle; readonly omit: (node: XmlNode) => boolean },
): Promise<string> {
  const method = { ...style.canonicalization, comments: false }
  const octets = utf8(canonicalize(root, target, { method, prefixes: style.inclusivePrefixes, omit }))
  return base64(await style.digest.digest(octets))
}

function inLines(text: string, { lines }: SignatureStyle): string {
  return lines ? `\n${base64Lines(text)}\n` : text
}

function digestValueOf(signedInfo: XmlElement): XmlElement {
  const reference = signedInfo.children.filter(isElement).find((child) => localName(child) === 'Reference')
  const value = reference?.children.filter(isElement).find((child) => localName(child) === 'DigestValue')
  if (value === undefined) throw new Error('the signature has no DigestValue')
  return value
}

function insertSignature(target: XmlElement, signature: XmlElement): void {
  const issuer = target.children.findIndex((child) => isElement(child) && localName(child) === 'Issuer')
  target.children.splice(issuer + 1, 0, signature)
}

function signedInfoTree(target: XmlElement, style: SignatureStyle): XmlElement {
  const canonicalizationOf = (name: string) =>
    element(name, { Algorithm: style.canonicalization.uri }, inclusiveNamespaces(style))
  return element(
    'ds:SignedInfo',
    {},
    canonicalizationOf('ds:CanonicalizationMethod'),
    element('ds:SignatureMethod', { Algorithm: style.method.uri }),
    element(
      'ds:Reference',
      { URI: `#${target.attributes['ID'] ?? ''}` },
      element(
        'ds:Transforms',
        {},
        element('ds:Transform', { Algorithm: envelopedSignature }),
        canonicalizationOf('ds:Transform'),
      ),
      element('ds:DigestMethod', { Algorithm: style.digest.uri }),
      element('ds:DigestValue'),
    ),
  )
}

/** Exclusive XML Canonicalization 1.0 section 4. */
function inclusiveNamespaces({
  canonicalization,
  inclusivePrefixes,
}: SignatureStyle): XmlElement | undefined {
  if (!canonicalization.exclusive || inclusivePrefixes.length === 0) return undefined
  const PrefixList = inclusivePrefixes.map((prefix) => (prefix === '' ? '#default' : prefix)).join(' ')
  const namespace = canonicalization.uri.replace(/#.*/, '#')
  return element('ec:InclusiveNamespaces', { 'xmlns:ec': namespace, PrefixList })
}

function keyInfoTree(style: SignatureStyle): XmlElement | undefined {
  if (style.certificates.length === 0) return undefined
  const certificates = style.certificates.map((certificate) =>
    element('ds:X509Certificate', {}, inLines(certificate, style)),
  )
  return element('ds:KeyInfo', {}, element('ds:X509Data', {}, ...certificates))
}
