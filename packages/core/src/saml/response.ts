import { SsoError } from '../errors/index.ts'
import type { NameId } from '../ports/session-store.ts'
import { type Assertion, readAssertion } from './assertion.ts'
import { assertionRules, sessionEnd } from './conditions.ts'
import { decryptAssertion, decryptNameId } from './decrypt.ts'
import type { ExpectedResponse } from './expected.ts'
import type { VerificationKey } from './keys.ts'
import { responseRules } from './response-rules.ts'
import { type FoundAssertion, requireOneAssertion, requireSignaturePlaces } from './response-shape.ts'
import {
  isSigned,
  type UnverifiedElement,
  type VerifiedElement,
  verifiedChild,
  verifySignature,
} from './signature.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'
import { parseXml } from './xml/reader.ts'
import type { XmlDocument } from './xml/tree.ts'

/** A response that is genuine, for us, now, and in answer to this login. */
export interface ValidatedResponse {
  /** With the subject's name in the clear. */
  readonly assertion: Assertion & { readonly nameId: NameId }
  /** When the session at the identity provider ends, if that was said; milliseconds since the epoch. */
  readonly sessionEndsAt: number | undefined
}

/**
 * Validates the answer to an authentication request, from its bytes to the person
 * ([SAML Profiles, section 4.1.4](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)): bounded and read
 * once, shaped as it must be, signed; and only what was signed is asked who it is about. That the answer is used once is up
 * to the caller.
 *
 * @param unverifiedXml the decoded `SAMLResponse`
 * @throws SsoError with the precise reason, one of the `saml_` codes
 */
export async function validateResponse(
  unverifiedXml: Uint8Array,
  expected: ExpectedResponse,
): Promise<ValidatedResponse> {
  const unverified = parseXml(unverifiedXml, MESSAGE_LIMITS)
  for (const rule of responseRules) rule(unverified.root, expected)
  const found = requireOneAssertion(unverified)
  requireSignaturePlaces(unverified, found)
  const verified = await verifyAssertion(unverified, found, expected)
  const assertion = readAssertion(verified)
  for (const rule of assertionRules) rule(assertion, expected)
  return {
    assertion: { ...assertion, nameId: await nameIdOf(assertion, expected) },
    sessionEndsAt: sessionEnd(assertion.authnStatements),
  }
}

/**
 * Verifies every signature that there is: one that is wrong spoils the message, whatever else is right. At least one is
 * needed, and those that the configuration demands.
 */
async function verifyAssertion(
  document: XmlDocument,
  { element, isEncrypted }: FoundAssertion,
  { keys, keyPairs, wantsSignedResponse, wantsSignedAssertions }: ExpectedResponse,
): Promise<VerifiedElement> {
  const response = { document, element: document.root }
  const verifiedResponse = isSigned(response.element) ? await verifySignature(response, keys) : undefined
  if (wantsSignedResponse && !verifiedResponse) {
    throw missing('the response is not signed, and want_response_signed demands that')
  }
  const within = verifiedResponse && verifiedChild(verifiedResponse, element)
  const { unverified, verified } = isEncrypted
    ? await decryptAssertion({ document, element }, within, keyPairs)
    : { unverified: { document, element }, verified: within }
  if (isSigned(unverified.element))
    return verified ? verifyWithin(unverified, keys) : verifySignature(unverified, keys)
  if (wantsSignedAssertions) {
    throw missing('the assertion is not signed, and want_assertions_signed demands that')
  }
  if (!verified) throw missing('neither the response nor the assertion is signed')
  return verified
}

/** As `verifySignature`, of what stands in something verified: it was these keys' owner who put it there, whatever it is. */
async function verifyWithin(
  unverified: UnverifiedElement,
  keys: readonly VerificationKey[],
): Promise<VerifiedElement> {
  try {
    return await verifySignature(unverified, keys)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    throw new SsoError(error.code, error.message, { details: { ...error.details, within: 'Response' } })
  }
}

async function nameIdOf({ nameId, encryptedId }: Assertion, { keyPairs }: ExpectedResponse): Promise<NameId> {
  if (nameId) return nameId
  if (encryptedId) return decryptNameId(encryptedId, keyPairs)
  throw new SsoError('saml_assertion_invalid', 'the assertion is about nobody')
}

function missing(message: string): SsoError {
  return new SsoError('saml_signature_missing', message)
}
