import { createGoogle, type Google, type GoogleUser } from '@doorward/testkit/social'
import { describe, expect, it } from 'vitest'
import { createSocialScenario, type SocialScenario } from '../../test/social-scenario.ts'

const application = {
  client_id: '1-a.apps.googleusercontent.com',
  client_secret: 'GOCSPX-secret',
  redirect_uris: ['https://sso.example.com/api/auth/social/google/login/callback/'],
}
const settings = { client_id: application.client_id, client_secret: application.client_secret }
const person: GoogleUser = {
  sub: '110169484474386276334',
  email: 'somebody@gmail.com',
  email_verified: true,
  name: 'Some Body',
  given_name: 'Some',
  family_name: 'Body',
}

async function open(
  user: GoogleUser,
  changes: object = {},
  rest: object = {},
): Promise<SocialScenario & { google: Google }> {
  const input = { social_account: { enabled: true, google: { ...settings, ...changes } }, ...rest }
  let google: Google | undefined
  const scenario = await createSocialScenario('google', input, async (now) => {
    google = await createGoogle({ applications: [application], user, now })
    return google
  })
  return { ...scenario, google: google as Google }
}

describe('a login by the Google button', () => {
  it('says who it is, by the number that Google never gives to anybody else', async () => {
    const { logIn } = await open(person)
    expect(await logIn()).toMatchObject({
      connection: 'google',
      protocol: 'social',
      issuer: 'https://accounts.google.com',
      subject: '110169484474386276334',
      email: 'somebody@gmail.com',
      emailVerified: true,
      name: 'Some Body',
      givenName: 'Some',
      familyName: 'Body',
      groups: [],
    })
  })

  it('has its answer come to the address of the button', async () => {
    const { depart } = await open(person)
    const url = await depart()
    expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: application.client_id,
      redirect_uri: application.redirect_uris[0],
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^.{22}$/),
    })
    expect(url.searchParams.has('prompt')).toBe(false)
  })

  it('after a sign-out asks which account, in the one word for it that Google knows', async () => {
    const { depart, google } = await open(person)
    const url = await depart({ forceLogin: true })
    expect(url.searchParams.getAll('prompt')).toEqual(['select_account'])
    expect((await google.fetch(new Request(url, { redirect: 'manual' }))).status).toBe(302)
  })

  it('lets an account in that an organisation manages', async () => {
    const { logIn } = await open({ ...person, email: 'user@acme.example', hd: 'acme.example' })
    expect(await logIn()).toMatchObject({ email: 'user@acme.example', emailVerified: true })
  })

  it.each([
    ['a private account under the address of a domain', { email: 'user@acme.example' }],
    ['an address that was never verified', { email_verified: false }],
  ])('refuses %s, for which Google does not vouch', async (_, changes) => {
    const { refusal } = await open({ ...person, ...changes })
    expect((await refusal()).code).toBe('email_unverified')
  })

  it('lets such an account in where the configuration wants it so, and marks it', async () => {
    const { logIn } = await open(
      { ...person, email: 'user@acme.example' },
      { email_verification: 'automatic' },
    )
    expect(await logIn()).toMatchObject({ email: 'user@acme.example', emailVerified: false })
  })

  it.each<[string, object, object]>([
    ['a company login', {}, {}],
    ['one that is off', {}, { enabled: false }],
    ['one, while single sign-on is off', { enabled: false }, {}],
  ])('brings no address of a domain that belongs to %s', async (_, section, entry) => {
    const company = {
      id: 'company',
      name: 'Company',
      protocol: 'OIDC',
      server_url: 'https://idp.example',
      client_id: 'client-1',
      client_secret: 'secret-1',
      email_domain: 'acme.example',
      ...entry,
    }
    const sso = { enabled: true, identity_providers: [company], ...section }
    const { refusal } = await open({ ...person, email: 'user@acme.example', hd: 'acme.example' }, {}, { sso })
    expect((await refusal()).code).toBe('email_domain_of_another_connection')
  })

  it('asks Google once for what it publishes', async () => {
    const { logIn, google } = await open(person)
    await logIn()
    await logIn()
    expect(google.provider.requests.count('jwks')).toBe(1)
    expect(google.provider.requests.count('token')).toBe(2)
  })
})
