import { expect, it } from 'vitest'
import { basic, careless, freshCode, redeem, userinfo } from '../../test-support/careless-client.ts'
import { create, readJson } from '../../test-support/create.ts'

it('takes an access token back from the client it belongs to, and says so of any token', async () => {
  const { fetch, issuer, requests } = await create()
  const tokens = await readJson(await redeem(fetch, issuer, await freshCode(fetch, issuer)))
  const token = String(tokens['access_token'])
  const revoke = async (body: Record<string, string>, authorization: string) => {
    const headers = { authorization }
    const request = { method: 'POST', headers, body: new URLSearchParams(body) }
    return (await fetch(new Request(`${issuer}/revoke`, request))).status
  }
  const us = basic(careless.client_id, careless.client_secret)
  expect(await revoke({ token }, basic('client-2', 'secret-2'))).toBe(200)
  expect((await userinfo(fetch, issuer, token)).status).toBe(200)
  expect(await revoke({ token }, basic(careless.client_id, 'wrong'))).toBe(401)
  expect(await revoke({}, us)).toBe(400)
  expect(await revoke({ token: 'unknown' }, us)).toBe(200)
  expect(await revoke({ token }, us)).toBe(200)
  expect((await userinfo(fetch, issuer, token)).status).toBe(401)
  expect(requests.last('revocation').clientAuthentication).toEqual(['client_secret_basic'])
  expect((await fetch(new Request(`${issuer}/revoke`))).status).toBe(405)
})
