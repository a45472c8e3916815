import { describe, expect, it } from 'vitest'
import { userinfo } from '../../test-support/careless-client.ts'
import { create } from '../../test-support/create.ts'

describe('the userinfo endpoint', () => {
  it('wants a token, and says so', async () => {
    const { fetch, issuer } = await create()
    const missing = await fetch(new Request(`${issuer}/userinfo`))
    expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="userinfo"',
    ])
    const wrong = await userinfo(fetch, issuer, 'unknown')
    expect([wrong.status, wrong.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="userinfo", error="invalid_token"',
    ])
  })
})
