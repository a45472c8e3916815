import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { authorize, basic, careless, goodRequest, returned } from '../../test-support/careless-client.ts'
import { client, create, readJson } from '../../test-support/create.ts'
import type { OpenIdProvider } from '../types.ts'

function push(
  provider: OpenIdProvider,
  parameters: Record<string, string> = goodRequest,
  headers: Record<string, string> = { authorization: basic(careless.client_id, careless.client_secret) },
): Promise<Response> {
  const body = new URLSearchParams(parameters)
  return provider.fetch(new Request(`${provider.issuer}/par`, { method: 'POST', headers, body }))
}

async function pushed(provider: OpenIdProvider): Promise<Record<string, string>> {
  const response = await push(provider)
  expect(response.status).toBe(201)
  const { request_uri } = await readJson(response)
  return { client_id: careless.client_id, request_uri: String(request_uri) }
}

it('stands for the request that was pushed, once, whatever is sent beside it', async () => {
  const provider = await create({ pushedRequests: 'required' })
  const request = await pushed(provider)
  const back = returned(await authorize(provider.fetch, provider.issuer, { ...request, state: 'other' }))
  expect([back.has('code'), back.get('state')]).toEqual([true, 'state-1'])
  expect((await authorize(provider.fetch, provider.issuer, request)).status).toBe(400)
})

it('is for the client that pushed it, and for a minute', async () => {
  let now = 0
  const provider = await create({ pushedRequests: 'offered', now: () => now })
  const other = { ...(await pushed(provider)), client_id: 'client-2' }
  expect((await authorize(provider.fetch, provider.issuer, other)).status).toBe(400)
  const request = await pushed(provider)
  now += 61_000
  expect((await authorize(provider.fetch, provider.issuer, request)).status).toBe(400)
})

it('is demanded where it is required, advertised where it is offered, and not there where it is absent', async () => {
  const required = await create({ pushedRequests: 'required' })
  expect(returned(await authorize(required.fetch, required.issuer)).get('error')).toBe('invalid_request')
  for (const pushedRequests of ['offered', 'absent'] as const) {
    const provider = await create({ pushedRequests })
    const document = await provider.fetch(new Request(`${provider.issuer}/.well-known/openid-configuration`))
    const isThere = 'pushed_authorization_request_endpoint' in (await readJson(document))
    expect(isThere).toBe(pushedRequests === 'offered')
    expect((await push(provider)).status).toBe(isThere ? 201 : 404)
  }
})

it.each<[Record<string, string>, Record<string, string> | undefined, number]>([
  [{}, {}, 401],
  [{}, { authorization: basic(careless.client_id, 'x') }, 401],
  [{ redirect_uri: 'https://evil.example/' }, undefined, 400],
  [{ request_uri: 'urn:x' }, undefined, 400],
  [{ response_type: 'token' }, undefined, 400],
])('refuses %o', async (change, headers, status) => {
  const provider = await create({ pushedRequests: 'offered' })
  expect((await push(provider, { ...goodRequest, ...change }, headers)).status).toBe(status)
})

it('knows a client by what it signs, once, for one audience', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const { client_secret: _, ...rest } = client
  const signing = {
    ...rest,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    jwks: { keys: [await exportJWK(publicKey)] },
  }
  const provider = await create({ clients: [signing], pushedRequests: 'offered' })
  const sign = (claims: Record<string, unknown>) =>
    new SignJWT({
      iss: 'client-1',
      sub: 'client-1',
      aud: provider.issuer,
      jti: crypto.randomUUID(),
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256' })
      .setExpirationTime('1m')
      .sign(privateKey)
  const statusFor = async (client_assertion: string) => {
    const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
    return (await push(provider, { ...goodRequest, client_assertion, client_assertion_type }, {})).status
  }
  const good = await sign({})
  expect(await statusFor(good)).toBe(201)
  expect(await statusFor(good)).toBe(401)
  expect(await statusFor(await sign({ aud: `${provider.issuer}/par` }))).toBe(201)
  for (const wrong of [
    { aud: `${provider.issuer}/token` },
    { aud: [provider.issuer] },
    { sub: 'x' },
    { jti: undefined },
  ]) {
    expect(await statusFor(await sign(wrong))).toBe(401)
  }
  expect(await statusFor('x.y.z')).toBe(401)
})
