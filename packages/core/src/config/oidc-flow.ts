import { readCertificates } from '../encoding/certificate.ts'
import type { OidcConnection } from './connection.ts'
import type { OidcEntry } from './format/file.ts'
import { readEntry } from './rules/entry.ts'

/** How a login goes, and who we are at the provider. */
type Flow = Pick<
  OidcConnection,
  | 'callbackPath'
  | 'clientId'
  | 'clientAuthentication'
  | 'clientKeyId'
  | 'clientCertificate'
  | 'assertionAudience'
  | 'responseType'
  | 'responseMode'
  | 'pkce'
  | 'scopes'
  | 'audience'
  | 'resource'
  | 'asks'
  | 'pushedRequests'
> & { readonly clientSecret: string | undefined; readonly clientPrivateKey: string | undefined }

/**
 * Makes of an entry how a login goes there.
 *
 * @param enablePkce what goes for every provider unless it says otherwise
 */
export function flowOf(entry: OidcEntry, enablePkce: boolean): Flow {
  const { response_type: responseType, token_auth_method: authMethod, code_challenge_method: method } = entry
  const isImplicit = responseType === 'id_token'
  const isPublic = isImplicit || authMethod === 'none'
  const usesKey =
    !isImplicit && (authMethod ?? (entry.client_private_key && 'private_key_jwt')) === 'private_key_jwt'
  const pkce = method === undefined ? enablePkce || isPublic : method === 'S256'
  return {
    callbackPath: entry.callback_path,
    clientId: entry.client_id,
    clientSecret: isPublic || usesKey ? undefined : entry.client_secret,
    clientAuthentication: authMethod ?? 'automatic',
    ...clientKeyOf(entry, usesKey),
    responseType,
    responseMode: entry.response_mode ?? (isImplicit ? 'form_post' : 'query'),
    // There is no code to protect in the implicit flow.
    pkce: pkce && !isImplicit,
    scopes: scopesOf(entry),
    audience: entry.audience,
    resource: entry.resource,
    pushedRequests: entry.pushed_authorization_requests,
    asks: {
      prompt: entry.prompt ?? [],
      maxAge: entry.max_age,
      acrValues: entry.acr_values?.flatMap((text) => text.split(/\s+/)) ?? [],
      domainHint: entry.domain_hint,
    },
  }
}

/** Of these two it is known that they take nothing else for an audience than the address that is called. */
const WANT_ENDPOINT: readonly (string | undefined)[] = ['azure', 'okta']

function clientKeyOf(entry: OidcEntry, isUsed: boolean) {
  const read = isUsed ? readCertificates(entry.client_certificate ?? '') : undefined
  const byDefault = WANT_ENDPOINT.includes(readEntry(entry)?.provider) ? 'endpoint' : 'issuer'
  return {
    clientPrivateKey: isUsed ? entry.client_private_key : undefined,
    clientKeyId: isUsed ? entry.client_key_id : undefined,
    clientCertificate: read && 'certificates' in read ? read.certificates[0]?.der : undefined,
    assertionAudience: entry.client_assertion_audience ?? byDefault,
  } as const
}

function scopesOf(entry: OidcEntry): readonly string[] {
  const asked = entry.scope?.flatMap((text) => text.split(' ')) ?? ['profile', 'email']
  // What Graph asks for before it says which groups somebody is in.
  const graph = entry.groups_overage === 'graph' ? ['User.Read'] : []
  return [...new Set(['openid', ...asked, ...graph])]
}
