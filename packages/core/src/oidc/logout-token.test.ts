import {
  type LogoutPersonality,
  type LogoutPersonalityName,
  type LogoutStart,
  logoutPersonalities,
  logoutPersonalityNames,
} from '@doorward/testkit'
import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import { createScenario, goAndReturn, logIn, refusalOf, type Scenario, verify } from '../../test/scenario.ts'
import { SsoError } from '../errors/index.ts'
import type { ProviderLogout } from '../login/provider-logout.ts'
import { userIdOf } from '../session/record.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const issuer = 'https://idp.example'
const of = { connection: 'acme', issuer }

function read({ logout, connection, clock }: Scenario, unverifiedToken: string): Promise<ProviderLogout> {
  return logout.readToken({ connection, baseUrl, unverifiedToken, now: clock.now() })
}

function tokenOf({ provider }: Scenario, start: Partial<LogoutStart> = {}): Promise<string> {
  return provider.logoutToken({ clientId: 'client-1', sub: 'user-1', sid: 'sid-1', ...start })
}

/** A token with one change. */
function changed(claims: Record<string, unknown>, without: readonly string[] = []): LogoutPersonality {
  return {
    ...logoutPersonalities.good,
    hooks: {
      claims: (good) =>
        Object.fromEntries(
          Object.entries({ ...good, ...claims }).filter(([name]) => !without.includes(name)),
        ),
    },
  }
}

/** Why a token was refused, with what an administrator reads. */
async function refusedBecause(reading: Promise<unknown>): Promise<SsoError> {
  try {
    await reading
  } catch (error) {
    if (error instanceof SsoError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

/** What is refused, and which word of the event log says why. */
const reasons: Partial<Record<LogoutPersonalityName, string>> = {
  'wrong-issuer': 'iss',
  'issuer-differs-by-slash': 'iss',
  'missing-issuer': 'iss',
  'wrong-audience': 'aud',
  'missing-audience': 'aud',
  'issued-in-future': 'iat',
  'missing-iat': 'iat',
  expired: 'exp',
  'string-exp': 'exp',
  'missing-exp': 'exp',
  'missing-jti': 'jti',
  'empty-jti': 'jti',
  'missing-subject-and-session': 'sub',
  'numeric-subject': 'sub',
  'empty-session': 'sid',
  'numeric-session': 'sid',
  'with-nonce': 'nonce',
  'with-null-nonce': 'nonce',
  'missing-events': 'events',
  'other-event': 'events',
  'events-as-list': 'events',
  'events-as-text': 'events',
  'event-without-object': 'events',
  'forged-signature': 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'tampered-payload': 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  'alg-none': 'ERR_JOSE_ALG_NOT_ALLOWED',
  'hs256-with-client-secret': 'ERR_JOSE_ALG_NOT_ALLOWED',
  'hs256-with-public-key': 'ERR_JOSE_ALG_NOT_ALLOWED',
  'embedded-jwk': 'ERR_JWKS_NO_MATCHING_KEY',
  'unknown-kid': 'ERR_JWKS_NO_MATCHING_KEY',
  'not-a-jwt': 'ERR_JWS_INVALID',
  'other-type': 'typ',
}

describe('a logout token', () => {
  it.each(logoutPersonalityNames)('that is %s is treated as the testkit says', async (personality) => {
    const scenario = await createScenario()
    const reading = read(scenario, await tokenOf(scenario, { personality }))
    if (logoutPersonalities[personality].logout === 'must-be-obeyed') {
      expect((await reading).groups).toHaveLength(1)
      expect(reasons[personality]).toBeUndefined()
      return
    }
    const { code, details } = await refusedBecause(reading)
    expect(code).toBe('logout_token_invalid')
    expect(Object.values(details)).toContain(reasons[personality])
  })

  it('for several clients is refused, though we are among them', async () => {
    const scenario = await createScenario()
    const personality = changed({ aud: ['client-1', 'client-2'] })
    const { details } = await refusedBecause(read(scenario, await tokenOf(scenario, { personality })))
    expect(details).toEqual({ claim: 'aud' })
  })

  it('for nobody is refused', async () => {
    const scenario = await createScenario()
    const personality = changed({ aud: [] })
    const { details } = await refusedBecause(read(scenario, await tokenOf(scenario, { personality })))
    expect(details).toMatchObject({ claim: 'aud' })
  })

  it.each(['iat', 'exp'])('without %s is refused for that, and not for its age', async (claim) => {
    const scenario = await createScenario()
    const personality = changed({}, [claim])
    const { details } = await refusedBecause(read(scenario, await tokenOf(scenario, { personality })))
    expect(details).toEqual({ reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim })
  })

  it.each([[null], [[]], ['yes'], [true]])('is not about a logout where the event is %j', async (event) => {
    const scenario = await createScenario()
    const events = { 'http://schemas.openid.net/event/backchannel-logout': event }
    for (const claims of [{ events }, { events: event }]) {
      const token = await tokenOf(scenario, { personality: changed(claims) })
      expect((await refusedBecause(read(scenario, token))).details).toEqual({ claim: 'events' })
    }
  })

  it.each(['jti', 'sub', 'sid'])('is refused where its %s is no text', async (claim) => {
    const scenario = await createScenario()
    for (const value of [null, ['user-1'], { length: 1 }]) {
      const token = await tokenOf(scenario, { personality: changed({ [claim]: value }) })
      expect((await refusedBecause(read(scenario, token))).details).toMatchObject({ claim })
    }
  })

  it('is not an ID Token, though that is genuine and for us', async () => {
    const scenario = await createScenario()
    const { providerSession } = await verify(scenario, await goAndReturn(scenario))
    const idToken = providerSession.protocol === 'oidc' ? providerSession.idToken.reveal() : ''
    expect(await refusalOf(read(scenario, idToken))).toBe('logout_token_invalid')
  })

  it('is no ID Token either', async () => {
    const scenario = await createScenario()
    const token = await tokenOf(scenario, { personality: 'type-of-any-jwt' })
    const { hooks } = { hooks: { idToken: () => token } }
    scenario.provider.personality = {
      name: 'logout token',
      wrong: 'the ID token is a logout token',
      specification: 'section 4.1',
      login: 'must-fail',
      hooks,
    }
    expect(await refusalOf(logIn(scenario))).toBe('id_token_claim_invalid')
  })

  it('names one session, of its person where it says whose it is, or all of the person', async () => {
    const scenario = await createScenario()
    const userId = await userIdOf({ ...of, subject: 'user-1' })
    const groupsOf = async (claims: Record<string, unknown>, without?: readonly string[]) =>
      (await read(scenario, await tokenOf(scenario, { personality: changed(claims, without) }))).groups
    const session = { by: 'provider-session', ...of, sid: 'sid-1' }
    expect(await groupsOf({})).toEqual([{ ...session, userId }])
    expect(await groupsOf({}, ['sub'])).toEqual([{ ...session, userId: undefined }])
    expect(await groupsOf({}, ['sid'])).toEqual([{ by: 'user', userId }])
  })

  it.each([
    ['sub', 255],
    ['sid', 255],
  ])('may have a %s of %i characters, and no longer one', async (claim, length) => {
    const scenario = await createScenario()
    const reading = async (characters: number) =>
      read(scenario, await tokenOf(scenario, { personality: changed({ [claim]: 'x'.repeat(characters) }) }))
    expect((await reading(length)).groups).toHaveLength(1)
    expect(await refusalOf(reading(length + 1))).toBe('logout_token_invalid')
  })

  it('may have a name of any length, by which it is used once', async () => {
    const scenario = await createScenario()
    const jti = 'x'.repeat(2000)
    expect((await read(scenario, await tokenOf(scenario, { personality: changed({ jti }) }))).id).toBe(jti)
  })

  it('counts until it expires, by a clock that may be half a minute off', async () => {
    const scenario = await createScenario()
    const [early, token] = [scenario.clock.now(), await tokenOf(scenario)]
    const { expiresAt } = await read(scenario, token)
    expect(expiresAt).toBe(early + 2 * MINUTE + 30 * SECOND)
    scenario.clock.advance(expiresAt - early - 1)
    expect((await read(scenario, token)).expiresAt).toBe(expiresAt)
    scenario.clock.advance(1)
    expect(await refusalOf(read(scenario, token))).toBe('logout_token_invalid')
  })

  it('counts for an hour at most, whatever it says', async () => {
    const scenario = await createScenario()
    const start = scenario.clock.now()
    const token = await tokenOf(scenario, { personality: changed({ exp: start / 1000 + 7 * 86_400 }) })
    const { expiresAt } = await read(scenario, token)
    expect(expiresAt).toBe(start + 60 * MINUTE + 30 * SECOND)
    scenario.clock.advance(expiresAt - start)
    const { details } = await refusedBecause(read(scenario, token))
    expect(details).toEqual({ claim: 'iat', sinceSeconds: 3630 })
  })

  it('may be half a minute from the future', async () => {
    const scenario = await createScenario()
    const at = (seconds: number) => changed({ iat: scenario.clock.now() / 1000 + seconds })
    expect((await read(scenario, await tokenOf(scenario, { personality: at(30) }))).id).toBeDefined()
    expect(await refusalOf(read(scenario, await tokenOf(scenario, { personality: at(31) })))).toBe(
      'logout_token_invalid',
    )
  })

  it('may be signed with a key that was changed this moment', async () => {
    const scenario = await createScenario()
    await read(scenario, await tokenOf(scenario))
    await scenario.provider.rotateKeys()
    expect((await read(scenario, await tokenOf(scenario))).groups).toHaveLength(1)
  })

  it('is not judged where the provider can not be asked for its keys', async () => {
    const scenario = await createScenario({ intercept: () => () => Promise.reject(new Error('down')) })
    expect(await refusalOf(read(scenario, await tokenOf(scenario)))).toBe('provider_unreachable')
  })
})
