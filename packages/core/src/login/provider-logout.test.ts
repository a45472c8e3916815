import { expect, it } from 'vitest'
import { createSession } from '../../test/installation.ts'
import { refusalOf } from '../../test/scenario.ts'
import { createMemoryLedger } from '../ports/memory/ledger.ts'
import type { SessionGroup } from '../ports/session-store.ts'
import { beginningWith } from '../testing/people.ts'
import { endForProvider, type ProviderLogout } from './provider-logout.ts'

const MINUTE = 60_000
const acme = { protocol: 'saml', id: 'acme' } as const

function request(groups: readonly SessionGroup[], now: number, id = '_request'): ProviderLogout {
  return { kind: 'request', id, expiresAt: now + MINUTE, groups, answer: async () => undefined }
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
  const services = { ledger, sessions, now }
  expect(await endForProvider(request([group('_1'), group('_3')], now), acme, services)).toBe(1)
  expect(await isolate().find(one.token)).toBeUndefined()
  expect(await isolate().find(two.token)).toBeDefined()
  expect(await endForProvider(request([group(undefined)], now, '_other'), acme, services)).toBe(1)
  expect(await sessions.find(two.token)).toBeUndefined()
  expect(await isolate().find(token)).toBeDefined()
})

it('does so once for a message, and keeps messages of two connections apart', async () => {
  const { sessions, clock, ledger, begin, group } = await createSessions()
  const services = { ledger, sessions, now: clock.now() }
  const logout = request([group('_1')], clock.now())
  await endForProvider(logout, acme, services)
  clock.advance(1)
  const later = await begin('_1')
  expect(await refusalOf(endForProvider(logout, acme, { ...services, now: clock.now() }))).toBe(
    'saml_logout_invalid',
  )
  expect(await sessions.find(later.token, { fresh: true })).toBeDefined()
  expect(await endForProvider(logout, { ...acme, id: 'other' }, services)).toBe(1)
})

it('ends nothing when it can not be told whether the message was used', async () => {
  const { sessions, clock, one, group } = await createSessions()
  const ledger = { claim: () => Promise.reject(new Error('down')) }
  const ending = endForProvider(request([group('_1')], clock.now()), acme, {
    ledger,
    sessions,
    now: clock.now(),
  })
  expect(await refusalOf(ending)).toBe('ledger_unavailable')
  expect(await sessions.find(one.token, { fresh: true })).toBeDefined()
})
