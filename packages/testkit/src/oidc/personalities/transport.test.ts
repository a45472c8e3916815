import { beforeAll, describe, expect, it } from 'vitest'
import {
  type BackChannelEndpoint,
  ConnectionReset,
  createOpenIdProvider,
  type OpenIdProvider,
  type TransportFault,
} from '../../index.ts'
import { careless, freshCode, redeem, userinfo } from '../../test-support/careless-client.ts'

const issuer = 'https://op.example'
const hugeBytes = 200_000
const slowMilliseconds = 60
const endpoints: readonly BackChannelEndpoint[] = ['discovery', 'jwks', 'token', 'userinfo']

let provider: OpenIdProvider

beforeAll(async () => {
  provider = await createOpenIdProvider({
    issuer,
    clients: [{ client_id: careless.client_id, client_secret: careless.client_secret, redirect_uris: 'any' }],
    algorithm: 'ES256',
    hugeBytes,
    slowMilliseconds,
    dripMilliseconds: 5,
  })
})

/** One call of each back-channel endpoint within a login that began under the present personality. */
const calls: Record<BackChannelEndpoint, () => Promise<Response>> = {
  discovery: () => provider.fetch(new Request(`${issuer}/.well-known/openid-configuration`)),
  jwks: () => provider.fetch(new Request(`${issuer}/jwks`)),
  token: async () => redeem(provider.fetch, issuer, await freshCode(provider.fetch, issuer)),
  async userinfo() {
    const tokens = (await (await calls.token()).json()) as { access_token: string }
    return userinfo(provider.fetch, issuer, tokens.access_token)
  },
}

const expectations: Record<
  TransportFault,
  (call: () => Promise<Response>, at: BackChannelEndpoint) => Promise<void>
> = {
  async html(call) {
    const response = await call()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  },
  async 'invalid-json'(call) {
    const response = await call()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json'])
    await expect(response.json()).rejects.toThrow(SyntaxError)
  },
  async huge(call) {
    const text = await (await call()).text()
    expect(text.length).toBeGreaterThan(hugeBytes)
    expect(JSON.parse(text)).toBeTypeOf('object')
  },
  async 'huge-compressed'(call) {
    const response = await call()
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect((await response.text()).length).toBeGreaterThan(hugeBytes)
  },
  async slow(call) {
    const before = performance.now()
    expect((await call()).status).toBe(200)
    expect(performance.now() - before).toBeGreaterThanOrEqual(slowMilliseconds - 5)
  },
  async drip(call) {
    const response = await call()
    const reader = response.body?.getReader()
    for (let byte = 0; byte < 5; byte += 1) expect((await reader?.read())?.value).toHaveLength(1)
    await reader?.cancel()
  },
  async redirecting(call, at) {
    const response = await call()
    expect([response.status, response.headers.get('location')]).toEqual([307, `${issuer}/elsewhere/${at}`])
  },
  async reset(call) {
    await expect(call()).rejects.toThrow(ConnectionReset)
  },
}

describe.each(Object.entries(expectations) as [TransportFault, (typeof expectations)[TransportFault]][])(
  '%s',
  (fault, expectation) => {
    it.each(endpoints)('at %s, while the endpoints before and beside it are good', async (at) => {
      provider.personality = `${fault}-at-${at}`
      await expectation(calls[at], at)
      // Without tokens there is nothing to ask userinfo with.
      const others = endpoints.filter((name) => name !== at && !(at === 'token' && name === 'userinfo'))
      for (const name of others) expect(await (await calls[name]()).json()).toBeTypeOf('object')
    })
  },
)

it('a client that follows a redirect gets the good answer, and is seen', async () => {
  provider.personality = 'redirecting-at-token'
  provider.requests.clear()
  const code = await freshCode(provider.fetch, issuer)
  expect((await redeem(provider.fetch, issuer, code)).status).toBe(307)
  expect(provider.requests.count('elsewhere')).toBe(0)
  const location = new URL('/elsewhere/token', issuer)
  const body = new URLSearchParams({ client_secret: careless.client_secret })
  await provider.fetch(new Request(location, { method: 'POST', body }))
  expect(provider.requests.last('elsewhere').clientAuthentication).toEqual(['client_secret_post'])
})

it('slow and drip end when the client goes away', async () => {
  const client = new AbortController()
  const request = () => new Request(`${issuer}/jwks`, { signal: client.signal })
  provider.personality = 'drip-at-jwks'
  const reader = (await provider.fetch(request())).body?.getReader()
  provider.personality = 'slow-at-jwks'
  const slow = provider.fetch(request())
  client.abort()
  await expect(slow).rejects.toThrow('aborted')
  await expect(reader?.read().then(() => reader.read())).rejects.toThrow('aborted')
})
