import { type Entry, textOf } from '../entry.ts'
import { addressOf, type Correction, type Trap } from '../trap.ts'

const domain = 'take the "Domain" from the Settings of the application, such as https://acme.eu.auth0.com'
const metadataUrl =
  'take the "Identity Provider Metadata" from the Usage tab of the addon: it is /samlp/metadata/ and the "Client ID"'

/** Auth0. docs/idp/auth0.md says where the facts are from. */
export const auth0Traps: readonly Trap[] = [
  {
    code: 'auth0_server_url',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not the domain of your tenant at Auth0',
    correct: (text, entry) => {
      const host = addressOf(text)?.host ?? ''
      const isOneWord = entry.provider === 'auth0' && /^[^.:[]+$/.test(host) && host !== 'localhost'
      return isOneWord || /^((manage|www|community|support)\.)?auth0\.com$/.test(host) ? domain : undefined
    },
  },
  {
    code: 'auth0_server_url',
    provider: 'auth0',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" goes further than the domain of the tenant',
    correct: (text) => {
      const address = addressOf(text)
      const isTenants = isTenant(address?.host) && address?.path !== ''
      const isKnown = /^\/(authorize|oauth\/token|userinfo|api\/v2|samlp)(\/|$)/.test(address?.path ?? '')
      return address && (isTenants || isKnown) ? { write: `https://${address.host}` } : undefined
    },
  },
  {
    code: 'auth0_management_audience',
    provider: 'auth0',
    protocol: 'OIDC',
    key: 'audience',
    message: '"audience" is the Management API of Auth0, which has nothing to do with logins',
    correct: (text) => {
      const address = addressOf(text)
      return isTenant(address?.host) && address?.path === '/api/v2' ? 'remove it' : undefined
    },
  },
  {
    code: 'entity_id_doubtful',
    provider: 'auth0',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is hardly the "Issuer", which is urn: and the domain of the tenant',
    correct: correctEntityId,
  },
  {
    code: 'metadata_url_mixed_up',
    provider: 'auth0',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is not the address of the metadata of an application',
    correct: correctMetadataUrl,
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'auth0',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is the address of the metadata, not where people sign in',
    correct: (text) => {
      const address = addressOf(text)
      const [first, second, id] = address?.steps ?? []
      return address && first === 'samlp' && second === 'metadata' && id
        ? { write: `${address.origin}/samlp/${id}` }
        : undefined
    },
  },
]

/** Not the host of a custom domain. */
function isTenant(host: string | undefined): boolean {
  return /\.auth0\.com$/.test(host ?? '')
}

function correctEntityId(text: string, entry: Entry): Correction | undefined {
  const metadataHost = addressOf(textOf(entry, 'metadata_url'))?.host
  const urlHost = addressOf(text)?.host
  const host = urlHost ?? text.replace(/^urn:/, '')
  if (!isTenant(host) && !text.startsWith('urn:auth0:')) return undefined
  const right = isTenant(metadataHost) ? metadataHost : isTenant(host) ? host : undefined
  if (right === undefined || right.startsWith('manage.'))
    return 'take the "Issuer" from the Usage tab of the addon'
  return text === `urn:${right}` ? undefined : { write: `urn:${right}` }
}

function correctMetadataUrl(text: string): Correction | undefined {
  const address = addressOf(text)
  const [first, second, third] = address?.steps ?? []
  if (!address || !/^(samlp|pem)$/.test(first ?? ''))
    return isConsole(address?.host) ? metadataUrl : undefined
  if (second === 'metadata')
    return third && !address.url.searchParams.has('connection') ? undefined : metadataUrl
  return first === 'samlp' && second ? { write: `${address.origin}/samlp/metadata/${second}` } : metadataUrl
}

function isConsole(host: string | undefined): boolean {
  return host === 'manage.auth0.com'
}
