import { presetOf } from '../../presets.ts'
import { type Entry, readEntry, textOf } from '../entry.ts'
import { addressOf, type Correction, mappedTo, type Trap } from '../trap.ts'

const ownAddress = /\/api\/auth\/(oidc|saml|social)\/[^/]+\/(login|acs|metadata)(\/|$)/

/** The other side's address, by the key that holds ours. */
const theirs: Readonly<Record<string, string>> = {
  server_url: 'register it there; here goes its "Issuer", or its discovery URL',
  issuer: 'register it there; here goes the "issuer" of its discovery document',
  entity_id:
    'register it there; here goes how the identity provider calls itself: its "Issuer" or "Entity ID"',
  metadata_url: "register it there; here goes the address of the identity provider's own metadata",
  sso_url: 'register it there; here goes its "Login URL" or "Single sign-on URL"',
}

const ownAddresses = Object.entries(theirs).map(
  ([key, fix]): Trap => ({
    code: 'own_address',
    key,
    message: `"${key}" is an address of Doorward itself, which belongs in the console of the identity provider`,
    correct: (text) => (ownAddress.test(addressOf(text)?.path ?? '') ? fix : undefined),
  }),
)

const doubledAddresses = Object.keys(theirs).map(
  (key): Trap => ({
    code: 'address_doubled',
    key,
    message: `"${key}" has its https:// twice`,
    correct: (text) => {
      const inner = /^(?:https?:\/\/)+(https?:\/\/.+)$/i.exec(text)?.[1]
      return inner === undefined ? undefined : { write: inner }
    },
  }),
)

/** Mistakes with every provider that come before those with one. */
export const anyTraps: readonly Trap[] = [
  ...ownAddresses,
  ...doubledAddresses,
  {
    code: 'provider_mismatch',
    key: 'provider',
    message: '"provider" names another one than the addresses do',
    correct: correctProvider,
  },
]

/** Mistakes with every provider that one of a single provider says better. */
export const lastTraps: readonly Trap[] = [
  {
    code: 'protocol_mixed_up',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is an address for SAML, and "protocol" says OIDC',
    correct: (text) =>
      /\/FederationMetadata\/2007-06(\/|$)|\/protocol\/saml(\/|$)|\/sso\/saml(\/metadata)?$|\/samlp\/|\/saml2\/metadata$/i.test(
        addressOf(text)?.path ?? '',
      )
        ? 'take the discovery URL of the provider; or write "protocol: SAML", and this as "metadata_url"'
        : undefined,
  },
  {
    code: 'protocol_mixed_up',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is a discovery URL of OpenID Connect, and "protocol" says SAML',
    correct: (text) =>
      /\/\.well-known\/(openid-configuration|oauth-authorization-server)\/?$/.test(text)
        ? 'take the address of the SAML metadata; or write "protocol: OIDC", and this as "server_url"'
        : undefined,
  },
  {
    code: 'endpoint_as_server_url',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is one of the endpoints, not what all of them have in common',
    correct: correctEndpoint,
  },
  {
    code: 'sso_url_mixed_up',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is the address of the metadata, not where people sign in',
    correct: (text) =>
      /\/(metadata(\.xml|\.php)?|descriptor|federationmetadata\.xml)$/i.test(addressOf(text)?.path ?? '')
        ? 'take the "Login URL" or "Single sign-on URL"; or write this as "metadata_url" in place of it and the certificate'
        : undefined,
  },
  {
    code: 'email_never_verified',
    protocol: 'SAML',
    key: 'email_verification',
    message:
      'nobody can come in: no attribute says that an e-mail address is verified, which "email_verification" requires',
    correct: (text, entry) =>
      text === 'require' && mappedTo(entry, 'attribute_mapping', 'email_verified').length === 0
        ? 'remove it, or add "email_verified" to "attribute_mapping" if the provider has such an attribute'
        : undefined,
  },
]

function correctProvider(named: string, entry: Entry): Correction | undefined {
  const known = entry.protocol && presetOf(named, entry.protocol)
  if (!known || !entry.protocol) return undefined
  const { provider: _, ...addresses } = entry.value
  const found = readEntry(addresses)?.provider
  if (found === undefined || found === known.provider) return undefined
  return { write: presetOf(found, entry.protocol) ? found : 'custom' }
}

/** Endings that an issuer does not have, and many an endpoint has. */
const endpoint =
  /\/(authorize|token|userinfo|keys|jwks|certs|jwks\.json|authorization\.oauth2|token\.oauth2|userinfo\.openid)$/i

function correctEndpoint(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  const wellKnown = /^(.*)\/\.well-known(\/.*)?$/.exec(address?.path ?? '')
  if (address && wellKnown) return { write: `${address.origin}${wellKnown[1]}` }
  if (!endpoint.test(address?.path ?? '')) return undefined
  // Where the issuer is written too, it says what the endpoints have in common.
  const issuer = textOf(entry, 'issuer')
  return issuer !== undefined && addressOf(issuer) && !endpoint.test(issuer)
    ? { write: issuer }
    : 'take the "Issuer", or what stands before /.well-known/openid-configuration in the discovery URL'
}
