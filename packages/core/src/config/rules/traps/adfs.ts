import { type Entry, textOf, textsOf } from '../entry.ts'
import { addressOf, type Correction, mappedTo, type Trap } from '../trap.ts'
import { attributesWithoutUri } from './microsoft.ts'

const metadataPath = '/FederationMetadata/2007-06/FederationMetadata.xml'

/** Microsoft AD Federation Services. docs/idp/adfs.md says where the facts are from. */
export const adfsTraps: readonly Trap[] = [
  {
    code: 'adfs_userinfo',
    provider: 'adfs',
    protocol: 'OIDC',
    key: 'claims_source',
    message: '"claims_source" is userinfo, which knows nothing but the subject at ADFS',
    correct: (text) => (text === 'userinfo' ? { write: 'id_token' } : undefined),
  },
  {
    code: 'adfs_resource_missing',
    provider: 'adfs',
    protocol: 'OIDC',
    key: 'resource',
    // There is none.
    read: () => '',
    message: 'without "resource", AD FS applies none of your rules: no e-mail address comes, and nobody in',
    correct: (_, entry) =>
      namesResource(entry)
        ? undefined
        : 'add "resource: …", to the letter the identifier of the web API in the application group',
  },
  {
    code: 'adfs_server_url',
    provider: 'adfs',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not the address of OpenID Connect at ADFS, which ends in /adfs',
    correct: (text, entry) => {
      const address = addressOf(text)
      // Without a path it is ADFS by name only.
      if (!address || address.path.toLowerCase() === '/adfs' || entry.value['issuer'] !== undefined)
        return undefined
      return isAdfs(address.path) || address.path === ''
        ? { write: `https://${address.host}/adfs` }
        : undefined
    },
  },
  {
    code: 'entity_id_doubtful',
    provider: 'adfs',
    protocol: 'SAML',
    key: 'entity_id',
    message:
      '"entity_id" is hardly how ADFS calls itself, which begins with http:// and ends in /adfs/services/trust',
    correct: (text) => {
      const address = addressOf(text)
      const right = `http://${address?.host}/adfs/services/trust`
      return address && isAdfs(address.path) && text.toLowerCase() !== right ? { write: right } : undefined
    },
  },
  {
    code: 'metadata_url_mixed_up',
    provider: 'adfs',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is not the address of the metadata of ADFS',
    correct: (text) => {
      const address = addressOf(text)
      return address && isAdfs(address.path) && address.path.toLowerCase() !== metadataPath.toLowerCase()
        ? { write: `https://${address.host}${metadataPath}` }
        : undefined
    },
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'adfs',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is not where people sign in by SAML at ADFS',
    correct: correctSsoUrl,
  },
  ...attributesWithoutUri('adfs'),
]

/**
 * From Windows Server 2019 on a scope may begin with the resource; an address may have it as a parameter. Without rules
 * there are claims too, of which somebody may have mapped one.
 */
function namesResource(entry: Entry): boolean {
  return (
    entry.value['resource'] !== undefined ||
    mappedTo(entry, 'claims_mapping', 'email').length > 0 ||
    textsOf(entry, 'scope').some((scope) => scope.includes('/')) ||
    /[?&]resource=/.test(textOf(entry, 'authorization_endpoint') ?? '')
  )
}

function isAdfs(path: string): boolean {
  return /^\/adfs(\/|$)|^\/FederationMetadata(\/|$)/i.test(path)
}

function correctSsoUrl(text: string): Correction | undefined {
  const address = addressOf(text)
  return address && /^\/adfs(\/(services|oauth2)(\/.*)?)?$|^\/FederationMetadata(\/|$)/i.test(address.path)
    ? { write: `https://${address.host}/adfs/ls/` }
    : undefined
}
