import { describe, expect, it } from 'vitest'
import { createSession } from '../../test/installation.ts'
import { refusalOf } from '../../test/scenario.ts'
import { Secret } from '../encoding/secret.ts'
import { createMemoryLedger } from '../ports/memory/ledger.ts'
import { SESSION_PAGE, type SessionGroup } from '../ports/session-store.ts'
import { admittedWith, beginningWith } from '../testing/people.ts'
import { endForProvider, endPresent, type ProviderLogout } from './provider-logout.ts'

const MINUTE = 60_000
const acme = { protocol: 'saml', id: 'acme' } as const

function request(groups: readonly SessionGroup[], now: number, id = '_request'): ProviderLogout {
  return { id, expiresAt: now + MINUTE, groups }
}

/** Two sessions of one person, by SAML. */
async function createSessions() {
  const installation = await createSession()
  const { sessions, clock } = installation
  const nameId = { value: 'user-1', format: undefined, nameQualifier: undefined, spNameQualifier: undefined }
  const begin = (sessionIndex: string) =>
    sessions.begin(
      beginningWith(clock.now(), { providerSession: { protocol: 'saml', sessionIndex, nameId } }),
    )
  const [one, two] = [await begin('_1'), await begin('_2')]
  const { connection, issuer } = one.record.identity
  const group = (sessionIndex: string | undefined): SessionGroup => ({
    by: 'name-id',
    connection,
    issuer,
    nameId,
    sessionIndex,
  })
  return { ...installation, begin, one, two, group, ledger: createMemoryLedger(clock.now) }
}

it('ends every session that an identity provider names', async () => {
  const { sessions, isolate, clock, ledger, one, two, group, token } = await createSessions()
  const now = clock.now()
  const services = { ledger, sessions, now, token: undefined, isTold: true }
  expect(await endForProvider(request([group('_1'), group('_3')], now), acme, services)).toEqual({
    count: 1,
    outcome: 'ended',
  })
  expect(await isolate().find(one.token)).toBeUndefined()
  expect(await isolate().find(two.token)).toBeDefined()
  expect(await endForProvider(request([group(undefined)], now, '_other'), acme, services)).toMatchObject({
    count: 1,
  })
  expect(await sessions.find(two.token)).toBeUndefined()
  expect(await isolate().find(token)).toBeDefined()
})

it('does so once for a message, and keeps messages of two connections apart', async () => {
  const { sessions, clock, ledger, begin, group } = await createSessions()
  const services = { ledger, sessions, now: clock.now(), token: undefined, isTold: true }
  const logout = request([group('_1')], clock.now())
  await endForProvider(logout, acme, services)
  clock.advance(1)
  const later = await begin('_1')
  expect(await refusalOf(endForProvider(logout, acme, { ...services, now: clock.now() }))).toBe(
    'logout_replayed',
  )
  expect(await sessions.find(later.token, { fresh: true })).toBeDefined()
  expect(await endForProvider(logout, { ...acme, id: 'other' }, services)).toMatchObject({ count: 1 })
})

it('ends the session of the browser that brings it where only the name is the same', async () => {
  const { sessions, clock, ledger, one, two, group } = await createSessions()
  const end = (to: SessionGroup, id: string) =>
    endForProvider(request([to], clock.now(), id), acme, {
      ledger,
      sessions,
      now: clock.now(),
      token: one.token,
      isTold: true,
    })
  const renamed = (changes: object) => ({ ...group('_3'), ...changes }) as SessionGroup
  const nameId = { value: 'user-1', format: 'urn:x', nameQualifier: undefined, spNameQualifier: undefined }
  const nothing = { count: 0, outcome: 'ended' }
  expect(await end(renamed({ nameId, connection: 'other' }), '_a')).toEqual(nothing)
  expect(await end(renamed({ nameId, issuer: 'https://other.example' }), '_b')).toEqual(nothing)
  expect(await end(renamed({ nameId: { ...nameId, value: 'user-2' } }), '_c')).toEqual({
    count: 0,
    outcome: 'partial',
  })
  expect(await sessions.find(one.token, { fresh: true })).toBeDefined()
  expect(await end(renamed({ nameId }), '_d')).toEqual({ count: 1, outcome: 'ended' })
  expect(await sessions.find(one.token, { fresh: true })).toBeUndefined()
  expect(await sessions.find(two.token, { fresh: true })).toBeDefined()
  expect(await end(renamed({ nameId }), '_e')).toEqual(nothing)
})

it('does not say that all is done where the browser would not say who is signed in', async () => {
  const { sessions, clock, ledger, group } = await createSessions()
  const services = { ledger, sessions, now: clock.now(), token: undefined, isTold: false }
  const end = (sessionIndex: string, id: string) =>
    endForProvider(request([group(sessionIndex)], clock.now(), id), acme, services)
  expect(await end('_3', '_a')).toEqual({ count: 0, outcome: 'partial' })
  expect(await end('_1', '_b')).toEqual({ count: 1, outcome: 'ended' })
})

it('ends nothing when it can not be told whether the message was used', async () => {
  const { sessions, clock, one, group } = await createSessions()
  const ledger = { claim: () => Promise.reject(new Error('down')) }
  const ending = endForProvider(request([group('_1')], clock.now()), acme, {
    ledger,
    sessions,
    now: clock.now(),
    token: undefined,
    isTold: true,
  })
  expect(await refusalOf(ending)).toBe('ledger_unavailable')
  expect(await sessions.find(one.token, { fresh: true })).toBeDefined()
})

it('ends them where the store is away for a moment: the message can not come again', async () => {
  const { sessions, clock, ledger, one, group } = await createSessions()
  let failures = 1
  const shaky: typeof sessions = {
    ...sessions,
    endAll: (of) => (failures-- > 0 ? Promise.reject(new Error('away')) : sessions.endAll(of)),
  }
  const logout = request([group('_1')], clock.now())
  const services = { ledger, sessions: shaky, now: clock.now(), token: undefined, isTold: true }
  expect(await endForProvider(logout, acme, services)).toMatchObject({ count: 1 })
  expect(await sessions.find(one.token, { fresh: true })).toBeUndefined()
})

describe('what nobody signed', () => {
  it('ends the sessions that are there, however many', async () => {
    const { sessions, isolate, token, clock } = await createSession()
    const { connection, issuer } = admittedWith()
    const begin = (sid: string) =>
      sessions.begin(
        beginningWith(clock.now(), {
          providerSession: { protocol: 'oidc', sid, idToken: new Secret('a.b.c') },
        }),
      )
    const many = await Promise.all(Array.from({ length: SESSION_PAGE + 1 }, () => begin('sid-2')))
    const group = { by: 'provider-session', connection, issuer, sid: 'sid-2', userId: undefined } as const
    expect(await endPresent(group, sessions)).toBe(SESSION_PAGE + 1)
    for (const one of many) expect(await isolate().find(one.token)).toBeUndefined()
    expect(await isolate().find(token)).toBeDefined()
    expect(await endPresent(group, sessions)).toBe(0)
  })

  it('leaves nothing behind that would end a login under way', async () => {
    const { sessions, clock } = await createSession()
    const { connection, issuer } = admittedWith()
    const begunAt = clock.now()
    clock.advance(1)
    const group = { by: 'provider-session', connection, issuer, sid: 'sid-3', userId: undefined } as const
    expect(await endPresent(group, sessions)).toBe(0)
    const providerSession = { protocol: 'oidc', sid: 'sid-3', idToken: new Secret('a.b.c') } as const
    const { token } = await sessions.begin(beginningWith(begunAt, { providerSession }))
    expect(await sessions.find(token, { fresh: true })).toBeDefined()
  })
})
