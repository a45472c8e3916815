import { type ErrorCode, SsoError } from '@doorward/core'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppEnvironment } from './context.ts'
import type { Problem, PublicErrorCode } from './contract.ts'
import { isNavigation } from './navigation.ts'

/**
 * What a person is told for each precise reason. Everything that could help somebody who tries to get in reads the
 * same from outside.
 */
function publicErrorCode(code: ErrorCode): PublicErrorCode {
  switch (code) {
    case 'request_invalid':
    case 'request_cross_site':
    case 'return_to_refused':
    case 'address_invalid':
    case 'saml_response_missing':
      return 'bad_request'
    case 'rate_limited':
      return 'too_many_requests'
    case 'connection_not_found':
      return 'unknown_domain'
    case 'transaction_missing':
    case 'transaction_unreadable':
    case 'transaction_expired':
    case 'transaction_mismatch':
    case 'session_ended_early':
      return 'login_expired'
    case 'provider_unreachable':
    case 'provider_timeout':
    case 'provider_response_invalid':
    case 'provider_response_too_large':
    case 'provider_url_refused':
    case 'discovery_issuer_mismatch':
    case 'discovery_invalid':
    case 'saml_metadata_invalid':
    case 'saml_metadata_expired':
      return 'provider_unavailable'
    case 'tenant_not_allowed':
    case 'groups_overage':
    case 'organization_missing':
    case 'email_missing':
    case 'email_invalid':
    case 'email_outside_domain':
    case 'email_domain_of_another_connection':
    case 'email_unverified':
      return 'not_allowed'
    case 'transaction_replayed':
    case 'lifetime_too_long':
    case 'authorization_denied':
    case 'authorization_failed':
    case 'authorization_response_invalid':
    case 'authorization_issuer_mismatch':
    case 'pushed_request_refused':
    case 'token_request_refused':
    case 'token_response_invalid':
    case 'id_token_malformed':
    case 'id_token_algorithm_refused':
    case 'id_token_key_not_found':
    case 'id_token_signature_invalid':
    case 'id_token_issuer_mismatch':
    case 'id_token_audience_mismatch':
    case 'id_token_nonce_mismatch':
    case 'id_token_expired':
    case 'id_token_not_yet_valid':
    case 'id_token_claim_invalid':
    case 'id_token_access_token_mismatch':
    case 'authentication_too_old':
    case 'userinfo_subject_mismatch':
    case 'saml_unsolicited':
    case 'saml_xml_invalid':
    case 'saml_response_invalid':
    case 'saml_status':
    case 'saml_signature_missing':
    case 'saml_signature_refused':
    case 'saml_signature_invalid':
    case 'saml_encryption_unsupported':
    case 'saml_decryption_failed':
    case 'saml_issuer_mismatch':
    case 'saml_destination_mismatch':
    case 'saml_audience_mismatch':
    case 'saml_recipient_mismatch':
    case 'saml_request_mismatch':
    case 'saml_expired':
    case 'saml_not_yet_valid':
    case 'saml_assertion_invalid':
    case 'saml_attribute_invalid':
    case 'saml_logout_invalid':
    case 'logout_token_invalid':
    case 'logout_notice_invalid':
    case 'logout_replayed':
      return 'login_failed'
    case 'ledger_unavailable':
    case 'session_store_unavailable':
    case 'installation_invalid':
    case 'configuration_unreadable':
    case 'configuration_outdated':
    case 'configuration_missing':
    case 'configuration_unavailable':
      return 'server_error'
  }
}

/** Status, title and one sentence for a person, by public code. */
const problems: Readonly<
  Record<
    Problem['code'],
    { readonly status: ContentfulStatusCode; readonly title: string; readonly detail: string }
  >
> = {
  login_failed: {
    status: 403,
    title: 'Login failed',
    detail: "The identity provider's answer could not be accepted. Please try again.",
  },
  logout_failed: {
    status: 403,
    title: 'Logout failed',
    detail: "The identity provider's message could not be accepted. You may still be signed in.",
  },
  login_expired: {
    status: 400,
    title: 'Login expired',
    detail: 'This login took too long or was started in another browser. Please start again.',
  },
  not_allowed: {
    status: 403,
    title: 'Not allowed',
    detail: 'This account may not sign in here.',
  },
  unknown_domain: {
    status: 404,
    title: 'No identity provider found',
    detail: 'No identity provider is configured for this. Check the address, or ask your administrator.',
  },
  provider_unavailable: {
    status: 424,
    title: 'Identity provider unavailable',
    detail: 'The identity provider does not answer as it should. Please try again in a minute.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many requests',
    detail: 'There were too many attempts from your network. Please wait a minute.',
  },
  bad_request: {
    status: 400,
    title: 'Bad request',
    detail: 'Something in the request is missing or malformed.',
  },
  server_error: {
    status: 500,
    title: 'Server error',
    detail: 'Something went wrong on our side. Please try again later.',
  },
  not_signed_in: {
    status: 401,
    title: 'Not signed in',
    detail: 'Nobody is signed in.',
  },
  not_an_operator: {
    status: 401,
    title: 'Not an operator',
    detail: "This needs the operator's token: Authorization: Bearer TOKEN.",
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing at this address.',
  },
  method_not_allowed: {
    status: 405,
    title: 'Method not allowed',
    detail: 'This address is not for that method.',
  },
}

/** Answers an API call that is refused. @param detail one sentence, where there is a better one than for all of the code */
export function problem(
  c: Context<AppEnvironment>,
  code: Problem['code'],
  detail = problems[code].detail,
): Response {
  const { status, title } = problems[code]
  const body: Problem = { type: 'about:blank', title, status, detail, code, request_id: c.var.requestId }
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
}

/** Answers a refused request: a browser is sent to the login page, which explains; a program gets a problem. */
export function refuse(c: Context<AppEnvironment>, code: PublicErrorCode): Response {
  if (!isNavigation(c.req.raw)) return problem(c, code)
  const query = new URLSearchParams({ error: code, request_id: c.var.requestId })
  const { returnTo, forceLogin } = c.var
  if (returnTo !== undefined && returnTo !== '/') query.set('next', returnTo)
  if (forceLogin) query.set('prompt', 'login')
  return c.redirect(`/login?${query}`, 303)
}

/** The code for an exception of any kind: what was not refused on purpose is a fault of ours. */
export function publicErrorCodeOf(error: unknown): PublicErrorCode {
  return error instanceof SsoError ? publicErrorCode(error.code) : 'server_error'
}

/** The same, of a request that may be about signing out: then it is no login that has failed. */
export function refusalCodeOf(error: unknown, { isLogout }: AppEnvironment['Variables']): PublicErrorCode {
  const code = publicErrorCodeOf(error)
  return code === 'login_failed' && isLogout ? 'logout_failed' : code
}
