import { decodeBase64 } from '../encoding/base64.ts'
import type { Bytes } from '../encoding/bytes.ts'
import { SsoError, shown } from '../errors/index.ts'
import {
  algorithmOf,
  canonicalizations,
  DEFAULT_CANONICALIZATION,
  digestMethods,
  type SignatureMethod,
  signatureMethods,
} from './algorithms.ts'
import { ENVELOPED_SIGNATURE, NS } from './urns.ts'
import type { Canonicalization } from './xml/canonical.ts'
import { takeChildren } from './xml/expect.ts'
import { isNcName } from './xml/names.ts'
import { attributeOf, elementsOf, isElement, textOf, type XmlElement } from './xml/tree.ts'

/** What a signature says about itself, where all of it is something that we accept. */
export interface SignatureParts {
  readonly signedInfo: XmlElement
  readonly signedInfoCanonicalization: Canonicalization
  readonly method: SignatureMethod
  readonly signatureValue: Bytes
  /** Of the element that holds the signature. */
  readonly canonicalization: Canonicalization
  readonly digestMethod: 'SHA-256' | 'SHA-384' | 'SHA-512'
  readonly digest: Bytes
}

/**
 * Reads a signature ([XML Signature, section 4](https://www.w3.org/TR/xmldsig-core1/#sec-CoreSyntax)) with the eyes of
 * somebody who will only ever verify one kind: an enveloped signature of its own parent. Nothing is computed here, and
 * nothing is looked for: each part stands in its place or the signature is refused.
 *
 * @throws SsoError `saml_signature_refused`
 */
export function readSignature(signature: XmlElement, parent: XmlElement): SignatureParts {
  // No Object: it can hold anything, signed or not.
  const [signedInfo, signatureValue] = expect(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo?'])
  const [canonicalizationMethod, signatureMethod, reference] = expect(signedInfo, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ])
  const [transforms, digestMethod, digestValue] = expect(reference, [
    'Transforms',
    'DigestMethod',
    'DigestValue',
  ])
  refuseOtherReference(reference, parent)
  return {
    signedInfo,
    signedInfoCanonicalization: readCanonicalization(canonicalizationMethod),
    method: readSignatureMethod(signatureMethod),
    signatureValue: readBase64(signatureValue),
    canonicalization: readTransforms(transforms),
    digestMethod: readDigestMethod(digestMethod),
    digest: readBase64(digestValue),
  }
}

/** The reference is to the element that holds the signature, by its ID ([SAML Core, section 5.4.2](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)), and to nothing else. */
function refuseOtherReference(reference: XmlElement, parent: XmlElement): void {
  const id = attributeOf(parent, 'ID')
  if (id === undefined || !isNcName(id)) throw refused('the signed element has no ID, or one that is no name')
  if (attributeOf(reference, 'URI') !== `#${id}`) {
    throw refused('the signature is not of the element that it stands in')
  }
}

/** The signature leaves itself out, then the rest is brought into canonical form: these transforms, in this order. */
function readTransforms(transforms: XmlElement): Canonicalization {
  const [enveloped, canonicalization, ...others] = elementsOf(transforms)
  const isTransform = (element: XmlElement) => isElement(element, NS.ds, 'Transform')
  if (!elementsOf(transforms).every(isTransform) || others.length > 0) {
    throw refused('there are other transforms than two, or something else among them')
  }
  if (!enveloped || algorithmOf(enveloped) !== ENVELOPED_SIGNATURE) {
    throw refused('the first transform is not that of an enveloped signature')
  }
  refuseParameters(enveloped)
  return canonicalization ? readCanonicalization(canonicalization) : DEFAULT_CANONICALIZATION
}

/** What is accepted, with the prefixes that the exclusive one treats as the inclusive does ([section 4](https://www.w3.org/TR/xml-exc-c14n/#sec-Specification)). */
function readCanonicalization(element: XmlElement): Canonicalization {
  const canonicalization = canonicalizations.get(algorithmOf(element))
  if (!canonicalization) throw refusedAlgorithm('canonicalization or transform', element)
  if (canonicalization.kind === 'inclusive' || elementsOf(element).length === 0) {
    refuseParameters(element)
    return canonicalization
  }
  const [list] = takeChildren(element, NS.ec, ['InclusiveNamespaces']) ?? []
  const prefixes = list?.children.length === 0 ? attributeOf(list, 'PrefixList') : undefined
  if (prefixes === undefined) throw refused('a canonicalization has other parameters than a list of prefixes')
  const names = prefixes.split(/[ \t\r\n]+/).filter((prefix) => prefix !== '')
  if (names.length > MAX_PREFIXES) throw refused('the list of prefixes is longer than any')
  const inclusivePrefixes = [...new Set(names.map((name) => (name === '#default' ? '' : name)))]
  return { kind: 'exclusive', inclusivePrefixes }
}

/** Each is looked for in every element: an honest list names two or three. */
const MAX_PREFIXES = 20

function readSignatureMethod(element: XmlElement): SignatureMethod {
  const method = signatureMethods.get(algorithmOf(element))
  if (!method) throw refusedAlgorithm('signature', element)
  refuseParameters(element)
  return method
}

function readDigestMethod(element: XmlElement): 'SHA-256' | 'SHA-384' | 'SHA-512' {
  const method = digestMethods.get(algorithmOf(element))
  if (!method) throw refusedAlgorithm('digest', element)
  refuseParameters(element)
  return method
}

/** An algorithm that takes parameters would be another algorithm. */
function refuseParameters(element: XmlElement): void {
  if (elementsOf(element).length > 0) throw refused('an algorithm has parameters')
}

function readBase64(element: XmlElement): Bytes {
  const text = textOf(element)
  const bytes = text === undefined ? undefined : decodeBase64(text)
  if (!bytes || bytes.length === 0) throw refused('a digest or a signature is empty, or not base64')
  return bytes
}

/** As {@link takeChildren} does, in a signature. Where the name is not optional, the element is there. */
function expect(element: XmlElement, contents: readonly string[]): [XmlElement, XmlElement, XmlElement] {
  const children = takeChildren(element, NS.ds, contents)
  if (!children)
    throw refused('a part of the signature is missing, stands in another place or is there twice')
  return children as [XmlElement, XmlElement, XmlElement]
}

function refused(message: string): SsoError {
  return new SsoError('saml_signature_refused', message)
}

function refusedAlgorithm(what: string, element: XmlElement): SsoError {
  const details = { algorithm: shown(attributeOf(element, 'Algorithm')) }
  return new SsoError('saml_signature_refused', `the ${what} has an algorithm that is not accepted`, {
    details,
  })
}
