import { SsoError } from '../errors/index.ts'
import { NS } from './urns.ts'
import { isElement, type XmlDocument, type XmlElement } from './xml/tree.ts'

/** The assertion of a response, or what it is encrypted in. */
export interface FoundAssertion {
  readonly element: XmlElement
  readonly isEncrypted: boolean
}

/**
 * Finds the one assertion of a response, a child of its root. There is no other one anywhere: none in Extensions, in
 * Advice, in the value of an attribute or beside it, where one reader would find it and another not. That leaves an
 * attacker no place to hide a signed one while a forged one is read
 * ([Somorovsky et al., "On Breaking SAML"](https://www.usenix.org/conference/usenixsecurity12/technical-sessions/presentation/somorovsky)).
 *
 * @throws SsoError `saml_response_invalid`
 */
export function requireOneAssertion(unverified: XmlDocument): FoundAssertion {
  const { root, elements } = unverified
  const assertions = elements.filter(isAnAssertion)
  const [assertion, ...others] = assertions
  if (!assertion) throw invalid('there is no assertion')
  if (others.length > 0) throw invalid('there is more than one assertion')
  if (assertion.parent !== root) throw invalid('the assertion does not stand in the response itself')
  requireOneMessage(unverified)
  return { element: assertion, isEncrypted: assertion.tag.localName === 'EncryptedAssertion' }
}

/** There is one message of the protocol, the root: none in another. */
function requireOneMessage({ root, elements }: XmlDocument): void {
  if (elements.some((element) => element !== root && isAMessage(element))) {
    throw invalid('there is a message within the message')
  }
}

/**
 * Signatures stand where they belong: in the response itself or in its assertion, one in each. One that stands elsewhere
 * could be meant for a reader that looks there.
 *
 * @throws SsoError `saml_signature_refused`
 */
export function requireSignaturePlaces(
  { root, elements }: XmlDocument,
  { element, isEncrypted }: FoundAssertion,
): void {
  const parents = elements.flatMap((element) =>
    isElement(element, NS.ds, 'Signature') ? [element.parent] : [],
  )
  // What is encrypted is signed inside, if at all.
  const isInPlace = parents.every((parent) => parent === root || (parent === element && !isEncrypted))
  if (!isInPlace || new Set(parents).size !== parents.length) {
    throw new SsoError(
      'saml_signature_refused',
      'a signature stands where none belongs, or two stand in one place',
    )
  }
}

/**
 * What was decrypted is one assertion, signed in its own place if at all, and shares no ID with the message that it came in.
 *
 * @throws SsoError `saml_response_invalid` or `saml_signature_refused`
 */
export function requireDecryptedAssertion(decrypted: XmlDocument, around: XmlDocument): void {
  const { root, elements } = decrypted
  if (elements.filter(isAnAssertion).length !== 1 || !isElement(root, NS.saml, 'Assertion')) {
    throw invalid('what is encrypted is not an assertion, or more than one')
  }
  requireOneMessage(decrypted)
  if ([...decrypted.ids].some((id) => around.ids.has(id))) throw invalid('an ID is given twice')
  requireSignaturePlaces(decrypted, { element: root, isEncrypted: false })
}

/** Whether it is a message of the protocol, of whatever kind. */
export function isAMessage({ tag }: XmlElement): boolean {
  return tag.namespace === NS.samlp && /(?:Response|Request|Query)$/.test(tag.localName)
}

/** Whether it is an assertion, or what one is encrypted in. */
export function isAnAssertion(element: XmlElement): boolean {
  return isElement(element, NS.saml, 'Assertion') || isElement(element, NS.saml, 'EncryptedAssertion')
}

function invalid(message: string): SsoError {
  return new SsoError('saml_response_invalid', message)
}
