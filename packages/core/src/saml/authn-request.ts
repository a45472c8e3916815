import type { SamlConnection } from '../config/connection.ts'
import { type MessageHead, protocolMessage } from './protocol-message.ts'
import { bindings, nameIdFormats } from './urns.ts'
import { element, type OutgoingElement } from './xml/writer.ts'

/** What one authentication request asks for. */
export interface AuthnRequest extends MessageHead {
  /** Where the answer is to be posted. */
  readonly acsUrl: string
  /** Undefined: whatever the identity provider sends. */
  readonly nameIdFormat: string | undefined
  /** Whether the person is to sign in anew, although the identity provider may still know them. */
  readonly forceAuthn: boolean
  /** How the person must have signed in; undefined: as the identity provider likes. */
  readonly authnContext: SamlConnection['authnContext']
}

/**
 * Builds the request that asks an identity provider to sign somebody in
 * ([SAML Core, section 3.4.1](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). The answer is
 * always wanted by HTTP-POST: it is too long for a URL.
 */
export function buildAuthnRequest(request: AuthnRequest): OutgoingElement {
  const { acsUrl, nameIdFormat, forceAuthn, authnContext } = request
  return protocolMessage('samlp:AuthnRequest', request, {
    attributes: {
      ForceAuthn: forceAuthn ? 'true' : undefined,
      ProtocolBinding: bindings.post,
      AssertionConsumerServiceURL: acsUrl,
    },
    children: [buildNameIdPolicy(nameIdFormat), authnContext && buildAuthnContext(authnContext)],
  })
}

/** SAML Core, section 3.4.1.1: an identity provider makes no name for somebody new unless it is allowed to. */
function buildNameIdPolicy(format: string | undefined): OutgoingElement {
  // A transient name is always a new one: there, AllowCreate must not be used (errata E14).
  const allowCreate = format === nameIdFormats.transient ? undefined : 'true'
  return element('samlp:NameIDPolicy', { AllowCreate: allowCreate, Format: format })
}

/** SAML Core, section 3.3.2.2.1. */
function buildAuthnContext({
  classes,
  comparison,
}: NonNullable<SamlConnection['authnContext']>): OutgoingElement {
  return element(
    'samlp:RequestedAuthnContext',
    { Comparison: comparison },
    classes.map((uri) => element('saml:AuthnContextClassRef', {}, [uri])),
  )
}
