import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  createOpenIdProvider,
  type LogoutPersonalityName,
  logoutPersonalities,
  logoutPersonalityNames,
} from '../index.ts'
import { freshCode, redeem } from '../test-support/careless-client.ts'
import { client, create, readJson } from '../test-support/create.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
const now = Date.UTC(2030, 0, 1) / 1000
const provider = await createOpenIdProvider({
  issuer: 'https://op.example',
  clients: [
    {
      ...client,
      backchannel_logout_uri: 'https://app.example/back?tenant=1',
      frontchannel_logout_uri: 'https://app.example/front?tenant=1',
    },
    { client_id: 'silent', redirect_uris: 'any' },
  ],
  algorithm: 'ES256',
  now: () => now * 1000,
})
const whom = { clientId: client.client_id, sub: 'user-1', sid: 'sid-1' }
const keys = createLocalJWKSet(
  (await readJson(await provider.fetch(new Request('https://op.example/jwks')))) as unknown as JSONWebKeySet,
)

/** What is in a token; `signature` as somebody sees it who looks at nothing else. */
async function seenIn(token: string): Promise<Record<string, unknown>> {
  if (!token.includes('.')) return { text: token }
  const seen: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(decodeProtectedHeader(token))) seen[`header.${name}`] = value
  for (const [name, value] of Object.entries(decodeJwt(token))) seen[`claims.${name}`] = value
  const verified = await jwtVerify(token, keys, { currentDate: new Date(now * 1000) }).catch(
    ({ code }: { code?: string }) => code ?? 'ERR',
  )
  const isGood = typeof verified !== 'string' || /CLAIM|EXPIRED/.test(verified)
  return { ...seen, signature: isGood ? 'good' : 'bad' }
}

/** What differs from the good token but for `jti`, which is new each time; undefined: it is not there. */
async function differencesOf(personality: LogoutPersonalityName): Promise<Record<string, unknown>> {
  const [good, seen] = await Promise.all(
    (['good', personality] as const).map(async (name) =>
      seenIn(await provider.logoutToken({ ...whom, personality: name })),
    ),
  )
  const names = new Set([...Object.keys(good ?? {}), ...Object.keys(seen ?? {})])
  const isNew = (name: string) => name === 'claims.jti' && (seen?.[name] ?? '') !== ''
  return Object.fromEntries(
    [...names]
      .filter((name) => JSON.stringify(good?.[name]) !== JSON.stringify(seen?.[name]) && !isNew(name))
      .map((name) => [name, seen?.[name]]),
  )
}

const bad = { signature: 'bad' }
const changes: Record<LogoutPersonalityName, Record<string, unknown>> = {
  good: {},
  'wrong-issuer': { 'claims.iss': 'https://other-issuer.example' },
  'issuer-differs-by-slash': { 'claims.iss': 'https://op.example/' },
  'wrong-audience': { 'claims.aud': 'another-client' },
  'issued-in-future': { 'claims.iat': now + 86_400, 'claims.exp': now + 86_520 },
  expired: { 'claims.iat': now - 600, 'claims.exp': now - 480 },
  'string-exp': { 'claims.exp': String(now + 120) },
  'missing-issuer': { 'claims.iss': undefined },
  'missing-audience': { 'claims.aud': undefined },
  'missing-iat': { 'claims.iat': undefined },
  'missing-exp': { 'claims.exp': undefined },
  'missing-jti': { 'claims.jti': undefined },
  'empty-jti': { 'claims.jti': '' },
  'missing-subject-and-session': { 'claims.sub': undefined, 'claims.sid': undefined },
  'numeric-subject': { 'claims.sub': 1 },
  'empty-session': { 'claims.sid': '' },
  'numeric-session': { 'claims.sid': 1 },
  'with-nonce': { 'claims.nonce': 'nonce' },
  'with-null-nonce': { 'claims.nonce': null },
  'missing-events': { 'claims.events': undefined },
  'other-event': { 'claims.events': { 'http://schemas.openid.net/event/another': {} } },
  'events-as-list': { 'claims.events': [event] },
  'events-as-text': { 'claims.events': event },
  'event-without-object': { 'claims.events': { [event]: true } },
  'forged-signature': bad,
  'tampered-payload': { 'claims.sub': 'somebody-else', ...bad },
  'alg-none': { 'header.alg': 'none', 'header.kid': undefined, ...bad },
  'hs256-with-client-secret': { 'header.alg': 'HS256', ...bad },
  'hs256-with-public-key': { 'header.alg': 'HS256', ...bad },
  'embedded-jwk': { 'header.kid': expect.any(String), 'header.jwk': expect.any(Object), ...bad },
  'unknown-kid': { 'header.kid': expect.any(String), ...bad },
  'not-a-jwt': expect.objectContaining({ text: 'logout' }) as Record<string, unknown>,
  'other-type': { 'header.typ': 'at+jwt' },
  'without-type': { 'header.typ': undefined },
  'type-of-any-jwt': { 'header.typ': 'JWT' },
  'type-in-full': { 'header.typ': 'application/LOGOUT+JWT' },
  'audience-as-list': { 'claims.aud': [client.client_id] },
  'more-claims': {
    'claims.events': { [event]: { why: 'x' } },
    'claims.http://unknown.example/claim': {},
  },
  'more-events': { 'claims.events': { [event]: {}, 'http://unknown.example/event': {} } },
}

describe('a logout token', () => {
  it('is good where nothing else is asked for', async () => {
    expect(await seenIn(await provider.logoutToken(whom))).toMatchObject({
      'header.typ': 'logout+jwt',
      'claims.iss': 'https://op.example',
      'claims.aud': client.client_id,
      'claims.iat': now,
      'claims.exp': now + 120,
      'claims.jti': expect.any(String),
      'claims.events': { [event]: {} },
      'claims.sub': 'user-1',
      'claims.sid': 'sid-1',
      signature: 'good',
    })
  })

  it.each(logoutPersonalityNames)('that is %s differs in exactly that', async (name) => {
    expect(await differencesOf(name)).toEqual(changes[name])
    expect(logoutPersonalities[name]).toMatchObject({ name, specification: expect.stringMatching(/\d/) })
  })

  it('says no more than it is told', async () => {
    const { sub, sid } = decodeJwt(await provider.logoutToken({ clientId: client.client_id, sid: 's' }))
    expect([sub, sid]).toEqual([undefined, 's'])
  })
})

it('goes to the address that the client registered', async () => {
  const request = await provider.backChannelLogout(whom)
  expect([request.method, request.url]).toEqual(['POST', 'https://app.example/back?tenant=1'])
  expect(request.headers.get('content-type')).toContain('application/x-www-form-urlencoded')
  const body = new URLSearchParams(await request.text())
  expect(decodeJwt(body.get('logout_token') ?? '').aud).toBe(client.client_id)
})

it('has an address for a frame', () => {
  expect(provider.frontChannelLogout(whom).href).toBe(
    'https://app.example/front?tenant=1&iss=https%3A%2F%2Fop.example&sid=sid-1',
  )
})

it('tells nobody who can not be told', async () => {
  for (const clientId of ['silent', 'unknown']) {
    await expect(provider.backChannelLogout({ clientId, sid: 's' })).rejects.toThrow(TypeError)
    expect(() => provider.frontChannelLogout({ clientId, sid: 's' })).toThrow(TypeError)
  }
})

it('calls the session of each login by a name of its own, unless it is told which', async () => {
  const sidOf = async ({ fetch, issuer }: Awaited<ReturnType<typeof create>>) => {
    const tokens = await readJson(await redeem(fetch, issuer, await freshCode(fetch, issuer)))
    return decodeJwt(String(tokens['id_token']))['sid']
  }
  const any = await create()
  expect(await sidOf(any)).not.toBe(await sidOf(any))
  expect(await sidOf(await create({ sid: 'sid-1' }))).toBe('sid-1')
})
