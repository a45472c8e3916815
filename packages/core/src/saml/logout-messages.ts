import type { NameId } from '../ports/session-store.ts'
import { formatInstant } from './instant.ts'
import { type MessageHead, protocolMessage } from './protocol-message.ts'
import { statusCodes } from './urns.ts'
import { element, type OutgoingElement } from './xml/writer.ts'

/** What one logout request says. */
export interface LogoutRequest extends MessageHead {
  /** As the assertion had it, to the letter: identity providers compare all of it. */
  readonly nameId: NameId
  /** Which sessions of the person; none: all of them. */
  readonly sessionIndexes: readonly string[]
  /** When the request is worth nothing any more, in milliseconds since the epoch. */
  readonly notOnOrAfter: number
}

/** Builds the request to sign a person out ([SAML Core, section 3.7.1](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
export function buildLogoutRequest(request: LogoutRequest): OutgoingElement {
  const { nameId, sessionIndexes, notOnOrAfter } = request
  const nameIdAttributes = {
    Format: nameId.format,
    NameQualifier: nameId.nameQualifier,
    SPNameQualifier: nameId.spNameQualifier,
  }
  return protocolMessage('samlp:LogoutRequest', request, {
    attributes: { NotOnOrAfter: formatInstant(notOnOrAfter) },
    children: [
      element('saml:NameID', nameIdAttributes, [nameId.value]),
      ...sessionIndexes.map((index) => element('samlp:SessionIndex', {}, [index])),
    ],
  })
}

/** What one answer to a logout request says. */
export interface LogoutResponse extends MessageHead {
  /** The ID of the request. */
  readonly inResponseTo: string
  /**
   * `success`: signed out. `partial`: here yes, elsewhere perhaps not. `requester`: the request is wrong; `responder`:
   * we can not, although it is right.
   */
  readonly status: 'success' | 'partial' | 'requester' | 'responder'
}

/** Builds the answer to an identity provider's logout request ([SAML Core, section 3.7.2](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
export function buildLogoutResponse(response: LogoutResponse): OutgoingElement {
  const { inResponseTo, status } = response
  const code =
    status === 'partial'
      ? element('samlp:StatusCode', { Value: statusCodes.responder }, [
          element('samlp:StatusCode', { Value: statusCodes.partialLogout }),
        ])
      : element('samlp:StatusCode', { Value: statusCodes[status] })
  return protocolMessage('samlp:LogoutResponse', response, {
    attributes: { InResponseTo: inResponseTo },
    children: [element('samlp:Status', {}, [code])],
  })
}
