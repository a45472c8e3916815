import { SsoError, shown } from '../errors/index.ts'
import { readIssuer } from './assertion.ts'
import { isIssuer } from './conditions.ts'
import type { ExpectedResponse } from './expected.ts'
import { isSigned } from './signature.ts'
import { NS, statusCodes } from './urns.ts'
import { isNcName } from './xml/names.ts'
import { attributeOf, childrenOf, isElement, type XmlElement } from './xml/tree.ts'

/**
 * The rules for the response around an assertion. It may be unsigned, so what it says can only be a reason to refuse,
 * never one to accept. Each rule returns, or throws an SsoError.
 */
export type ResponseRule = (unverifiedResponse: XmlElement, expected: ExpectedResponse) => void

/** It is a response, and no other message or a bare assertion ([SAML Core, section 3.3.3](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
const requireResponse: ResponseRule = (response) => {
  if (!isElement(response, NS.samlp, 'Response')) throw invalid('the message is not a response')
}

/** It is of SAML 2.0 (SAML Core, section 3.2.2). */
const requireResponseVersion: ResponseRule = (response) => {
  if (attributeOf(response, 'Version') !== '2.0') throw invalid('the response is not of SAML 2.0')
}

/** It has an ID that is one (SAML Core, section 3.2.2). */
const requireResponseId: ResponseRule = (response) => {
  if (!isNcName(attributeOf(response, 'ID') ?? ''))
    throw invalid('the response has no ID, or one that is no name')
}

/** The identity provider signed somebody in: the outermost status says so, and it alone counts (SAML Core, section 3.2.2.2). */
const requireSuccess: ResponseRule = (response) => {
  const [status, ...otherStatuses] = childrenOf(response, NS.samlp, 'Status')
  const [code, ...otherCodes] = status ? childrenOf(status, NS.samlp, 'StatusCode') : []
  if (otherStatuses.length > 0 || otherCodes.length > 0) throw invalid('the response has several statuses')
  const value = code && attributeOf(code, 'Value')
  if (value === statusCodes.success) return
  const [detail] = code ? childrenOf(code, NS.samlp, 'StatusCode') : []
  const details = { status: shown(value), detail: shown(detail && attributeOf(detail, 'Value')) }
  throw new SsoError('saml_status', 'the identity provider answered that it signs nobody in', { details })
}

/** It is from the identity provider of this connection, if it says from whom; signed, it must (SAML Profiles, section 4.1.4.2). */
const requireResponseIssuer: ResponseRule = (response, { entityId }) => {
  const [issuer, ...others] = childrenOf(response, NS.saml, 'Issuer')
  if (others.length > 0) throw invalid('the response has several issuers')
  const received = issuer && readIssuer(issuer)
  if (received ? isIssuer(received, entityId) : !isSigned(response)) return
  const details = { expected: entityId, received: shown(received?.entityId) }
  throw new SsoError('saml_issuer_mismatch', 'the response is from another identity provider', { details })
}

/** It was sent to us, if it says where to; signed, it must ([SAML Bindings, section 3.5.5.2](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)). */
const requireDestination: ResponseRule = (response, { acsUrl }) => {
  const destination = attributeOf(response, 'Destination')
  if (destination === acsUrl || (destination === undefined && !isSigned(response))) return
  const details = { expected: acsUrl, received: shown(destination) }
  throw new SsoError('saml_destination_mismatch', 'the response was sent to another address', { details })
}

/** It answers the request of this login, if it says what it answers (SAML Profiles, section 4.1.4.3). */
const requireInResponseTo: ResponseRule = (response, { requestId }) => {
  const inResponseTo = attributeOf(response, 'InResponseTo')
  if (inResponseTo === undefined || inResponseTo === requestId) return
  throw new SsoError('saml_request_mismatch', 'the response does not answer the request of this login')
}

/** All rules, in the order in which they are asked. The first that does not hold is the reason for the refusal. */
export const responseRules: readonly ResponseRule[] = [
  requireResponse,
  requireResponseVersion,
  requireResponseId,
  requireResponseIssuer,
  requireDestination,
  requireInResponseTo,
  requireSuccess,
]

function invalid(message: string): SsoError {
  return new SsoError('saml_response_invalid', message)
}
