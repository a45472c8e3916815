import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import type { OpenIdProvider, SigningAlgorithm } from '../index.ts'
import {
  authorize,
  freshCode,
  goodRequest,
  redeem,
  returned,
  userinfo,
} from '../test-support/careless-client.ts'
import { client, create, readJson } from '../test-support/create.ts'

/** Follows the published documents only, as a relying party does. */
async function logIn(
  provider: OpenIdProvider,
): Promise<{ claims: object; userinfo: object; header: object }> {
  const get = async (url: unknown) => readJson(await provider.fetch(new Request(String(url))))
  const document = await get(`${provider.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  expect(document['issuer']).toBe(provider.issuer)
  const request = new Request(`${document['authorization_endpoint']}?${new URLSearchParams(goodRequest)}`)
  const back = returned(await provider.fetch(request))
  expect([back.get('tenant'), back.get('state'), back.get('iss')]).toEqual(['1', 'state-1', provider.issuer])
  const tokenEndpoint = String(document['token_endpoint']).replace(/\/token$/, '')
  const tokens = await readJson(await redeem(provider.fetch, tokenEndpoint, back.get('code') ?? ''))
  const keys = createLocalJWKSet((await get(document['jwks_uri'])) as never)
  const { payload, protectedHeader } = await jwtVerify(String(tokens['id_token']), keys, {
    issuer: provider.issuer,
    audience: client.client_id,
    requiredClaims: ['exp', 'iat', 'sub', 'nonce', 'auth_time', 'at_hash'],
  })
  const answer = await userinfo(provider.fetch, tokenEndpoint, String(tokens['access_token']))
  return { claims: payload, header: protectedHeader, userinfo: await readJson(answer) }
}

describe('the good provider', () => {
  it.each<SigningAlgorithm>(['RS256', 'PS256', 'ES256', 'EdDSA'])(
    'passes a login verified by jose, with %s',
    async (algorithm) => {
      const login = await logIn(await create({ algorithm }))
      expect(login.header).toMatchObject({ alg: algorithm, typ: 'JWT' })
      const user = {
        sub: 'user-1',
        email: 'user@acme.example',
        email_verified: true,
        preferred_username: 'user',
      }
      expect(login.claims).toMatchObject({ ...user, nonce: 'nonce-1' })
      expect(login.userinfo).toMatchObject(user)
    },
  )

  it.each(['https://op.example/', 'https://op.example/tenant-1', 'https://op.example/tenant-1/'])(
    'passes a login as %s',
    async (issuer) => {
      expect((await logIn(await create({ issuer }))).claims).toMatchObject({ iss: issuer })
    },
  )

  it('puts the claims where it is told', async () => {
    const thin = await logIn(await create({ claimsIn: 'userinfo' }))
    expect([thin.claims, thin.userinfo]).toMatchObject([{ sub: 'user-1' }, { email: 'user@acme.example' }])
    expect(thin.claims).not.toHaveProperty('email')
    const full = await logIn(await create({ claimsIn: 'id_token' }))
    expect([full.claims, full.userinfo]).toMatchObject([{ email: 'user@acme.example' }, { sub: 'user-1' }])
    expect(full.userinfo).not.toHaveProperty('email')
  })

  it('takes user and personality from the authorization request', async () => {
    const provider = await create({
      user: (parameters) => ({ sub: parameters.get('login_hint') ?? 'user-1', groups: ['staff'] }),
      personality: (parameters) => (parameters.get('login_hint') === 'user-2' ? 'access-denied' : 'good'),
    })
    expect((await logIn(provider)).claims).toMatchObject({ sub: 'user-1', groups: ['staff'] })
    const denied = returned(
      await authorize(provider.fetch, provider.issuer, { ...goodRequest, login_hint: 'user-2' }),
    )
    expect([denied.get('error'), denied.get('code')]).toEqual(['access_denied', null])
  })

  it('keeps the personality with which a login began', async () => {
    const provider = await create({ personality: 'invalid-grant' })
    const code = await freshCode(provider.fetch, provider.issuer)
    provider.personality = 'good'
    expect((await redeem(provider.fetch, provider.issuer, code)).status).toBe(400)
    expect((await logIn(provider)).claims).toMatchObject({ sub: 'user-1' })
  })

  it('has only the new key after a rotation', async () => {
    const provider = await create()
    const kids = async () => {
      const { keys } = await readJson(await provider.fetch(new Request(`${provider.issuer}/jwks`)))
      return (keys as { kid: string }[]).map((key) => key.kid)
    }
    const before = await kids()
    const kid = await provider.rotateKeys()
    expect(await kids()).toEqual([kid])
    expect(before).not.toContain(kid)
    expect((await logIn(provider)).header).toMatchObject({ kid })
  })

  it('publishes no private key material', async () => {
    const { keys } = await readJson(await (await create()).fetch(new Request('https://op.example/jwks')))
    expect(Object.keys((keys as object[])[0] ?? {}).sort()).toEqual([
      'alg',
      'crv',
      'kid',
      'kty',
      'use',
      'x',
      'y',
    ])
  })

  it('remembers what it was asked', async () => {
    const provider = await create()
    await logIn(provider)
    expect([...provider.requests].map(({ endpoint, status }) => [endpoint, status])).toEqual([
      ['discovery', 200],
      ['authorization', 302],
      ['token', 200],
      ['jwks', 200],
      ['userinfo', 200],
    ])
    expect(provider.requests.last('authorization').parameters.get('nonce')).toBe('nonce-1')
    expect(provider.requests.last('token').clientAuthentication).toEqual(['client_secret_basic'])
    provider.requests.clear()
    expect(provider.requests.count('token')).toBe(0)
    expect(() => provider.requests.last('token')).toThrow('no request to the token endpoint')
  })
})

it('has nothing at other addresses', async () => {
  const { fetch, requests } = await create()
  expect((await fetch(new Request('https://op.example/other'))).status).toBe(404)
  expect(requests.count('unknown')).toBe(1)
})
