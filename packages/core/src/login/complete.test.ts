import { describe, expect, it } from 'vitest'
import { baseUrlOf, CLIENT_SECRET, reachWith } from '../../test/configured.ts'
import { createScenario, refusalOf, type Scenario, spoilt, urlOf, visit } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { sha256 } from '../encoding/digest.ts'
import { Secret } from '../encoding/secret.ts'
import type { Ledger } from '../ports/ledger.ts'
import { type SessionGroup, TOMBSTONE_LIFETIME } from '../ports/session-store.ts'
import { userIdOf } from '../session/record.ts'
import { beginLogin } from './begin.ts'
import { completeLogin, openLogin } from './complete.ts'
import { DEFAULT_RETURN_TO, type ReturnTo } from './return-to.ts'
import type { LoginServices } from './services.ts'
import { TRANSACTION_LIFETIME } from './transaction.ts'

/** What a browser has after it came back from the provider: the answer, and a cookie for each login it began. */
interface Browser {
  readonly answer: URLSearchParams
  readonly cookies: ReadonlyMap<string, string>
}

/** @param meanwhile what happens while the person is at the provider */
async function goAndReturn(scenario: Scenario, meanwhile?: () => Promise<unknown>): Promise<Browser> {
  const { connection, services } = scenario
  const { departure, transaction } = await beginLogin(
    connection,
    { returnTo: DEFAULT_RETURN_TO, loginHint: undefined, forceLogin: false },
    services,
  )
  await meanwhile?.()
  return {
    answer: await visit(scenario, urlOf(departure)),
    cookies: new Map([[transaction.id, transaction.sealed]]),
  }
}

/** Completes a login as the route does: the answer's `state` names the cookie. */
async function complete(
  { connection, services }: { connection: OidcConnection; services: LoginServices },
  { answer, cookies }: Browser,
) {
  const transactionId = answer.get('state') ?? ''
  const reference = { connection, transactionId, sealedTransaction: cookies.get(transactionId) }
  return completeLogin(await openLogin(reference, services), answer, services)
}

/** The same installation with some parts replaced. */
const replaced = (scenario: Scenario, services: Partial<LoginServices>) => ({
  connection: scenario.connection,
  services: { ...scenario.services, ...services },
})

/** A provider that names its own session. */
const withSid = spoilt({ idTokenClaims: (good) => ({ ...good, sid: 'sid-1' }) })

/** What the logins of a scenario left in the store. */
const sessionsOf = ({ store, connection }: Scenario) =>
  store.list({ by: 'connection', connection: connection.id })

describe('a login', () => {
  it('ends in a session for the person whom the provider named', async () => {
    const scenario = await createScenario({ connection: { reach: reachWith({ domains: ['acme.example'] }) } })
    const { record, token } = await complete(scenario, await goAndReturn(scenario))
    expect(record.identity).toMatchObject({
      connection: 'acme',
      protocol: 'oidc',
      issuer: 'https://idp.example',
      subject: 'user-1',
      email: 'user@acme.example',
      emailVerified: true,
    })
    expect((await scenario.services.sessions.find(token))?.record).toEqual(record)
    expect(await sessionsOf(scenario)).toEqual([record])
  })

  it('remembers where to go afterwards', async () => {
    const { connection, services } = await createScenario()
    const returnTo = '/projects?page=2' as ReturnTo
    const { transaction } = await beginLogin(
      connection,
      { returnTo, loginHint: undefined, forceLogin: false },
      services,
    )
    const reference = { connection, transactionId: transaction.id, sealedTransaction: transaction.sealed }
    expect((await openLogin(reference, services)).transaction.returnTo).toBe(returnTo)
  })

  it('hands the hint on to the provider, and only when there is one', async () => {
    const { connection, services } = await createScenario()
    const hintOf = async (loginHint: string | undefined) => {
      const begun = await beginLogin(
        connection,
        { returnTo: DEFAULT_RETURN_TO, loginHint, forceLogin: false },
        services,
      )
      return urlOf(begun.departure).searchParams.get('login_hint')
    }
    expect(await hintOf('user@acme.example')).toBe('user@acme.example')
    expect(await hintOf(undefined)).toBeNull()
  })

  it('shows nothing of the transaction in the URL but its id', async () => {
    const { connection, services } = await createScenario()
    const returnTo = '/secret-project' as ReturnTo
    const { departure, transaction } = await beginLogin(
      connection,
      { returnTo, loginHint: undefined, forceLogin: false },
      services,
    )
    const url = urlOf(departure)
    expect(url.searchParams.get('state')).toBe(transaction.id)
    expect(url.href).not.toContain('secret-project')
  })

  it('may go on beside others of the same browser', async () => {
    const scenario = await createScenario()
    const first = await goAndReturn(scenario)
    const second = await goAndReturn(scenario)
    const cookies = new Map([...first.cookies, ...second.cookies])
    const sessions = [
      await complete(scenario, { answer: second.answer, cookies }),
      await complete(scenario, { answer: first.answer, cookies }),
    ]
    expect(new Set(sessions.map(({ record }) => record.id)).size).toBe(2)
    expect(new Set(sessions.map(({ record }) => record.userId)).size).toBe(1)
  })

  it('is completed by another process with the same secret', async () => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    const connection = { ...scenario.connection }
    await expect(complete({ connection, services: scenario.services }, browser)).resolves.toBeDefined()
  })

  it('is not disturbed when the client secret is replaced meanwhile', async () => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    const clientSecret = new Secret(CLIENT_SECRET)
    const connection = { ...scenario.connection, clientSecret }
    await expect(complete({ connection, services: scenario.services }, browser)).resolves.toBeDefined()
  })

  it('is refused by the policy before there is a session', async () => {
    const scenario = await createScenario({
      connection: { reach: reachWith({ domains: ['other.example'] }) },
    })
    expect(await refusalOf(complete(scenario, await goAndReturn(scenario)))).toBe('email_outside_domain')
    expect(await sessionsOf(scenario)).toEqual([])
  })
})

describe('the session of a login', () => {
  it("holds the provider's name for its own session, and the ID Token that came, sealed", async () => {
    const idTokens: unknown[] = []
    const scenario = await createScenario({
      provider: { personality: withSid },
      intercept: (provider) => async (url, init) => {
        const response = await provider(url, init)
        if (init?.method === 'POST') idTokens.push((await response.clone().json())['id_token'])
        return response
      },
    })
    const { record } = await complete(scenario, await goAndReturn(scenario))
    const session = record.providerSession
    if (session.protocol !== 'oidc') throw new Error('the session is of another protocol')
    expect(session.sid).toBe('sid-1')
    expect(idTokens).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)])
    const { sealer } = scenario.services
    expect(await sealer.open('id-token', record.id, session.sealedIdToken ?? '')).toBe(idTokens[0])
    expect(JSON.stringify(record)).not.toContain(String(idTokens[0]))
  })

  it('says when its login was begun', async () => {
    const scenario = await createScenario()
    const begunAt = scenario.clock.now()
    const browser = await goAndReturn(scenario)
    scenario.clock.advance(60_000)
    const { record } = await complete(scenario, browser)
    expect(record).toMatchObject({ begunAt, createdAt: begunAt + 60_000 })
  })

  it('is none when the policy, the provider or a replay ended the login', async () => {
    const scenario = await createScenario({ provider: { personality: 'wrong-nonce' } })
    const browser = await goAndReturn(scenario)
    expect(await refusalOf(complete(scenario, browser))).toBe('id_token_nonce_mismatch')
    expect(await refusalOf(complete(scenario, browser))).toBe('transaction_replayed')
    expect(await sessionsOf(scenario)).toEqual([])
  })
})

describe('a login that is under way while sessions are ended', () => {
  const connection = 'acme'
  const issuer = 'https://idp.example'
  const session = { by: 'provider-session', connection, issuer, sid: 'sid-1' } as const
  const userId = () => userIdOf({ connection, issuer, subject: 'user-1' })

  it.each<[string, () => Promise<SessionGroup>]>([
    ['the user', async () => ({ by: 'user', userId: await userId() })],
    ['the connection', async () => ({ by: 'connection', connection })],
    ['the address', async () => ({ by: 'email', email: 'User@Acme.Example' })],
    ['the session at the provider', async () => ({ ...session, userId: undefined })],
    ['the session at the provider, of one user', async () => ({ ...session, userId: await userId() })],
  ])('by %s gets none', async (_, groupOf) => {
    const scenario = await createScenario({ provider: { personality: withSid } })
    const { clock, services } = scenario
    const browser = await goAndReturn(scenario, async () => {
      clock.advance(60_000)
      await services.sessions.endAll(await groupOf())
      clock.advance(TRANSACTION_LIFETIME - 60_001)
    })
    expect(await refusalOf(complete(scenario, browser))).toBe('session_ended_early')
    expect(await sessionsOf(scenario)).toEqual([])
    expect(await refusalOf(complete(scenario, browser))).toBe('transaction_replayed')
    await expect(complete(scenario, await goAndReturn(scenario))).resolves.toBeDefined()
  })

  it('of somebody else gets one', async () => {
    const scenario = await createScenario({ provider: { personality: withSid } })
    const others: SessionGroup[] = [
      { by: 'user', userId: 'somebody else' },
      { by: 'connection', connection: 'other' },
      { ...session, sid: 'sid-2', userId: undefined },
    ]
    const browser = await goAndReturn(scenario, async () => {
      scenario.clock.advance(1)
      for (const other of others) await scenario.services.sessions.endAll(other)
    })
    await expect(complete(scenario, browser)).resolves.toBeDefined()
  })

  it('is never under way for longer than it is remembered that they were ended', () => {
    expect(TRANSACTION_LIFETIME + 60_000).toBeLessThan(TOMBSTONE_LIFETIME)
  })
})

describe('an answer', () => {
  it('is refused in a browser that did not begin the login', async () => {
    const scenario = await createScenario()
    const [attacker, victim] = [await goAndReturn(scenario), await goAndReturn(scenario)]
    const forced = { answer: attacker.answer, cookies: victim.cookies }
    expect(await refusalOf(complete(scenario, forced))).toBe('transaction_missing')
  })

  it('is refused when its state is exchanged for that of a login which this browser began', async () => {
    const scenario = await createScenario()
    const [attacker, victim] = [await goAndReturn(scenario), await goAndReturn(scenario)]
    const answer = new URLSearchParams(attacker.answer)
    answer.set('state', victim.answer.get('state') ?? '')
    expect(await refusalOf(complete(scenario, { answer, cookies: victim.cookies }))).toBe(
      'token_request_refused',
    )
  })

  it('is refused when only the nonce tells that its code is of another login', async () => {
    const scenario = await createScenario({ provider: { personality: 'ignores-code-verifier' } })
    const [attacker, victim] = [await goAndReturn(scenario), await goAndReturn(scenario)]
    const answer = new URLSearchParams(victim.answer)
    answer.set('code', attacker.answer.get('code') ?? '')
    expect(await refusalOf(complete(scenario, { answer, cookies: victim.cookies }))).toBe(
      'id_token_nonce_mismatch',
    )
  })

  it('is refused when a cookie of one login is kept under the name of another', async () => {
    const scenario = await createScenario()
    const [one, two] = [await goAndReturn(scenario), await goAndReturn(scenario)]
    const cookies = new Map([[two.answer.get('state') ?? '', [...one.cookies.values()][0] ?? '']])
    expect(await refusalOf(complete(scenario, { answer: two.answer, cookies }))).toBe(
      'transaction_unreadable',
    )
  })

  it('is refused when it comes too late', async () => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    scenario.clock.advance(TRANSACTION_LIFETIME)
    expect(await refusalOf(complete(scenario, browser))).toBe('transaction_expired')
  })

  it('is used once, also where the provider accepts a code again and again', async () => {
    const scenario = await createScenario({ provider: { personality: 'accepts-used-codes' } })
    const browser = await goAndReturn(scenario)
    await complete(scenario, browser)
    expect(await refusalOf(complete(scenario, browser))).toBe('transaction_replayed')
    scenario.clock.advance(TRANSACTION_LIFETIME - 1)
    expect(await refusalOf(complete(scenario, browser))).toBe('transaction_replayed')
    expect(scenario.provider.requests.count('token')).toBe(1)
  })

  it('gives one session to ten completions at once, and one token request', async () => {
    const scenario = await createScenario({ provider: { personality: 'accepts-used-codes' } })
    const browser = await goAndReturn(scenario)
    const attempts = Array.from({ length: 10 }, () =>
      complete(scenario, browser).then(() => 'session', refusal),
    )
    const outcomes = await Promise.all(attempts)
    expect(outcomes.filter((outcome) => outcome === 'session')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'transaction_replayed')).toHaveLength(9)
    expect(await sessionsOf(scenario)).toHaveLength(1)
    expect(scenario.provider.requests.count('token')).toBe(1)
  })

  it('is used up by an attempt that failed', async () => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    const denied = new URLSearchParams(browser.answer)
    denied.delete('code')
    denied.set('error', 'access_denied')
    expect(await refusalOf(complete(scenario, { ...browser, answer: denied }))).toBe('authorization_denied')
    expect(await refusalOf(complete(scenario, browser))).toBe('transaction_replayed')
  })
})

describe('circumstances that differ', () => {
  it.each<[string, Partial<OidcConnection>]>([
    ['another connection', { id: 'other' }],
    ['another client', { clientId: 'client-2' }],
    ['another server', { serverUrl: 'https://other.example' }],
    ['another domain', { reach: reachWith({ domains: ['acme.example'] }) }],
  ])('are noticed: %s', async (_, change) => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    const connection = { ...scenario.connection, ...change }
    const attempt = complete({ connection, services: scenario.services }, browser)
    expect(await refusalOf(attempt)).toBe('transaction_mismatch')
    expect(scenario.provider.requests.count('token')).toBe(0)
  })

  it('are noticed: another connection with the same settings', async () => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    const connection = { ...scenario.connection, id: 'other' }
    await expect(complete({ connection, services: scenario.services }, browser)).rejects.toMatchObject({
      code: 'transaction_mismatch',
      details: { differs: 'connection' },
    })
  })

  it('are noticed: another base URL', async () => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    const elsewhere = replaced(scenario, { baseUrl: baseUrlOf('https://other.example.com') })
    await expect(complete(elsewhere, browser)).rejects.toMatchObject({
      code: 'transaction_mismatch',
      details: { differs: 'base URL' },
    })
  })
})

describe('a ledger that can not be reached', () => {
  it.each([
    ['rejects', () => Promise.reject(new Error('unreachable'))],
    [
      'throws',
      () => {
        throw new Error('unreachable')
      },
    ],
  ])('and %s refuses the login before anything is asked or written', async (_, claim) => {
    const scenario = await createScenario()
    const browser = await goAndReturn(scenario)
    expect(await refusalOf(complete(replaced(scenario, { ledger: { claim } }), browser))).toBe(
      'ledger_unavailable',
    )
    expect(await sessionsOf(scenario)).toEqual([])
    expect(scenario.provider.requests.count('token')).toBe(0)
  })
})

it('keeps the claim for longer than the transaction lives', async () => {
  const scenario = await createScenario()
  const begunAt = scenario.clock.now()
  const browser = await goAndReturn(scenario)
  const claims: Parameters<Ledger['claim']>[] = []
  const ledger: Ledger = { claim: async (...claim) => claims.push(claim) === 1 }
  await complete(replaced(scenario, { ledger }), browser)
  expect(claims).toEqual([
    [`login:${browser.answer.get('state')}`, [await sha256('answer')], expect.any(Number)],
  ])
  expect(claims[0]?.[2]).toBeGreaterThan(begunAt + TRANSACTION_LIFETIME)
})

it('refuses a login whose session can not be stored', async () => {
  const scenario = await createScenario()
  const browser = await goAndReturn(scenario)
  scenario.store.save = () => Promise.reject(new Error('unreachable'))
  expect(await refusalOf(complete(scenario, browser))).toBe('session_store_unavailable')
})

function refusal(error: unknown): string {
  return (error as { code?: string }).code ?? String(error)
}
