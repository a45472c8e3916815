import { type CacheProvider, SAML, ValidateInResponseTo } from '@node-saml/node-saml'
import type { Input } from '../input/input.ts'
import { NODE_SAML } from '../names.ts'
import { claimsFrom, type Validator } from '../validator.ts'

/** What passport-saml is built on; full validation. */
export function createNodeSaml({ exchange, certificate, claims }: Input): Validator {
  const { issuer, audience, acsUrl, requestId, now } = exchange
  // It forgets a request once it was answered; this one is asked again and again.
  const cacheProvider: CacheProvider = {
    saveAsync: async () => null,
    getAsync: async (key) => (key === requestId ? new Date(now).toISOString() : null),
    removeAsync: async (key) => key,
  }
  const saml = new SAML({
    idpCert: certificate,
    idpIssuer: issuer,
    issuer: audience,
    audience,
    callbackUrl: acsUrl,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider,
  })
  return {
    name: NODE_SAML,
    async validate({ base64 }) {
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: base64 })
      return profile ? claimsFrom(profile.nameID, claims, (name) => profile[name]) : undefined
    },
  }
}
