import { describe, expect, it } from 'vitest'
import {
  basic,
  careless,
  freshCode,
  goodRequest,
  redeem,
  userinfo,
} from '../../test-support/careless-client.ts'
import { client, create, readJson } from '../../test-support/create.ts'
import type { Client } from '../types.ts'

describe('the token endpoint', () => {
  const invalidGrant: [string, Record<string, string | undefined>][] = [
    ['another redirect_uri', { redirect_uri: 'https://app.example/callback' }],
    ['no code_verifier', { code_verifier: undefined }],
    ['a wrong code_verifier', { code_verifier: 'a'.repeat(43) }],
    ['an unknown code', { code: 'unknown' }],
  ]
  it.each(invalidGrant)('answers invalid_grant to %s', async (_, change) => {
    const { fetch, issuer } = await create()
    const response = await redeem(fetch, issuer, await freshCode(fetch, issuer), change)
    expect([response.status, await readJson(response)]).toMatchObject([400, { error: 'invalid_grant' }])
  })

  it('answers invalid_grant to a verifier without a challenge', async () => {
    const { fetch, issuer } = await create()
    const { code_challenge: _, code_challenge_method: __, ...without } = goodRequest
    expect((await redeem(fetch, issuer, await freshCode(fetch, issuer, without))).status).toBe(400)
    const code = await freshCode(fetch, issuer, without)
    expect((await redeem(fetch, issuer, code, { code_verifier: undefined })).status).toBe(200)
  })

  it('accepts a code once, and revokes what it was given for on the second use', async () => {
    const { fetch, issuer } = await create()
    const code = await freshCode(fetch, issuer)
    const tokens = await readJson(await redeem(fetch, issuer, code))
    const accessToken = String(tokens['access_token'])
    expect((await userinfo(fetch, issuer, accessToken)).status).toBe(200)
    expect(await readJson(await redeem(fetch, issuer, code))).toMatchObject({ error: 'invalid_grant' })
    expect((await userinfo(fetch, issuer, accessToken)).status).toBe(401)
  })

  it('accepts a code once, also of ten requests at the same time', async () => {
    const { fetch, issuer } = await create()
    const code = await freshCode(fetch, issuer)
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(fetch, issuer, code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('answers invalid_grant after a minute', async () => {
    let now = Date.now()
    const { fetch, issuer } = await create({ now: () => now })
    const code = await freshCode(fetch, issuer)
    now += 62_000
    expect(await readJson(await redeem(fetch, issuer, code))).toMatchObject({ error: 'invalid_grant' })
  })

  it('answers invalid_grant to a client that the code was not issued to', async () => {
    const { fetch, issuer } = await create()
    const response = await redeem(
      fetch,
      issuer,
      await freshCode(fetch, issuer),
      {},
      basic('client-2', 'secret-2'),
    )
    expect(await readJson(response)).toMatchObject({ error: 'invalid_grant' })
  })

  it.each([
    ['a wrong secret', basic(careless.client_id, 'wrong')],
    ['an unknown client', basic('client-3', careless.client_secret)],
    ['Basic without base64', 'Basic :'],
    ['Bearer', 'Bearer abc'],
  ])('answers invalid_client and a challenge to %s', async (_, authorization) => {
    const { fetch, issuer } = await create()
    const response = await redeem(fetch, issuer, await freshCode(fetch, issuer), {}, authorization)
    expect([response.status, await readJson(response)]).toMatchObject([401, { error: 'invalid_client' }])
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic /)
  })

  it('takes credentials in the body, and refuses them in both places', async () => {
    const { fetch, issuer, requests } = await create()
    const credentials = { client_id: client.client_id, client_secret: client.client_secret }
    expect((await redeem(fetch, issuer, await freshCode(fetch, issuer), credentials, '')).status).toBe(200)
    expect(requests.last('token').clientAuthentication).toEqual(['client_secret_post'])
    const both = await redeem(fetch, issuer, await freshCode(fetch, issuer), credentials)
    expect([both.status, await readJson(both)]).toMatchObject([400, { error: 'invalid_request' }])
  })

  it('holds a client to the method it registered', async () => {
    const { fetch, issuer } = await create({
      clients: [{ ...client, token_endpoint_auth_method: 'client_secret_post' }],
    })
    expect((await redeem(fetch, issuer, await freshCode(fetch, issuer))).status).toBe(401)
  })

  it('takes a public client by its id alone, and nobody else', async () => {
    const { client_secret, ...nameless } = client
    const publicClient = { ...nameless, token_endpoint_auth_method: 'none' } as const
    const statusFor = async (registered: Client, changes: Record<string, string | undefined>) => {
      const { fetch, issuer } = await create({ clients: [registered] })
      return (await redeem(fetch, issuer, await freshCode(fetch, issuer), changes, '')).status
    }
    const { client_id } = client
    expect(await statusFor(publicClient, { client_id })).toBe(200)
    expect(await statusFor(publicClient, { client_id, client_secret })).toBe(401)
    expect(await statusFor(publicClient, { client_id, code_verifier: undefined })).toBe(400)
    expect(await statusFor(publicClient, { client_id: 'client-2' })).toBe(401)
    expect(await statusFor(publicClient, {})).toBe(401)
    expect(await statusFor(nameless, { client_id })).toBe(401)
    expect(await statusFor(client, { client_id })).toBe(401)
  })

  it.each<[string, Record<string, string | undefined>]>([
    ['unsupported_grant_type', { grant_type: 'password' }],
    ['invalid_request', { grant_type: undefined }],
    ['invalid_request', { code: undefined }],
    ['invalid_request', { redirect_uri: undefined }],
  ])('answers %s to %o', async (error, change) => {
    const { fetch, issuer } = await create()
    expect(await readJson(await redeem(fetch, issuer, await freshCode(fetch, issuer), change))).toMatchObject(
      { error },
    )
  })
})
