import { createHash } from 'node:crypto'
import { compactVerify, decodeJwt, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import type { OpenIdProvider } from '../oidc/types.ts'
import { authorize, redeem, returned, userinfo } from './careless-client.ts'

/**
 * Everything that one login showed on the wire, flat: `claims.nonce`, `token.status`. What is random is put
 * into words.
 */
export type Observation = Record<string, unknown>

interface PublishedKeys {
  readonly keys: readonly JWK[]
}

/** Goes through a whole login, and says what came. What an earlier step made impossible is left out. */
export async function observeLogin(provider: OpenIdProvider): Promise<Observation> {
  const { issuer, fetch } = provider
  const seen: Observation = {}
  const document = await fetch(new Request(`${issuer}/.well-known/openid-configuration`))
  Object.assign(seen, await describeJson('discovery', document))
  const published = (await (await fetch(new Request(`${issuer}/jwks`))).json()) as PublishedKeys
  seen['jwks.keys'] = published.keys.length

  const back = returned(await authorize(fetch, issuer))
  for (const name of new Set(back.keys())) seen[`response.${name}`] = back.getAll(name).join(' and ')
  const code = back.get('code')
  if (code === null) return seen
  seen['response.code'] = back.getAll('code').length

  const response = await redeem(fetch, issuer, code)
  const tokens = await describeJson('token', response)
  const idToken = tokens['token.id_token']
  const accessToken = tokens['token.access_token']
  if (accessToken !== undefined) tokens['token.access_token'] = 'a token'
  if (typeof idToken === 'string' && idToken.includes('.')) {
    tokens['token.id_token'] = 'a token'
    Object.assign(seen, await describeIdToken(idToken, String(accessToken), published))
  }
  Object.assign(seen, tokens)
  if (accessToken === undefined) return seen
  return Object.assign(
    seen,
    await describeJson('userinfo', await userinfo(fetch, issuer, String(accessToken))),
  )
}

async function describeJson(part: string, response: Response): Promise<Observation> {
  const seen: Observation = {
    [`${part}.status`]: response.status,
    [`${part}.type`]: response.headers.get('content-type'),
  }
  if (!response.headers.get('content-type')?.startsWith('application/json')) return seen
  const body = (await response.json()) as Record<string, unknown>
  for (const [member, value] of Object.entries(body)) seen[`${part}.${member}`] = value
  return seen
}

async function describeIdToken(
  idToken: string,
  accessToken: string,
  published: PublishedKeys,
): Promise<Observation> {
  const seen: Observation = {}
  const [publicJwk] = published.keys
  for (const [member, value] of Object.entries(decodeProtectedHeader(idToken)))
    seen[`header.${member}`] = value
  if (seen['header.kid'] === publicJwk?.kid) seen['header.kid'] = 'published'
  for (const [member, value] of Object.entries(decodeJwt(idToken))) seen[`claims.${member}`] = value
  if (seen['claims.at_hash'] === halfHash(accessToken)) seen['claims.at_hash'] = 'fits'
  seen['signature'] = await describeSignature(idToken, publicJwk)
  return seen
}

function halfHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url')
}

/** Looks at the signature alone: the header may lie about algorithm, key and extensions. */
async function describeSignature(idToken: string, publicJwk: JWK | undefined): Promise<string> {
  const [header = '', payload = '', signature = ''] = idToken.split('.')
  if (signature === '') return 'none'
  if (publicJwk === undefined) return 'not verifiable'
  const { crit = [] } = decodeProtectedHeader(idToken)
  try {
    const known = Object.fromEntries(crit.map((name) => [name, true]))
    await compactVerify(`${header}.${payload}.${signature}`, await importJWK(publicJwk), {
      algorithms: [publicJwk.alg ?? ''],
      crit: known,
    })
    return 'by the provider'
  } catch {
    return 'not by the provider'
  }
}

/** What differs between two observations: the values of the second, undefined where it has none. */
export function differences(good: Observation, spoilt: Observation): Observation {
  const names = new Set([...Object.keys(good), ...Object.keys(spoilt)])
  const different = [...names].filter((name) => JSON.stringify(good[name]) !== JSON.stringify(spoilt[name]))
  return Object.fromEntries(different.map((name) => [name, spoilt[name]]))
}
