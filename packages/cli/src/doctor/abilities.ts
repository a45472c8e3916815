import type { OidcConnection } from '@doorward/core/config'
import { shown } from '@doorward/core/errors'
import { clientAuthenticationMethod, hasEndSession, idTokenAlgorithms } from '@doorward/core/oidc'
import { about, type Finding } from './finding.ts'

type Document = Readonly<Record<string, unknown>>
type Check = (document: Document, connection: OidcConnection) => Finding

/** Whether the provider says that it can do what a login will ask of it. */
export function checkAbilities(document: Document, connection: OidcConnection): readonly Finding[] {
  return checks.map((check) => check(document, connection))
}

/** @returns what the document lists under `name`, or undefined when it has no such list */
function listOf(document: Document, name: string): readonly string[] | undefined {
  const value = document[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined
}

const NOT_SAID = 'the provider does not say'

function checkResponseType(document: Document, { responseType }: OidcConnection): Finding {
  const type = about('response_type', 'response type')
  const supported = listOf(document, 'response_types_supported')
  if (supported === undefined || supported.includes(responseType)) {
    return type.ok(supported ? responseType : NOT_SAID)
  }
  return type.error(
    `the provider offers ${shown(supported)}, and "${responseType}" is needed`,
    responseType === 'code'
      ? 'allow the authorization code flow for the application at the provider'
      : 'write "response_type: code", or allow ID Tokens by the implicit flow for the application at the provider',
    'response_type',
  )
}

function checkResponseMode(document: Document, { responseMode }: OidcConnection): Finding {
  const mode = about('response_mode', 'response mode')
  const supported = listOf(document, 'response_modes_supported')
  if (supported === undefined || supported.includes(responseMode)) {
    return mode.ok(supported ? responseMode : `${responseMode}; ${NOT_SAID}`)
  }
  return mode.warning(
    `the provider offers ${shown(supported)}, and "${responseMode}" is used`,
    'try a login; if it fails, ask the provider for that response mode',
    'response_mode',
  )
}

function checkScopes(document: Document, { scopes }: OidcConnection): Finding {
  const scope = about('scopes', 'scopes')
  const supported = listOf(document, 'scopes_supported')
  const missing = scopes.filter((one) => supported?.includes(one) === false)
  if (missing.length === 0) return scope.ok(supported ? scopes.join(' ') : `${scopes.join(' ')}; ${NOT_SAID}`)
  return scope.warning(
    `the provider does not list ${missing.join(' ')}`,
    'some do not list all; if it refuses a login with "invalid_scope", leave these out of "scope"',
    'scopes',
  )
}

function checkPkce(document: Document, { pkce: isOn, responseType }: OidcConnection): Finding {
  const pkce = about('pkce', 'PKCE')
  if (responseType === 'id_token') return pkce.ok('not used: the implicit flow has no code')
  if (!isOn) return pkce.ok('switched off in the configuration')
  const supported = listOf(document, 'code_challenge_methods_supported')
  if (supported?.includes('S256')) return pkce.ok('S256')
  return pkce.warning(
    supported
      ? `the provider offers ${shown(supported)}, and S256 is used`
      : `${NOT_SAID} that it can do S256`,
    'many can and do not say so; if it refuses a login for it, write "code_challenge_method: none"',
    'pkce',
  )
}

function checkClientAuthentication(document: Document, connection: OidcConnection): Finding {
  const authentication = about('client_authentication', 'client auth')
  if (connection.responseType === 'id_token') return authentication.ok('not used in the implicit flow')
  const supported = listOf(document, 'token_endpoint_auth_methods_supported')
  const method = clientAuthenticationMethod(
    connection,
    supported ? { token_endpoint_auth_methods_supported: [...supported] } : {},
  )
  // https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata
  if ((supported ?? ['client_secret_basic']).includes(method)) return authentication.ok(method)
  const offered = shown(supported ?? ['client_secret_basic'])
  if (supported === undefined || method === 'none') {
    return authentication.warning(
      supported
        ? `the provider offers ${offered}, and "${method}" is used`
        : `"${method}" is used; ${NOT_SAID} that it takes that`,
      'try a login; if it fails with "invalid_client", change "token_auth_method" or the application at the provider',
      'client_authentication',
    )
  }
  const other = ['client_secret_post', 'client_secret_basic'].find((one) => supported.includes(one))
  return authentication.error(
    `the provider offers ${offered}, and "${method}" is used`,
    other === undefined
      ? 'allow client_secret_basic or client_secret_post for the application at the provider'
      : `write "token_auth_method: ${other}"`,
    'client_authentication',
  )
}

function checkAlgorithms(document: Document): Finding {
  const algorithm = about('algorithm', 'ID Token')
  const supported = listOf(document, 'id_token_signing_alg_values_supported')
  if (supported === undefined) return algorithm.ok(`signed how, ${NOT_SAID}`)
  const accepted = supported.filter((one) => idTokenAlgorithms.includes(one))
  if (accepted.length > 0) return algorithm.ok(`signed with ${shown(accepted)}`)
  return algorithm.error(
    `signed with ${shown(supported)}, which is never accepted`,
    'choose RS256, PS256, ES256 or EdDSA for the application at the provider',
    'id_token_algorithm_refused',
  )
}

/** What claims are called by the standard: nobody mapped these. */
const standardClaims = [
  'email_verified',
  'preferred_username',
  'name',
  'given_name',
  'family_name',
  'picture',
]

function checkClaims(document: Document, { claims, roles }: OidcConnection): Finding {
  const claim = about('claims', 'claims')
  const supported = listOf(document, 'claims_supported')
  const { groups, ...single } = claims
  // Many providers list no groups: it matters where somebody counts on them.
  const needed = roles.rules.length > 0 || groups[0] !== 'groups' ? groups : []
  const mapped = Object.values(single).filter((name) => name !== undefined && !standardClaims.includes(name))
  const isListed = (name = '') => supported?.some((one) => name === one || name.startsWith(`${one}.`)) ?? true
  const missing = mapped.filter((name) => !isListed(name))
  const lacksGroups = needed.length > 0 && !needed.some(isListed)
  const all = [...missing, ...(lacksGroups ? needed : [])]
  if (supported === undefined) return claim.ok(NOT_SAID)
  if (all.length === 0) return claim.ok([...new Set([...mapped, ...needed])].join(' '))
  return claim.warning(
    `the provider does not list ${[...new Set(all)].join(' ')}`,
    'some do not list all; look whether the provider sends them for this application, and how they are called',
    'claims',
  )
}

function checkUserinfo(document: Document, { claimsSource, endpoints }: OidcConnection): Finding {
  const userinfo = about('userinfo', 'userinfo')
  const isThere = (endpoints.userinfo ?? document['userinfo_endpoint']) !== undefined
  if (isThere) return userinfo.ok(claimsSource === 'id_token' ? 'there, not used' : 'there')
  if (claimsSource !== 'userinfo') return userinfo.ok('none; the ID Token says all')
  return userinfo.error(
    '"claims_source" is userinfo, and the provider has none',
    'write "claims_source: id_token", or "userinfo_endpoint: https://…"',
    'userinfo',
  )
}

function checkSignOut(document: Document, { logsOutAtProvider, endpoints }: OidcConnection): Finding {
  const signOut = about('sign_out', 'sign-out')
  const issuer = String(document['issuer'])
  const published = document['end_session_endpoint']
  const endpoint = endpoints.endSession ?? (typeof published === 'string' ? published : undefined)
  const signsOut = hasEndSession(
    endpoint === undefined ? { issuer } : { issuer, end_session_endpoint: endpoint },
  )
  const offered = [
    ...(signsOut ? ['end_session'] : []),
    ...(document['backchannel_logout_supported'] === true ? ['back-channel'] : []),
    ...(document['frontchannel_logout_supported'] === true ? ['front-channel'] : []),
  ]
  if (logsOutAtProvider && !signsOut) {
    return signOut.warning(
      'the provider publishes no end_session_endpoint: people stay signed in there',
      'switch that on there, write "end_session_endpoint: https://…", or remove "idp_logout"',
      'sign_out',
    )
  }
  return signOut.ok(offered.length > 0 ? `offered: ${offered.join(', ')}` : 'here alone')
}

const checks: readonly Check[] = [
  checkResponseType,
  checkResponseMode,
  checkScopes,
  checkPkce,
  checkClientAuthentication,
  checkAlgorithms,
  checkClaims,
  checkUserinfo,
  checkSignOut,
]
