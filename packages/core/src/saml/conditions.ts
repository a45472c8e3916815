import { type ErrorCode, SsoError, shown } from '../errors/index.ts'
import type { Assertion, AuthnStatement, Issuer, SubjectConfirmation } from './assertion.ts'
import { CLOCK_SKEW, type ExpectedResponse } from './expected.ts'
import { BEARER, nameIdFormats } from './urns.ts'

/**
 * The rules of the Web Browser SSO profile for an assertion
 * ([SAML Profiles, section 4.1.4](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)), one function
 * each. What they see was signed. Each returns, or throws an SsoError.
 */
export type AssertionRule = (assertion: Assertion, expected: ExpectedResponse) => void

/** The assertion is of SAML 2.0 ([SAML Core, section 2.3.3](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
const requireVersion: AssertionRule = ({ version }) => {
  if (version !== '2.0') throw refused('saml_assertion_invalid', 'the assertion is not of SAML 2.0')
}

/** It is from the identity provider of this connection, to the letter, named as such (SAML Profiles, section 4.1.4.2). */
const requireIssuer: AssertionRule = ({ issuer }, { entityId }) => {
  if (issuer && isIssuer(issuer, entityId)) return
  const details = { expected: entityId, received: shown(issuer?.entityId) }
  throw new SsoError('saml_issuer_mismatch', 'the assertion is from another identity provider', { details })
}

/** Whether it is `entityId`, and not something else that is written alike. */
export function isIssuer({ entityId: received, format }: Issuer, entityId: string): boolean {
  const isEntity = format === undefined || format === nameIdFormats.entity
  return isEntity && received === entityId
}

/** It is about somebody (section 4.1.4.2). */
const requireSubject: AssertionRule = ({ nameId, encryptedId }) => {
  if (!nameId && !encryptedId) throw refused('saml_assertion_invalid', 'the assertion is about nobody')
}

/**
 * One confirmation of the subject says all of this together: whoever brings the assertion is meant, and brings it to us,
 * in time, in answer to this very request (section 4.1.4.3). Two halves of two confirmations make none.
 */
const requireBearerConfirmation: AssertionRule = ({ confirmations }, expected) => {
  const problems = confirmations.map((confirmation) => confirmationProblem(confirmation, expected))
  if (problems.includes(undefined)) return
  throw problems[0] ?? refused('saml_assertion_invalid', 'the subject is not confirmed')
}

/** @returns why a confirmation does not hold, if it does not */
function confirmationProblem(
  { method, recipient, inResponseTo, notBefore, notOnOrAfter }: SubjectConfirmation,
  { acsUrl, requestId, now }: ExpectedResponse,
): SsoError | undefined {
  if (method !== BEARER)
    return refused('saml_assertion_invalid', 'the subject is confirmed by another method than bearer')
  if (recipient !== acsUrl) {
    const details = { expected: acsUrl, received: shown(recipient) }
    return new SsoError('saml_recipient_mismatch', 'the assertion is for another address', { details })
  }
  // Whoever can post it here could sign somebody else in with it, as themselves.
  if (inResponseTo === undefined) return refused('saml_unsolicited', 'the assertion answers no request')
  if (inResponseTo !== requestId) {
    return refused('saml_request_mismatch', 'the assertion does not answer the request of this login')
  }
  if (notOnOrAfter === undefined) {
    return refused(
      'saml_assertion_invalid',
      'the confirmation of the subject does not say until when it holds',
    )
  }
  return timeProblem(notBefore, notOnOrAfter, now)
}

/** It is valid now (SAML Core, section 2.5.1.2). */
const requireValidNow: AssertionRule = ({ conditions }, { now }) => {
  const problem = timeProblem(conditions?.notBefore, conditions?.notOnOrAfter, now)
  if (problem) throw problem
}

/** Neither it nor the sign-in that it speaks of is from the future (SAML Core, sections 2.3.3 and 2.7.2). */
const refuseFuture: AssertionRule = ({ issueInstant, authnStatements }, { now }) => {
  const instants = [issueInstant, ...authnStatements.map(({ authnInstant }) => authnInstant)]
  for (const instant of instants) {
    const problem = timeProblem(instant, undefined, now)
    if (problem) throw problem
  }
}

/** It is for us: it has audiences, and we are one of each restriction's (SAML Core, section 2.5.1.4). */
const requireAudience: AssertionRule = ({ conditions }, { audience }) => {
  const restrictions = conditions?.audienceRestrictions ?? []
  if (restrictions.length > 0 && restrictions.every((audiences) => audiences.includes(audience))) return
  const received = restrictions.length > 0 ? shown(restrictions.flat()) : '(none)'
  const details = { expected: audience, received }
  throw new SsoError('saml_audience_mismatch', 'the assertion is for another service provider', { details })
}

/** It has no condition that we do not know: such an assertion can not be relied on (SAML Core, section 2.5.1). */
const refuseUnknownConditions: AssertionRule = ({ conditions }) => {
  const [unknown] = conditions?.unknown ?? []
  if (unknown === undefined) return
  const details = { condition: shown(unknown) }
  throw new SsoError('saml_assertion_invalid', 'the assertion has a condition that is not known here', {
    details,
  })
}

/** The subject was authenticated (SAML Profiles, section 4.1.4.2). */
const requireAuthnStatement: AssertionRule = ({ authnStatements }) => {
  if (authnStatements.length === 0) {
    throw refused('saml_assertion_invalid', 'the assertion does not say that somebody was authenticated')
  }
}

/** Who was to sign in anew did so, and was not just known from before (SAML Core, section 3.4.1, `ForceAuthn`). */
const requireFreshAuthentication: AssertionRule = ({ authnStatements }, { authenticatedSince }) => {
  if (authenticatedSince === undefined) return
  const isFresh = ({ authnInstant = Number.NEGATIVE_INFINITY }: AuthnStatement) =>
    authnInstant + CLOCK_SKEW >= authenticatedSince
  if (authnStatements.every(isFresh)) return
  throw refused('saml_assertion_invalid', 'the person did not sign in anew, and force_authn demands that')
}

/** The person signed in in one of the ways that were asked for, where nothing else will do (SAML Core, section 3.3.2.2.1). */
const requireAuthnContext: AssertionRule = ({ authnStatements }, { authnContext }) => {
  // Which of two ways is the better one, only the identity provider knows.
  if (authnContext?.comparison !== 'exact') return
  const isAsked = ({ contextClass = '' }: AuthnStatement) => authnContext.classes.includes(contextClass)
  if (authnStatements.every(isAsked)) return
  const details = { received: shown(authnStatements.map(({ contextClass }) => contextClass ?? '(none)')) }
  const message = 'the person signed in in another way than requested_authn_context demands'
  throw new SsoError('saml_assertion_invalid', message, { details })
}

/** The session at the identity provider is not over (SAML Core, section 2.7.2). */
const requireSession: AssertionRule = ({ authnStatements }, { now }) => {
  const end = sessionEnd(authnStatements)
  const problem = timeProblem(undefined, end, now)
  if (problem) throw problem
}

/** When the session at the identity provider ends, in milliseconds since the epoch: ours is not to last longer. */
export function sessionEnd(statements: readonly AuthnStatement[]): number | undefined {
  const ends = statements.flatMap(({ sessionNotOnOrAfter }) => sessionNotOnOrAfter ?? [])
  return ends.length === 0 ? undefined : Math.min(...ends)
}

/** All rules, in the order in which they are asked. The first that does not hold is the reason for the refusal. */
export const assertionRules: readonly AssertionRule[] = [
  requireVersion,
  requireIssuer,
  requireSubject,
  requireBearerConfirmation,
  requireValidNow,
  refuseFuture,
  requireAudience,
  refuseUnknownConditions,
  requireAuthnStatement,
  requireFreshAuthentication,
  requireAuthnContext,
  requireSession,
]

/** What does not say when it begins has always been valid, and what does not say when it ends always will be. */
function timeProblem(
  notBefore = Number.NEGATIVE_INFINITY,
  notOnOrAfter = Number.POSITIVE_INFINITY,
  now: number,
): SsoError | undefined {
  if (now + CLOCK_SKEW < notBefore) {
    const details = { aheadSeconds: Math.round((notBefore - now) / 1000) }
    return new SsoError('saml_not_yet_valid', 'the assertion is not valid yet', { details })
  }
  if (now - CLOCK_SKEW >= notOnOrAfter) {
    const details = { sinceSeconds: Math.round((now - notOnOrAfter) / 1000) }
    return new SsoError('saml_expired', 'the assertion has expired', { details })
  }
  return undefined
}

function refused(code: ErrorCode, message: string): SsoError {
  return new SsoError(code, message)
}
