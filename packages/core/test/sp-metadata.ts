import type { ServiceProviderMetadata } from '../src/saml/metadata/sp.ts'
import { nameIdFormats } from '../src/saml/urns.ts'

const base = 'https://sso.example.com/api/auth/saml/acme'

/** What we say of ourselves when hardly anything is configured. */
export const sparseMetadata: ServiceProviderMetadata = {
  entityId: `${base}/metadata/`,
  acsUrl: `${base}/acs/`,
  sloUrl: `${base}/sls/`,
  keys: undefined,
  signsRequests: false,
  wantsSignedAssertions: false,
  nameIdFormat: undefined,
  description: { organization: undefined, contacts: [] },
}

/** What we say of ourselves when everything is, but for the keys. */
export const fullMetadata: ServiceProviderMetadata = {
  ...sparseMetadata,
  signsRequests: true,
  wantsSignedAssertions: true,
  nameIdFormat: nameIdFormats.persistent,
  description: {
    organization: {
      name: 'acme',
      displayName: 'Acme & Söhne <GmbH>',
      url: 'https://acme.example/?a=1&b=2',
    },
    contacts: [
      { type: 'technical', name: 'The identity team', email: 'identity@acme.example' },
      { type: 'support', name: undefined, email: 'help@acme.example' },
    ],
  },
}
