import {
  type Cognito,
  type CognitoApplication,
  type CognitoUser,
  createCognito,
} from '@doorward/testkit/social'
import { describe, expect, it } from 'vitest'
import { createSocialScenario, type SocialScenario } from '../../test/social-scenario.ts'

const application: CognitoApplication = {
  client_id: '1example2cognito3',
  client_secret: 'a secret: 100% +',
  redirect_uris: ['https://sso.example.com/api/auth/social/amazon-cognito/login/callback/'],
}
const domain = 'https://acme.auth.eu-central-1.amazoncognito.com'
const person: CognitoUser = {
  sub: '4ebf6a5c-0000-4000-8000-1c0a4f0d2b11',
  username: 'somebody',
  email: 'somebody@mail.example',
  email_verified: 'true',
  name: 'Some Body',
  given_name: 'Some',
  family_name: 'Body',
}

async function open(
  user: Partial<CognitoUser> = {},
  app: Partial<CognitoApplication> = {},
  changes: object = {},
): Promise<SocialScenario & { cognito: Cognito }> {
  const { client_id, client_secret } = application
  const amazon_cognito = { client_id, client_secret, domain, ...changes }
  const cognito = createCognito({
    applications: [{ ...application, ...app }],
    user: { ...person, ...user } as CognitoUser,
  })
  const input = { social_account: { enabled: true, amazon_cognito } }
  return { ...(await createSocialScenario('amazon-cognito', input, () => cognito)), cognito }
}

describe('a login by the Cognito button', () => {
  it('says who it is, as the user pool says it', async () => {
    const { logIn } = await open()
    expect(await logIn()).toMatchObject({
      connection: 'amazon-cognito',
      protocol: 'social',
      issuer: domain,
      subject: person.sub,
      email: 'somebody@mail.example',
      emailVerified: true,
      username: 'somebody',
      name: 'Some Body',
      givenName: 'Some',
      familyName: 'Body',
    })
  })

  it('knows somebody by the longest subject that there may be', async () => {
    const sub = 'x'.repeat(255)
    expect(await (await open({ sub })).logIn()).toMatchObject({ subject: sub })
  })

  it('sends people to the domain, with PKCE and the scopes that are allowed there', async () => {
    const { depart } = await open()
    const url = await depart({ loginHint: 'somebody' })
    expect(url.origin + url.pathname).toBe(`${domain}/oauth2/authorize`)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: application.redirect_uris[0],
      scope: 'openid email profile',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      login_hint: 'somebody',
    })
    expect(url.searchParams.has('prompt')).toBe(false)
    expect((await depart({ forceLogin: true })).searchParams.get('prompt')).toBe('login')
  })

  it.each(['HTTPS://', 'https://', ''])(
    'goes to the same domain where that begins with "%s"',
    async (scheme) => {
      const { depart } = await open({}, {}, { domain: domain.replace('https://', scheme) })
      expect((await depart()).origin).toBe(domain)
    },
  )

  it.each(['false', 'no', 'TRUE', '1'])(
    'refuses an address whose email_verified is the text "%s"',
    async (text) => {
      const { refusal } = await open({ email_verified: text })
      expect((await refusal()).code).toBe('email_unverified')
    },
  )

  it.each(['false', undefined])('marks it where the configuration lets it in: %s', async (email_verified) => {
    const { logIn } = await open({ email_verified } as object, {}, { email_verification: 'automatic' })
    expect(await logIn()).toMatchObject({ email: 'somebody@mail.example', emailVerified: false })
  })

  it.each([
    ['email_missing', { email: undefined } as object, {}],
    ['authorization_failed', {}, { scopes: ['openid'] }],
    ['token_request_refused', {}, { client_secret: 'another' }],
    ['provider_response_invalid', { sub: '' }, {}],
    ['provider_response_invalid', { sub: 'x'.repeat(256) }, {}],
  ])('ends with %s for %j %j', async (code, user, app) => {
    const { refusal } = await open(user, app)
    expect((await refusal()).code).toBe(code)
  })

  it('tells an address that is not verified from one of which nothing is said', async () => {
    const { refusal } = await open({ email_verified: undefined } as object)
    expect((await refusal()).message).toContain('does not say')
  })

  it('refuses an answer that says it is from somebody else', async () => {
    const { refusal, cognito } = await open()
    const { code } = await refusal((answer) => answer.set('iss', 'https://evil.example'))
    expect(code).toBe('authorization_issuer_mismatch')
    expect(cognito.requests.count('/oauth2/token')).toBe(0)
  })
})
