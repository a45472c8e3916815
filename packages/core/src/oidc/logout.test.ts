import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import { createScenario, refusalOf, type Scenario, spoilt } from '../../test/scenario.ts'
import type { LogoutNotice } from './logout.ts'

const issuer = 'https://idp.example'

function read({ logout, connection }: Scenario, query: string): Promise<LogoutNotice> {
  return logout.readNotice({ connection, baseUrl, unverifiedQuery: new URLSearchParams(query) })
}

/** A provider whose pages are elsewhere. */
function createSpread(addresses: Record<string, string>): Promise<Scenario> {
  const personality = spoilt({ discoveryDocument: (good) => ({ ...good, ...addresses }) })
  return createScenario({ provider: { personality } })
}

describe('what a provider says in a frame', () => {
  it('is about one session, whosever it is', async () => {
    const { group } = await read(await createScenario(), `iss=${issuer}&sid=sid-1`)
    expect(group).toEqual({
      by: 'provider-session',
      connection: 'acme',
      issuer,
      sid: 'sid-1',
      userId: undefined,
    })
  })

  it.each([
    ['neither issuer nor session', ''],
    ['no issuer', 'sid=sid-1'],
    ['no session', `iss=${issuer}`],
    ['an empty session', `iss=${issuer}&sid=`],
    ['an empty issuer', 'iss=&sid=sid-1'],
    ['another issuer', 'iss=https://other-issuer.example&sid=sid-1'],
    ['the issuer with a slash', `iss=${issuer}/&sid=sid-1`],
    ['two issuers', `iss=${issuer}&iss=${issuer}&sid=sid-1`],
    ['two sessions', `iss=${issuer}&sid=sid-1&sid=sid-2`],
    ['a session of too long a name', `iss=${issuer}&sid=${'x'.repeat(256)}`],
  ])('counts for nothing with %s', async (_, query) => {
    expect(await refusalOf(read(await createScenario(), query))).toBe('logout_notice_invalid')
  })

  it('may name a session as long as one is kept', async () => {
    expect(await read(await createScenario(), `iss=${issuer}&sid=${'x'.repeat(255)}`)).toBeDefined()
  })

  it('may name an issuer as long as one may be', async () => {
    const long = `${issuer}/${'x'.repeat(300)}`
    const scenario = await createScenario({ provider: { issuer: long }, connection: { serverUrl: long } })
    expect((await read(scenario, `iss=${long}&sid=sid-1`)).group).toMatchObject({ issuer: long })
  })

  it('is not read where the provider can not be asked who it is', async () => {
    const down = await createScenario({ intercept: () => () => Promise.reject(new Error('down')) })
    expect(await refusalOf(read(down, `iss=${issuer}&sid=sid-1`))).toBe('provider_unreachable')
  })

  it('may be shown by the pages of the provider, wherever it has them, and each is named once', async () => {
    const query = `iss=${issuer}&sid=sid-1`
    expect((await read(await createScenario(), query)).framedBy).toEqual([issuer])
    const spread = await createSpread({
      authorization_endpoint: 'https://login.acme.example:8443/authorize',
      end_session_endpoint: 'https://logout.acme.example/out',
    })
    expect((await read(spread, query)).framedBy).toEqual([
      issuer,
      'https://login.acme.example:8443',
      'https://logout.acme.example',
    ])
    const without = await createSpread({ end_session_endpoint: 'http://idp.example/out' })
    expect((await read(without, query)).framedBy).toEqual([issuer])
  })

  it('is shown by none that says more than an origin in a header', async () => {
    const odd = await createSpread({ end_session_endpoint: 'https://a;sandbox.example/out' })
    expect((await read(odd, `iss=${issuer}&sid=sid-1`)).framedBy).toEqual([issuer])
  })
})
