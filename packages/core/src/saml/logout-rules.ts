import { SsoError, shown } from '../errors/index.ts'
import type { MessageParameter } from './bindings.ts'
import { CLOCK_SKEW } from './expected.ts'
import { isAMessage, isAnAssertion } from './response-shape.ts'
import { NS } from './urns.ts'
import { isNcName } from './xml/names.ts'
import { isElement, type XmlDocument } from './xml/tree.ts'

/** How a message about a logout came. */
interface LogoutArrival {
  readonly binding: 'redirect' | 'post'
  readonly parameter: MessageParameter
}

/** The rules for the shape of a message about a logout. Each returns, or throws an SsoError. */
export type LogoutShapeRule = (document: XmlDocument, arrival: LogoutArrival) => void

/** A request is a LogoutRequest, a response a LogoutResponse, and neither is anything else ([SAML Core, section 3.7](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
const requireLogoutMessage: LogoutShapeRule = ({ root }, { parameter }) => {
  const name = parameter === 'SAMLRequest' ? 'LogoutRequest' : 'LogoutResponse'
  if (!isElement(root, NS.samlp, name))
    throw invalid('the message is not one about a logout, or not the one it came as')
}

/** There is one message, the root: none in another, where a reader could take the wrong one. */
const refuseMessageWithin: LogoutShapeRule = ({ root, elements }) => {
  if (elements.some((element) => element !== root && isAMessage(element))) {
    throw invalid('there is a message within the message')
  }
}

/** There is no assertion: it has no place here, and one that was signed for a login could lend a message its signature. */
const refuseAssertionWithin: LogoutShapeRule = ({ elements }) => {
  if (elements.some(isAnAssertion)) throw invalid('there is an assertion in the message')
}

/**
 * A signature stands in the message itself, once; and with a redirect, which is signed around the message, there is none
 * ([SAML Bindings, section 3.4.4.1](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)).
 */
const requireLogoutSignaturePlace: LogoutShapeRule = ({ root, elements }, { binding }) => {
  const signatures = elements.filter((element) => isElement(element, NS.ds, 'Signature'))
  const isInPlace = signatures.length <= (binding === 'post' ? 1 : 0)
  if (!isInPlace || signatures.some(({ parent }) => parent !== root)) {
    throw new SsoError(
      'saml_signature_refused',
      'a signature stands where none belongs, or there are several',
    )
  }
}

/** All of them, in the order in which they are asked. The first that does not hold is the reason for the refusal. */
export const logoutShapeRules: readonly LogoutShapeRule[] = [
  requireLogoutMessage,
  refuseMessageWithin,
  refuseAssertionWithin,
  requireLogoutSignaturePlace,
]

/** What requests and responses about a logout have in common, as they say it. Times are in milliseconds since the epoch. */
export interface LogoutHead {
  readonly id: string | undefined
  readonly version: string | undefined
  readonly issuer: string | undefined
  readonly destination: string | undefined
  readonly issueInstant: number | undefined
  /** Of a request, if it says. */
  readonly notOnOrAfter: number | undefined
}

/** What a message about a logout must be. Nothing of it comes from the message. */
interface ExpectedLogout {
  /** The identity provider's entity ID, as configured. */
  readonly entityId: string
  /** The address of our single logout service for this connection. */
  readonly sloUrl: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/**
 * For how long after its IssueInstant a message counts, in milliseconds: that it was used must be remembered for as long,
 * and not every identity provider says NotOnOrAfter.
 */
export const LOGOUT_MESSAGE_LIFETIME = 5 * 60 * 1000

/** The rules for what a message about a logout says. What they see was signed. Each returns, or throws an SsoError. */
export type LogoutRule = (head: LogoutHead, expected: ExpectedLogout) => void

/** It has an ID, by which it is used once (SAML Core, section 3.2.1). */
const requireLogoutId: LogoutRule = ({ id }) => {
  if (id === undefined || !isNcName(id)) throw invalid('the message has no ID, or one that is no name')
}

/** It is of SAML 2.0 (SAML Core, section 3.2.1). */
const requireLogoutVersion: LogoutRule = ({ version }) => {
  if (version !== '2.0') throw invalid('the message is not of SAML 2.0')
}

/** It is from the identity provider of this connection, to the letter (SAML Profiles, section 4.4.4). */
const requireLogoutIssuer: LogoutRule = ({ issuer }, { entityId }) => {
  if (issuer === entityId) return
  throw invalid('the message is from another identity provider', {
    expected: entityId,
    received: shown(issuer),
  })
}

/** It was sent to us: signed, it says so (SAML Bindings, sections 3.4.5.2 and 3.5.5.2). */
const requireLogoutDestination: LogoutRule = ({ destination }, { sloUrl }) => {
  if (destination === sloUrl) return
  throw invalid('the message was sent to another address', { expected: sloUrl, received: shown(destination) })
}

/** It is not from the future. */
const refuseFutureLogout: LogoutRule = ({ issueInstant }, { now }) => {
  if (issueInstant === undefined) throw invalid('the message does not say when it was issued')
  if (issueInstant <= now + CLOCK_SKEW) return
  throw invalid('the message is from the future', { aheadSeconds: secondsBetween(now, issueInstant) })
}

/** It was issued a short while ago. */
const refuseOldLogout: LogoutRule = ({ issueInstant = Number.NEGATIVE_INFINITY }, { now }) => {
  if (now < issueInstant + LOGOUT_MESSAGE_LIFETIME + CLOCK_SKEW) return
  throw invalid('the message was issued too long ago', { sinceSeconds: secondsBetween(issueInstant, now) })
}

/** It has not expired, if it says when it does (SAML Core, section 3.7.1). */
const refuseExpiredLogout: LogoutRule = ({ notOnOrAfter }, { now }) => {
  if (notOnOrAfter === undefined || now - CLOCK_SKEW < notOnOrAfter) return
  throw invalid('the message has expired', { sinceSeconds: secondsBetween(notOnOrAfter, now) })
}

/** All of them, in the order in which they are asked. The first that does not hold is the reason for the refusal. */
export const logoutRules: readonly LogoutRule[] = [
  requireLogoutId,
  requireLogoutVersion,
  requireLogoutIssuer,
  requireLogoutDestination,
  refuseFutureLogout,
  refuseOldLogout,
  refuseExpiredLogout,
]

/** The refusal of a message about a logout. */
export function invalid(message: string, details: Record<string, string | number> = {}): SsoError {
  return new SsoError('saml_logout_invalid', message, { details })
}

function secondsBetween(earlier: number, later: number): number {
  return Math.round((later - earlier) / 1000)
}
