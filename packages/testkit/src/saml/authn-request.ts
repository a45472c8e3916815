import type { ReceivedMessage } from './bindings.ts'
import { scanAttribute, scanText } from './xml/scan.ts'

/** What a service provider asked for, as far as it matters to an identity provider that says yes to all. saml-core section 3.4.1. */
export interface AuthnRequest {
  readonly id: string
  /** Entity ID of the service provider. */
  readonly issuer: string
  readonly acsUrl: string | undefined
  readonly destination: string | undefined
  readonly forceAuthn: boolean
  readonly nameIdFormat: string | undefined
  readonly authnContext: string | undefined
  readonly relayState: string | undefined
  readonly binding: ReceivedMessage['binding']
  readonly xml: string
  /** All parameters of the HTTP request, so that tests can add some of their own. */
  readonly parameters: URLSearchParams
}

/** @returns undefined when the message is no AuthnRequest with an ID and an Issuer. */
export function readAuthnRequest(message: ReceivedMessage): AuthnRequest | undefined {
  const { xml, binding, relayState, parameters } = message
  const attribute = (name: string) => scanAttribute(xml, 'AuthnRequest', name)
  const id = attribute('ID')
  const issuer = scanText(xml, 'Issuer')
  if (id === undefined || issuer === undefined) return undefined
  return {
    id,
    issuer,
    acsUrl: attribute('AssertionConsumerServiceURL'),
    destination: attribute('Destination'),
    forceAuthn: ['true', '1'].includes(attribute('ForceAuthn') ?? ''),
    nameIdFormat: scanAttribute(xml, 'NameIDPolicy', 'Format'),
    authnContext: scanText(xml, 'AuthnContextClassRef'),
    relayState,
    binding,
    xml,
    parameters,
  }
}
