import { IdentityProvider, ServiceProvider, setSchemaValidator } from 'samlify'
import type { Input } from '../input/input.ts'
import { claimsFrom, type Validator } from '../validator.ts'

const METADATA = 'urn:oasis:names:tc:SAML:2.0:metadata'
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol'
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'

/**
 * It checks signature, times, issuer and status, neither audience, recipient nor request. It wants a schema validator
 * and brings none: a Worker can not run those that it names, so that one accepts all.
 */
export function createSamlify({ exchange, certificate, claims }: Input): Validator {
  setSchemaValidator({ validate: async () => 'nothing was checked' })
  const { issuer, audience, acsUrl } = exchange
  const serviceProvider = ServiceProvider({
    entityID: audience,
    authnRequestsSigned: false,
    wantAssertionsSigned: true,
    assertionConsumerService: [{ Binding: POST, Location: acsUrl }],
  })
  const identityProvider = IdentityProvider({ metadata: metadataOf(issuer, certificate) })
  return {
    name: 'samlify, without a schema',
    async validate({ base64 }) {
      const request = { body: { SAMLResponse: base64 } }
      const { extract } = await serviceProvider.parseLoginResponse(identityProvider, 'post', request)
      return claimsFrom(extract.nameID, claims, (name) => extract.attributes?.[name])
    },
  }
}

function metadataOf(issuer: string, certificate: string): string {
  return [
    `<EntityDescriptor xmlns="${METADATA}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${issuer}">`,
    `<IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${PROTOCOL}">`,
    `<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate>`,
    '</ds:X509Data></ds:KeyInfo></KeyDescriptor>',
    `<SingleSignOnService Binding="${POST}" Location="${issuer}/sso"/>`,
    '</IDPSSODescriptor></EntityDescriptor>',
  ].join('')
}
