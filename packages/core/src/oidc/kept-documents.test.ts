import { describe, expect, it } from 'vitest'
import { createScenario, logIn, refusalOf, type Scenario, spoilt } from '../../test/scenario.ts'
import type { Fetch } from '../ports/fetch.ts'

const HOUR = 60 * 60 * 1000

/** A scenario in which documents can be kept back. */
async function scenarioThatFails() {
  const failing = new Set<string>()
  const intercept =
    (provider: Fetch): Fetch =>
    async (url, init) =>
      [...failing].some((end) => url.endsWith(end))
        ? new Response('no', { status: 503 })
        : provider(url, init)
  return { scenario: await createScenario({ intercept }), failing }
}

const asked = ({ provider }: Scenario, endpoint: 'discovery' | 'jwks') => provider.requests.count(endpoint)

describe('while a provider does not give its documents', () => {
  it.each(['/openid-configuration', '/jwks'])('the last good one serves for a day: %s', async (end) => {
    const { scenario, failing } = await scenarioThatFails()
    await logIn(scenario)
    failing.add(end)
    scenario.clock.advance(24 * HOUR - 1)
    expect((await logIn(scenario)).subject).toBe('user-1')
    expect(scenario.events).toEqual([
      {
        type: 'metadata.kept',
        requestId: expect.any(String),
        connection: 'acme',
        code: 'provider_response_invalid',
        message: expect.any(String),
        details: expect.anything(),
        until: Date.UTC(2026, 0, 2),
      },
    ])
    scenario.clock.advance(1)
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
  })

  it('nobody is let in whose key is not known', async () => {
    const { scenario, failing } = await scenarioThatFails()
    await logIn(scenario)
    failing.add('/jwks')
    scenario.clock.advance(2 * HOUR)
    await scenario.provider.rotateKeys()
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
  })

  it('it is asked again after five minutes', async () => {
    const { scenario, failing } = await scenarioThatFails()
    await logIn(scenario)
    failing.add('/openid-configuration')
    scenario.clock.advance(2 * HOUR)
    await logIn(scenario)
    failing.clear()
    await logIn(scenario)
    expect(asked(scenario, 'discovery')).toBe(1)
    scenario.clock.advance(5 * 60 * 1000)
    await logIn(scenario)
    expect(asked(scenario, 'discovery')).toBe(2)
  })
})

it('a document that is refused does not take the place of a good one', async () => {
  const scenario = await createScenario()
  await logIn(scenario)
  scenario.provider.personality = spoilt({
    discoveryDocument: (good) => ({ ...good, issuer: 'https://evil.example' }),
    jwks: () => ({ keys: 'none' }),
  })
  scenario.clock.advance(2 * HOUR)
  expect((await logIn(scenario)).subject).toBe('user-1')
  expect(scenario.events.map((event) => 'code' in event && event.code)).toEqual([
    'discovery_issuer_mismatch',
    'provider_response_invalid',
  ])
})

it('a key that was removed dies with the next good document', async () => {
  const scenario = await createScenario()
  let signedByOld = ''
  scenario.provider.personality = spoilt({
    idToken: (good) => {
      signedByOld = good
      return good
    },
  })
  await logIn(scenario)
  await scenario.provider.rotateKeys()
  scenario.clock.advance(HOUR)
  scenario.provider.personality = 'good'
  await logIn(scenario)
  // Whatever else is wrong with it by now: its key is looked for first.
  scenario.provider.personality = spoilt({ idToken: () => signedByOld })
  expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
})

it('the keys of an address that has moved are no longer meant', async () => {
  const scenario = await createScenario()
  await logIn(scenario)
  scenario.clock.advance(HOUR / 2)
  await scenario.provider.rotateKeys()
  await logIn(scenario)
  scenario.provider.personality = spoilt({
    discoveryDocument: (good) => ({ ...good, jwks_uri: `${good.jwks_uri}?moved` }),
  })
  // The metadata is renewed, and the keys of the old address would be good for another half hour.
  scenario.clock.advance(HOUR / 2)
  await logIn(scenario)
  expect(scenario.provider.requests.last('jwks').url.search).toBe('?moved')
})
