import { type Entry, textOf } from '../entry.ts'
import { type Address, addressOf, type Correction, GUID, type Trap } from '../trap.ts'

/** PingOne and PingFederate. docs/idp/ping.md says where the facts are from. */
export const pingTraps: readonly Trap[] = [
  {
    code: 'ping_server_url',
    provider: 'ping',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not the "Issuer" of PingOne',
    correct: correctServerUrl,
  },
  {
    code: 'ping_client_id',
    provider: 'ping',
    protocol: 'OIDC',
    key: 'client_id',
    message: '"client_id" is the same as the "Environment ID"',
    correct: (text, entry) =>
      GUID.test(text) && environmentOf(addressOf(textOf(entry, 'server_url'))) === text
        ? 'take the "Client ID" and the "Issuer" from the Configuration tab of the application'
        : undefined,
  },
  {
    code: 'entity_id_doubtful',
    provider: 'ping',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is hardly the "Issuer ID" of PingOne, which ends with the environment ID',
    correct: (text) => correctSaml(text, ''),
  },
  {
    code: 'metadata_url_mixed_up',
    provider: 'ping',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is not the metadata of an application of PingOne',
    correct: (text) => {
      const address = addressOf(text)
      const isMetadata = /^\/[^/]+\/saml20\/metadata\/[^/]+$/.test(address?.path ?? '')
      return address && pingOne.test(address.host) && !(isAuth(address) && isMetadata)
        ? 'take the "IDP Metadata URL" from the Overview tab of the application'
        : undefined
    },
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'ping',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is not the "Single Signon Service" of PingOne',
    correct: (text) => {
      const [, ...rest] = addressOf(text)?.steps ?? []
      return /^$|^as(\/|$)|^saml20(\/metadata.*)?$/.test(rest.join('/'))
        ? correctSaml(text, '/saml20/idp/sso')
        : undefined
    },
  },
  {
    code: 'metadata_url_doubtful',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" does not say for whom: PingFederate may answer with another certificate',
    correct: (text) =>
      addressOf(text)?.path.endsWith('/pf/federation_metadata.ping') && !/[?&]PartnerSpId=/.test(text)
        ? 'add ?PartnerSpId= and what you registered there as the entity ID of Doorward'
        : undefined,
  },
]

const pingOne = /^(auth|console|apps|api|admin)\.pingone\.([a-z]+(?:\.[a-z]+)?)$/

function isAuth(address: Address): boolean {
  return address.host.startsWith('auth.')
}

function environmentOf(address: Address | undefined): string | undefined {
  return address && pingOne.test(address.host) ? address.steps.find((step) => GUID.test(step)) : undefined
}

function correctServerUrl(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  const region = pingOne.exec(address?.host ?? '')?.[2]
  if (!address || region === undefined || entry.value['issuer'] !== undefined) return undefined
  // Flows of DaVinci have an issuer of their own.
  if (isAuth(address) && /^\/[^/]+\/(as|davinci)$/.test(address.path)) return undefined
  const environment = environmentOf(address) ?? address.url.searchParams.get('env') ?? ''
  return GUID.test(environment)
    ? { write: `https://auth.pingone.${region}/${environment}/as` }
    : 'take the "Issuer" from the Configuration tab of the application'
}

function correctSaml(text: string, ending: string): Correction | undefined {
  const address = addressOf(text)
  const environment = environmentOf(address)
  if (!address || environment === undefined) return undefined
  const right = `https://auth.${address.host.replace(/^[a-z]+\./, '')}/${environment}${ending}`
  return text === right ? undefined : { write: right }
}
