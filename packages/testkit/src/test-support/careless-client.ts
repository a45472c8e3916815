/*
 * A relying party for the tests of this package. It checks nothing and goes on as long as it can, so that a
 * test sees everything a provider sends.
 */

export const careless = {
  client_id: 'client-1',
  client_secret: 'secret of client 1: 100% +',
  redirect_uri: 'https://app.example/callback?tenant=1',
}

/** The pair of RFC 7636 appendix B. */
const pkce = {
  code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
}

export const goodRequest: Record<string, string> = {
  response_type: 'code',
  scope: 'openid profile email',
  client_id: careless.client_id,
  redirect_uri: careless.redirect_uri,
  state: 'state-1',
  nonce: 'nonce-1',
  code_challenge: pkce.code_challenge,
  code_challenge_method: 'S256',
}

/** How requests reach the provider: its handler, or the network. */
type Fetch = (request: Request) => Promise<Response>

export function authorize(
  fetch: Fetch,
  issuer: string,
  parameters: Record<string, string> = goodRequest,
): Promise<Response> {
  return fetch(new Request(`${issuer}/authorize?${new URLSearchParams(parameters)}`, { redirect: 'manual' }))
}

/** The parameters with which an answer of the authorization endpoint sends the browser back. */
export function returned(response: Response): URLSearchParams {
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams
}

export function basic(id: string, secret: string): string {
  return `Basic ${btoa(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`)}`
}

/** Redeems a code. A change of undefined takes a parameter or header away. */
export function redeem(
  fetch: Fetch,
  issuer: string,
  code: string,
  changes: Record<string, string | undefined> = {},
  authorization: string | undefined = basic(careless.client_id, careless.client_secret),
): Promise<Response> {
  const good = {
    grant_type: 'authorization_code',
    code,
    redirect_uri: careless.redirect_uri,
    code_verifier: pkce.code_verifier,
  }
  const entries = Object.entries({ ...good, ...changes }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  return fetch(
    new Request(`${issuer}/token`, {
      method: 'POST',
      headers: authorization === undefined || authorization === '' ? {} : { authorization },
      body: new URLSearchParams(entries),
      redirect: 'manual',
    }),
  )
}

export function userinfo(fetch: Fetch, issuer: string, accessToken: string): Promise<Response> {
  return fetch(
    new Request(`${issuer}/userinfo`, {
      headers: { authorization: `Bearer ${accessToken}` },
      redirect: 'manual',
    }),
  )
}

/** A code, from a login that has come as far as the browser's return. */
export async function freshCode(
  fetch: Fetch,
  issuer: string,
  parameters?: Record<string, string>,
): Promise<string> {
  return returned(await authorize(fetch, issuer, parameters)).get('code') ?? ''
}
