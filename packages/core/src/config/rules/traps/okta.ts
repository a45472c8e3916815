import { type Entry, textOf } from '../entry.ts'
import {
  type Address,
  addressOf,
  type Correction,
  samlAddressOf,
  type Trap,
  writeUnlessSame,
} from '../trap.ts'

const issuer = 'take the "Issuer" from the instructions on the Sign On tab'

/** Okta. docs/idp/okta.md says where the facts are from. */
export const oktaTraps: readonly Trap[] = [
  {
    code: 'okta_admin_host',
    provider: 'okta',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is the address of the Admin Console',
    correct: (text) => {
      const address = addressOf(text)
      return address && isAdmin(address.host)
        ? { write: `https://${withoutAdmin(address.host)}${serverOf(address)}` }
        : undefined
    },
  },
  {
    code: 'okta_server_url',
    key: 'server_url',
    protocol: 'OIDC',
    message: '"server_url" has the end of the domain twice',
    correct: (text) => {
      const address = addressOf(text)
      const host = /^(.+\.okta(?:preview|-emea|-gov)?\.com)\.com$/.exec(address?.host ?? '')?.[1]
      return address && host !== undefined
        ? { write: `https://${withoutAdmin(host)}${serverOf(address)}` }
        : undefined
    },
  },
  {
    code: 'okta_server_url',
    provider: 'okta',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not the domain of your organisation at Okta',
    correct: (text) => {
      const host = addressOf(text)?.host ?? ''
      const isElsewhere = /^(login|www|developer|help|support|trust|status|my)\.okta\.com$/.test(host)
      return isElsewhere || isOneWord(host)
        ? 'take the domain that the menu of your account shows in the console, such as https://acme.okta.com'
        : undefined
    },
  },
  {
    code: 'okta_server_url',
    provider: 'okta',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" goes further than the authorization server',
    correct: (text) => {
      const address = addressOf(text)
      return (
        address &&
        writeUnlessSame(
          `https://${address.host}${address.path}`,
          `https://${address.host}${serverOf(address)}`,
        )
      )
    },
  },
  {
    code: 'okta_client_id',
    provider: 'okta',
    protocol: 'OIDC',
    key: 'client_id',
    message: '"client_id" is the ID of something else at Okta, such as a user, a group or a server',
    correct: (text) =>
      /^(00u|00g|aus|exk|0oi)[0-9A-Za-z]{17}$/.test(text)
        ? 'take the "Client ID" from the General tab of the application; it begins with 0oa'
        : undefined,
  },
  {
    code: 'okta_client_secret',
    provider: 'okta',
    protocol: 'OIDC',
    key: 'client_secret',
    message: '"client_secret" looks like an API token of Okta',
    correct: (text) =>
      /^00[\w-]{40}$/.test(text)
        ? 'take the secret from "Client secrets" on the General tab of the application, and revoke the token if it was shown to others'
        : undefined,
  },
  {
    code: 'entity_id_mixed_up',
    provider: 'okta',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is not the "Issuer", which begins with http:// and has nothing after the ID',
    correct: (text) => {
      const address = addressOf(text)
      const isIssuers = address?.host === 'www.okta.com' && address.steps.length === 1
      const id = isIssuers ? address.steps[0] : address?.path.includes('/sso/saml') && keyOf(address)
      return id ? writeUnlessSame(text, `http://www.okta.com/${id}`) : undefined
    },
  },
  {
    code: 'entity_id_doubtful',
    provider: 'okta',
    protocol: 'SAML',
    key: 'entity_id',
    message:
      '"entity_id" is hardly the "Issuer", which is http://www.okta.com/ and an ID that begins with exk',
    correct: (text, entry) => {
      const address = addressOf(text)
      if (!address || !/\.(okta|oktapreview|okta-emea|okta-gov)\.com$/.test(address.host) || keyOf(address))
        return undefined
      if (address.host === 'www.okta.com' && !/^\/0oa/.test(address.path)) return undefined
      const id = keyOf(samlAddressOf(entry))
      return id ? { write: `http://www.okta.com/${id}` } : issuer
    },
  },
  otherApplication('metadata_url'),
  otherApplication('sso_url'),
  {
    code: 'metadata_url_doubtful',
    provider: 'okta',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" leads to a page for people, not to metadata',
    correct: correctMetadataUrl,
  },
]

/** Two addresses that name two applications. */
function otherApplication(beside: 'metadata_url' | 'sso_url'): Trap {
  return {
    code: 'entity_id_mismatch',
    provider: 'okta',
    protocol: 'SAML',
    key: 'entity_id',
    message: `"entity_id" is of another application than "${beside}"`,
    correct: (text, entry) => {
      const [one, other] = [keyOf(addressOf(text)), keyOf(addressOf(textOf(entry, beside)))]
      return one && other && one !== other ? 'take both from the Sign On tab of one application' : undefined
    },
  }
}

function isAdmin(host: string): boolean {
  return /-admin\.(okta|oktapreview|okta-emea|okta-gov)\.com$|-admin\.okta\.mil$/.test(host)
}

function withoutAdmin(host: string): string {
  return isAdmin(host) ? host.replace('-admin.', '.') : host
}

/** A name without a domain. */
function isOneWord(host: string): boolean {
  return host !== '' && /^[^.:[]+$/.test(host) && host !== 'localhost'
}

/** The path of an authorization server: none for the organisation's own. */
function serverOf({ path }: Address): string {
  return /^\/oauth2\/(?!v1(\/|$))[^/]+/.exec(path)?.[0] ?? ''
}

/** The ID of an application with SAML. */
function keyOf(address: Address | undefined): string | undefined {
  return address?.steps.find((step) => /^exk[0-9A-Za-z]{8,}$/.test(step))
}

function correctMetadataUrl(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  if (!address) return undefined
  const id = keyOf(address) ?? keyOf(addressOf(textOf(entry, 'entity_id')))
  const isPage = /\/setup\/help\/|\/sso\/saml$/.test(address.path) || isAdmin(address.host)
  if (!isPage) return undefined
  return id
    ? { write: `https://${withoutAdmin(address.host)}/app/${id}/sso/saml/metadata` }
    : 'take the "Metadata URL" from the Sign On tab'
}
