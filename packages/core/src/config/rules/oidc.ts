import type { Entry, Finding } from './entry.ts'
import { checkClient } from './oidc-client.ts'

/** What OpenID Connect needs beyond the shape of its keys. */
export function checkOidc(entry: Entry): readonly Finding[] {
  if (entry.protocol !== 'OIDC') return []
  const findings = [...checkDiscovery(entry), ...checkClient(entry), ...checkFlow(entry)]
  return [...findings, ...checkClaims(entry), ...checkLogout(entry)]
}

/** The endpoints without which nobody can log in. */
const needed = ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const

/** Either the provider describes itself at `server_url`, or all of it is written out. */
function checkDiscovery({ value }: Entry): readonly Finding[] {
  if (value['server_url'] !== undefined) return []
  const missing = needed.filter(
    (key) => value[key] === undefined && !(key === 'token_endpoint' && isImplicit(value)),
  )
  if (missing.length === needed.length || (missing.length > 0 && value['issuer'] === undefined)) {
    const fix =
      'add "server_url: https://…", the part of the discovery URL before /.well-known/openid-configuration'
    return [{ code: 'key_missing', message: '"server_url" is missing', fix }]
  }
  const wanted = value['claims_source'] === 'userinfo' ? ['userinfo_endpoint'] : []
  const absent = [...missing, ...wanted.filter((key) => value[key] === undefined)]
  if (absent.length > 0) {
    const message = `without "server_url", ${absent.map((key) => `"${key}"`).join(' and ')} must be written out`
    return [
      { code: 'endpoint_missing', message, fix: 'add what is missing, or "server_url" to have it looked up' },
    ]
  }
  if (value['issuer'] !== undefined) return []
  const message = 'without "server_url", "issuer" must say how the provider calls itself'
  return [
    { code: 'issuer_missing', message, fix: 'add "issuer: https://…", to the letter as in its ID Tokens' },
  ]
}

function isImplicit(value: Entry['value']): boolean {
  return value['response_type'] === 'id_token'
}

function checkFlow({ value }: Entry): readonly Finding[] {
  const findings: Finding[] = []
  const method = value['code_challenge_method']
  if (method === 'plain') {
    findings.push({
      code: 'pkce_plain',
      key: 'code_challenge_method',
      message: 'the method "plain" protects against nothing that matters',
      fix: 'write S256; "none" only for a provider that refuses PKCE',
    })
  }
  if (method === 'none' && !isImplicit(value))
    findings.push(value['token_auth_method'] === 'none' ? pkceNeeded : pkceOff)
  if (isImplicit(value)) findings.push(...checkImplicit(value))
  if (value['verify_token_signature'] === false) {
    findings.push({
      code: 'signature_still_verified',
      key: 'verify_token_signature',
      message: 'signatures are still verified: nothing switches that off',
      fix: 'remove it',
    })
  }
  return findings
}

/**
 * [RFC 9700, section 2.1.2](https://www.rfc-editor.org/rfc/rfc9700#section-2.1.2) wants the code flow; providers that were
 * set up for another product may allow nothing else than an ID Token at once.
 */
function checkImplicit(value: Entry['value']): readonly Finding[] {
  const findings: Finding[] = [
    {
      code: 'implicit_flow',
      key: 'response_type',
      message:
        'in the implicit flow the ID Token goes through the browser, and nothing more than it says is known; signature and nonce are checked all the same',
      fix: 'write "response_type: code" if the provider allows that',
    },
  ]
  if (value['response_mode'] === 'query') {
    const message = 'an ID Token must not stand in an address'
    findings.push({
      code: 'not_in_implicit',
      key: 'response_mode',
      message,
      fix: 'write form_post, or remove it',
    })
  }
  if (value['claims_source'] === 'userinfo') {
    const message = 'userinfo can not be asked in the implicit flow: that needs an access token'
    findings.push({ code: 'not_in_implicit', key: 'claims_source', message, fix: 'remove it' })
  }
  return findings
}

const pkceOff: Finding = {
  code: 'pkce_off',
  key: 'code_challenge_method',
  message: 'without PKCE a stolen code is easier to use; nonce and state are checked all the same',
  fix: 'remove it unless the provider refuses PKCE',
}

const pkceNeeded: Finding = {
  code: 'pkce_needed',
  key: 'code_challenge_method',
  message: 'a public client has nothing but PKCE to prove who it is',
  fix: 'write S256, or give it a "client_secret"',
}

function mappingOf({ value }: Entry): Readonly<Record<string, unknown>> {
  const mapping = value['claims_mapping']
  return typeof mapping === 'object' && mapping !== null ? (mapping as Record<string, unknown>) : {}
}

function checkClaims(entry: Entry): readonly Finding[] {
  const findings: Finding[] = []
  const mapping = mappingOf(entry)
  const userId = mapping['user_id']
  if (typeof userId === 'string' && userId !== 'sub') {
    findings.push({
      code: 'user_id_refused',
      key: 'claims_mapping',
      message:
        '"user_id" can only be "sub": of no other claim it is certain that it never passes to somebody else',
      fix: 'remove it',
    })
  }
  const isElsewhere = typeof mapping['email'] === 'string' && mapping['email'] !== 'email'
  if (
    isElsewhere &&
    mapping['email_verified'] === undefined &&
    entry.value['email_verification'] === 'require'
  ) {
    findings.push({
      code: 'email_never_verified',
      key: 'email_verification',
      message: 'nobody can come in: what says that the mapped address is verified is not mapped',
      fix: 'add "email_verified: …" to "claims_mapping", the claim that says so, or remove this',
    })
  }
  return findings
}

/** Where the file says already that nobody will be signed out at the provider. */
function checkLogout({ value, provider }: Entry): readonly Finding[] {
  if (value['idp_logout'] !== true || value['end_session_endpoint'] !== undefined) return []
  const finding = { code: 'logout_unavailable', key: 'idp_logout' } as const
  if (provider === 'google') {
    const message = 'Google signs nobody out: who signs out here stays signed in there'
    return [{ ...finding, message, fix: 'remove it' }]
  }
  if (value['server_url'] !== undefined) return []
  const message = 'nobody is signed out at the provider: without "server_url" nothing says where'
  return [{ ...finding, message, fix: 'add "end_session_endpoint: https://…", or remove it' }]
}
