import { describe, expect, it } from 'vitest'
import { arriveSignedIn, doorward } from '../person.ts'
import { leave, metadataOf, openIdProviders, receivedBy, signIn, useOpenIdBrowser } from './provider.ts'

const open = useOpenIdBrowser()

describe('oidc-provider', () => {
  it.each([
    ['a secret in the header', 'basic', 'client_secret_basic'],
    ['a secret in the body', 'post', 'client_secret_post'],
    ['a secret in the header, where others may do it in the body', 'basic-of-both', 'client_secret_basic'],
    ['a key', 'key', 'private_key_jwt'],
  ])('lets us in by %s alone', async (_, id, method) => {
    const { context, page } = await open()
    const [provider] = openIdProviders
    await signIn(page, provider, id)
    expect((await arriveSignedIn(page)).email).toBe(provider.addressOf(id))
    const proved = (await receivedBy(id)).filter(({ authentication }) => authentication !== 'none')
    expect(proved).toMatchObject([
      { route: 'pushed_authorization_request', authentication: method },
      { route: 'token', authentication: method },
    ])
    expect(proved.map(({ parameters }) => parameters)).toEqual([
      expect.arrayContaining(['code_challenge', 'nonce', 'state']),
      expect.arrayContaining(['code', 'code_verifier']),
    ])
    await context.close()
  })
})

describe.each(openIdProviders)('$name', (provider) => {
  it('gets PKCE where it wants it', async () => {
    const { context, page } = await open()
    const asked = await leave(page, provider, 'pkce')
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('code_challenge')).toMatch(/^[\w-]{43}$/)
    await provider.fillIn(page, 'pkce')
    await arriveSignedIn(page)
    await context.close()
    // And it does want it.
    asked.delete('code_challenge')
    asked.delete('code_challenge_method')
    expect(await refuses(provider.issuerOf('pkce'), asked)).toBe(true)
  })

  it('gets pushed requests where it wants them', async () => {
    const { context, page } = await open()
    const asked = await signIn(page, provider, 'pushed')
    await arriveSignedIn(page)
    expect([...asked.keys()].sort()).toEqual(['client_id', 'request_uri'])
    await context.close()
    asked.delete('request_uri')
    asked.set('response_type', 'code')
    asked.set('scope', 'openid')
    asked.set('redirect_uri', `${doorward}/api/auth/oidc/${provider.connectionOf('pushed')}/login/callback/`)
    expect(await refuses(provider.issuerOf('pushed'), asked)).toBe(true)
  })
})

/** Whether a provider answers with an error at once, and asks nobody who they are. */
async function refuses(issuer: string, request: URLSearchParams): Promise<boolean> {
  const { authorization_endpoint: endpoint } = await metadataOf(issuer)
  const response = await fetch(`${endpoint}?${request}`, { redirect: 'manual' })
  const location = response.headers.get('location') ?? issuer
  return response.status >= 400 || new URL(location, issuer).searchParams.get('error') === 'invalid_request'
}
