import { describe, expect, it } from 'vitest'
import { arriveSignedIn, isSignedIn } from '../person.ts'
import { openIdProviders, signIn, signOutHere, useOpenIdBrowser } from './provider.ts'

const open = useOpenIdBrowser()

describe.each(openIdProviders)('ID Tokens of $name', (provider) => {
  it.each([
    'PS256',
    'ES256',
    'EdDSA',
    // The newer name of the same, which Keycloak does not have.
    ...(provider.name === 'oidc-provider' ? ['Ed25519'] : []),
  ])('are taken with %s, and are good for signing out too', async (algorithm) => {
    const id = algorithm.toLowerCase()
    const { context, page, misdeeds } = await open()
    await signIn(page, provider, id)
    expect(await arriveSignedIn(page)).toMatchObject({
      idp: provider.connectionOf(id),
      email: provider.addressOf(id),
      email_verified: true,
    })
    const { header } = await signOutHere(page, provider)
    expect(header['alg']).toBe(algorithm)
    expect(await isSignedIn(page)).toBe(false)
    expect(misdeeds).toEqual({ foreign: [], errors: [] })
    await context.close()
  })

  it('may leave to userinfo who the person is', async () => {
    const { context, page } = await open()
    await signIn(page, provider, 'thin-tokens')
    const user = await arriveSignedIn(page)
    expect(user).toMatchObject({
      email: provider.addressOf('thin-tokens'),
      email_verified: true,
      first_name: 'Ünsal',
    })
    expect(user.groups).toContain('engineering')
    const { claims } = await signOutHere(page, provider)
    for (const name of ['email', 'email_verified', 'given_name', 'groups'])
      expect(claims).not.toHaveProperty(name)
    await context.close()
  })
})
