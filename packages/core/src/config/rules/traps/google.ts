import { GOOGLE_ISSUER } from '../../google.ts'
import { textOf, textsOf } from '../entry.ts'
import { addressOf, type Correction, type Trap, writeUnlessSame } from '../trap.ts'

/** Google, as OpenID Connect, SAML and social account. docs/idp/google.md says where the facts are from. */
export const googleTraps: readonly Trap[] = [
  {
    code: 'google_client_id',
    provider: 'google',
    key: 'client_id',
    message: '"client_id" is not the ID of an OAuth client, which ends in .apps.googleusercontent.com',
    correct: correctClientId,
  },
  {
    code: 'google_client_secret',
    provider: 'google',
    key: 'client_secret',
    message: '"client_secret" looks like another kind of credential of Google',
    correct: (text) =>
      /^(AIza|ya29\.|1\/\/|\{|-----BEGIN)|\.apps\.googleusercontent\.com$/.test(text)
        ? 'take the "Client secret" of the OAuth client; it begins with GOCSPX-'
        : undefined,
  },
  {
    code: 'google_server_url',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not how Google calls itself in ID Tokens',
    correct: (text) => {
      const address = addressOf(text)
      const isElsewhere =
        /^((www|admin|workspace|myaccount|console\.cloud|console\.developers)\.)?google\.com$|^(www|oauth2|openidconnect)\.googleapis\.com$/
      const isFurther = address?.host === 'accounts.google.com' && address.path !== ''
      return isFurther || isElsewhere.test(address?.host ?? '') ? { write: GOOGLE_ISSUER } : undefined
    },
  },
  {
    code: 'google_without_domain',
    provider: 'google',
    protocol: 'OIDC',
    key: 'server_url',
    at: 'key',
    message: 'without "email_domain", everybody who has an account at Google can come in',
    correct: (_, entry) =>
      textsOf(entry, 'email_domain').length + textsOf(entry, 'email_addresses').length === 0
        ? 'add it, with the domain of your Google Workspace, unless that is meant'
        : undefined,
  },
  {
    code: 'google_metadata_url',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" can not be an address at Google, which offers its metadata as a file only',
    correct: (text) =>
      /^(accounts|admin)\.google\.com$/.test(addressOf(text)?.host ?? '')
        ? 'remove it; write "sso_url" and "x509_cert", or the file as "idp_metadata_file"'
        : undefined,
  },
  {
    code: 'entity_id_mixed_up',
    provider: 'google',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is not the "Entity ID" that Google shows',
    correct: (text, entry) => correctSaml(text, idOf(text) ?? idOf(textOf(entry, 'sso_url')), '/o/saml2'),
  },
  {
    code: 'entity_id_mismatch',
    provider: 'google',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" has another idpid than "sso_url"',
    correct: (text, entry) => {
      const [one, other] = [idOf(text), idOf(textOf(entry, 'sso_url'))]
      return one && other && one !== other ? 'take both from the page of one application' : undefined
    },
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'google',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is not the "SSO URL" that Google shows',
    correct: (text, entry) =>
      correctSaml(text, idOf(text) ?? idOf(textOf(entry, 'entity_id')), '/o/saml2/idp'),
  },
]

const clientId = /[0-9]+-[0-9a-z_]+\.apps\.googleusercontent\.com/

function correctClientId(text: string): Correction | undefined {
  if (/^[\w-]+\.apps\.googleusercontent\.com$/.test(text)) return undefined
  const inner = clientId.exec(text)?.[0]
  if (inner !== undefined) return { write: inner }
  if (/^[0-9]+-[0-9a-z]{32}$/.test(text)) return { write: `${text}.apps.googleusercontent.com` }
  return text.startsWith('GOCSPX-')
    ? 'this is the secret: exchange "client_id" and "client_secret"'
    : 'take the "Client ID" of an OAuth client of the type "Web application"'
}

/** The part of Google's SAML addresses that says whose they are. */
function idOf(text: string | undefined): string | undefined {
  const address = addressOf(text)
  return address?.host === 'accounts.google.com'
    ? (address.url.searchParams.get('idpid') ?? undefined)
    : undefined
}

function correctSaml(text: string, id: string | undefined, path: string): Correction | undefined {
  if (addressOf(text)?.host !== 'accounts.google.com') return undefined
  return id === undefined
    ? 'take it from "Google Identity Provider details"; it ends in ?idpid= and an ID'
    : writeUnlessSame(text, `${GOOGLE_ISSUER}${path}?idpid=${id}`)
}
