import { type Entry, textOf } from '../entry.ts'
import { type Address, addressOf, type Correction, GUID, samlAddressOf, type Trap } from '../trap.ts'

/** Keycloak. docs/idp/keycloak.md says where the facts are from. */
export const keycloakTraps: readonly Trap[] = [
  ...(['server_url', 'metadata_url'] as const).map(
    (key): Trap => ({
      code: key === 'server_url' ? 'keycloak_server_url' : 'metadata_url_mixed_up',
      key,
      message: `"${key}" is the address of Keycloak's administration`,
      correct: (text) => correctConsole(text, key === 'server_url' ? '' : '/protocol/saml/descriptor'),
    }),
  ),
  {
    code: 'keycloak_server_url',
    provider: 'keycloak',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" goes further than the realm',
    correct: (text) => {
      const realm = realmOf(addressOf(text))
      return realm && realm.rest !== '' ? at(realm, '') : undefined
    },
  },
  {
    code: 'keycloak_realm_missing',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" of Keycloak names no realm',
    correct: correctMissingRealm,
  },
  {
    code: 'keycloak_master_realm',
    provider: 'keycloak',
    key: 'realm',
    message: '"realm" is "master", which is for the administrators of Keycloak itself',
    correct: (text, entry) => (text === 'master' && namesMaster(entry) ? otherRealm : undefined),
  },
  ...(['server_url', 'metadata_url'] as const).map(
    (key): Trap => ({
      code: 'keycloak_master_realm',
      provider: 'keycloak',
      key,
      message: `"${key}" names the realm "master", which is for the administrators of Keycloak itself`,
      correct: (text, entry) =>
        realmOf(addressOf(text))?.name === 'master' && textOf(entry, 'realm') !== 'master'
          ? otherRealm
          : undefined,
    }),
  ),
  {
    code: 'keycloak_client_id',
    provider: 'keycloak',
    protocol: 'OIDC',
    key: 'client_id',
    message: '"client_id" looks like the ID that Keycloak\'s console has in its address bar',
    correct: (text) =>
      GUID.test(text) ? 'take the "Client ID" from the Settings tab of the client' : undefined,
  },
  {
    code: 'keycloak_client_id',
    provider: 'keycloak',
    protocol: 'OIDC',
    key: 'client_id',
    message: '"client_id" is a client that Keycloak has for itself',
    correct: (text) =>
      /^(account|account-console|admin-cli|broker|realm-management|security-admin-console)$/.test(text)
        ? 'create a client of its own: Clients > Create client'
        : undefined,
  },
  {
    code: 'entity_id_mixed_up',
    provider: 'keycloak',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is not the address of the realm, without anything after it',
    correct: (text, entry) => {
      const own = realmOf(addressOf(text))
      if (own) return own.rest === '' && !text.endsWith('/') ? undefined : at(own, '')
      const other = realmOf(samlAddressOf(entry))
      return other && !URL.canParse(text) ? at(other, '') : undefined
    },
  },
  {
    code: 'entity_id_mismatch',
    provider: 'keycloak',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" names another realm than the other addresses',
    correct: (text, entry) => {
      const [one, other] = [realmOf(addressOf(text))?.name, realmOf(samlAddressOf(entry))?.name]
      return one && other && one !== other
        ? 'name one realm in all of them; upper and lower case count'
        : undefined
    },
  },
  {
    code: 'metadata_url_mixed_up',
    provider: 'keycloak',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is not the address of the "SAML 2.0 Identity Provider Metadata"',
    correct: (text) => correctSaml(text, '/protocol/saml/descriptor'),
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'keycloak',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is not where people sign in by SAML',
    correct: (text) => correctSaml(text, '/protocol/saml'),
  },
]

const otherRealm = 'make a realm for your people, and name that one'

function namesMaster(entry: Entry): boolean {
  return ['server_url', 'metadata_url'].some(
    (key) => realmOf(addressOf(textOf(entry, key)))?.name === 'master',
  )
}

interface Realm {
  /** The address of the realm. */
  readonly base: string
  readonly name: string
  /** What comes after it. */
  readonly rest: string
}

function realmOf(address: Address | undefined): Realm | undefined {
  const parts = /^(.*?\/realms\/([^/]+))(.*)$/.exec(address?.path ?? '')
  if (!address || !parts) return undefined
  const [, base = '', name = '', rest = ''] = parts
  return { base: `${address.origin}${base}`, name, rest }
}

/** For `master` nothing is computed: another realm is to be named. */
function at({ base, name }: Pick<Realm, 'base' | 'name'>, ending: string): Correction {
  if (name !== 'master' && name !== '') return { write: `${base}${ending}` }
  return `write ${base.replace(/[^/]*$/, 'REALM')}${ending}, with the name of your realm for REALM`
}

function correctConsole(text: string, ending: string): Correction | undefined {
  const address = addressOf(text)
  const parts = /^(.*)\/admin\/([^/]+)\/console$/.exec(address?.path ?? '')
  if (!address || !parts) return undefined
  const chosen = /^#\/(?:realms\/)?([^/?]+)/.exec(address.url.hash)?.[1]
  const name = chosen ?? parts[2] ?? ''
  return at({ base: `${address.origin}${parts[1]}/realms/${name}`, name }, ending)
}

/** Where it is Keycloak by name, and nothing comes after the host. */
function correctMissingRealm(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  if (!address || realmOf(address) || entry.value['issuer'] !== undefined) return undefined
  const isNamed = entry.provider === 'keycloak' && textOf(entry, 'provider') !== undefined
  const looksLikeIt =
    entry.provider === undefined &&
    /^([a-z0-9-]+\.)*([a-z0-9]+-)?keycloak(-[a-z0-9]+)?([.:]|$)/.test(address.host) &&
    /^(\/auth)?$/.test(address.path)
  if (!isNamed && !looksLikeIt) return undefined
  return at({ base: `${address.origin}${looksLikeIt ? address.path : ''}/realms/`, name: '' }, '')
}

function correctSaml(text: string, right: string): Correction | undefined {
  // Its ending is a path like any other here.
  const isDiscovery = /\/\.well-known\/openid-configuration\/?$/.test(text)
  const realm = realmOf(addressOf(text))
  return realm && (realm.rest !== right || isDiscovery) ? at(realm, right) : undefined
}
