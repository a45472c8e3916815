import { addressOf, type Correction, type Trap } from '../trap.ts'

/** Duo. docs/idp/duo.md says where the facts are from. */
export const duoTraps: readonly Trap[] = [
  {
    code: 'duo_server_url',
    provider: 'duo',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not the "Issuer" of an application at Duo',
    correct: (text) => {
      const address = addressOf(text)
      if (!address || /^\/oidc\/DI[0-9A-Z]+$/.test(address.path)) return undefined
      const issuer = /^\/oidc\/DI[0-9A-Z]+/.exec(address.path)?.[0]
      if (isSignOn(address.host) && issuer) return { write: `${address.origin}${issuer}` }
      return isSignOn(address.host) || isOther(address.host)
        ? 'take the "Issuer" from the Metadata section of the application'
        : undefined
    },
  },
  {
    code: 'entity_id_doubtful',
    provider: 'duo',
    protocol: 'SAML',
    key: 'entity_id',
    message: '"entity_id" is hardly the "Entity ID" of an application at Duo, which ends in /metadata',
    correct: (text) => correctSaml(text, '/metadata', '"Entity ID"'),
  },
  {
    code: 'metadata_url_mixed_up',
    provider: 'duo',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" is not the "Metadata URL" of an application at Duo',
    correct: (text) => correctSaml(text, '/metadata', '"Metadata URL"'),
  },
  {
    code: 'sso_url_mixed_up',
    provider: 'duo',
    protocol: 'SAML',
    key: 'sso_url',
    message: '"sso_url" is not the "Single Sign-On URL" of an application at Duo',
    correct: (text) => correctSaml(text, '/sso', '"Single Sign-On URL"'),
  },
]

function isSignOn(host: string): boolean {
  return /\.sso\.duosecurity\.com$/.test(host)
}

/** What Duo has for administrators and for its own programming interface. */
function isOther(host: string): boolean {
  return /^(admin|api)-[0-9a-z]+\.duosecurity\.com$/.test(host)
}

function correctSaml(text: string, ending: string, label: string): Correction | undefined {
  const address = addressOf(text)
  if (!address) return undefined
  if (isOther(address.host)) return `take the ${label} from the Metadata section of the application`
  const base = isSignOn(address.host) ? /^\/saml2\/sp\/DI[0-9A-Z]+/.exec(address.path)?.[0] : undefined
  const right = `${base}${ending}`
  return base === undefined || address.path === right ? undefined : { write: `${address.origin}${right}` }
}
