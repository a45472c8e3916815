import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/scenario.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { createMemorySessionStore } from '../ports/memory/session-store.ts'
import type { Identity, SessionStore } from '../ports/session-store.ts'
import {
  type AdmittedIdentity,
  beginSession,
  endSession,
  findSession,
  SESSION_LIFETIME,
  type SessionServices,
} from './session.ts'

const NOW = Date.UTC(2026, 0, 1)
// Only the policy makes one; here it is made by hand.
const identity = {
  connection: 'acme',
  protocol: 'oidc',
  issuer: 'https://idp.example',
  subject: 'user-1',
  email: 'user@acme.example',
  emailVerified: true,
  username: undefined,
  name: undefined,
  givenName: undefined,
  familyName: undefined,
  picture: undefined,
  groups: [],
} satisfies Identity as Identity as AdmittedIdentity

function createServices(): SessionServices {
  return { sessions: createMemorySessionStore(), sealer: createSealer([new Secret(randomId(32))]) }
}

describe('a session', () => {
  it('is found by its token, with the identity it was begun for', async () => {
    const services = createServices()
    const { record, token } = await beginSession(identity, NOW, services)
    expect(record).toMatchObject({ identity, createdAt: NOW, expiresAt: NOW + SESSION_LIFETIME })
    expect(await findSession(token, NOW, services)).toEqual(record)
  })

  it('has a new id every time', async () => {
    const services = createServices()
    const sessions = await Promise.all(
      Array.from({ length: 20 }, () => beginSession(identity, NOW, services)),
    )
    expect(new Set(sessions.map(({ record }) => record.id)).size).toBe(20)
  })

  it('shows neither its id nor the person in its token', async () => {
    const { record, token } = await beginSession(identity, NOW, createServices())
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(token).not.toContain(record.id)
    expect(token).not.toContain(record.userId)
  })

  it('lasts until the last millisecond of its life, and not longer', async () => {
    const services = createServices()
    const { token } = await beginSession(identity, NOW, services)
    expect(await findSession(token, NOW + SESSION_LIFETIME - 1, services)).toBeDefined()
    expect(await findSession(token, NOW + SESSION_LIFETIME, services)).toBeUndefined()
  })

  it('is over when it was ended, and only that one', async () => {
    const services = createServices()
    const one = await beginSession(identity, NOW, services)
    const two = await beginSession(identity, NOW, services)
    expect(await endSession(one.token, NOW, services)).toEqual(one.record)
    expect(await findSession(one.token, NOW, services)).toBeUndefined()
    expect(await findSession(two.token, NOW, services)).toEqual(two.record)
    expect(await endSession(one.token, NOW, services)).toBeUndefined()
  })
})

describe('a token', () => {
  it('does not name a session when it is missing, made up, or the bare id', async () => {
    const services = createServices()
    const { record } = await beginSession(identity, NOW, services)
    for (const token of [undefined, '', 'token', record.id, 'A'.repeat(100)]) {
      expect(await findSession(token, NOW, services)).toBeUndefined()
      expect(await endSession(token, NOW, services)).toBeUndefined()
    }
    expect(await services.sessions.find(record.id, NOW)).toEqual(record)
  })

  it('does not name a session when it was sealed with another secret', async () => {
    const services = createServices()
    const { record } = await beginSession(identity, NOW, services)
    const forged = await createServices().sealer.seal('session', '', record.id)
    expect(await findSession(forged, NOW, services)).toBeUndefined()
  })

  it('does not name a session when it was sealed for something else', async () => {
    const services = createServices()
    const { record } = await beginSession(identity, NOW, services)
    for (const purpose of ['login-hint', 'document', 'login-transaction'] as const) {
      const other = await services.sealer.seal(purpose, '', record.id)
      expect(await findSession(other, NOW, services)).toBeUndefined()
    }
  })
})

describe('the user id', () => {
  const userIdOf = async (changes: Partial<Identity>): Promise<string> =>
    (await beginSession({ ...identity, ...changes }, NOW, createServices())).record.userId

  it('is the same for the same identity, whatever else is said about the person', async () => {
    const first = await userIdOf({})
    expect(await userIdOf({})).toBe(first)
    expect(await userIdOf({ email: 'other@acme.example', username: 'other', groups: ['staff'] })).toBe(first)
  })

  it('is opaque', async () => {
    expect(await userIdOf({})).toMatch(/^[A-Za-z0-9_-]{43}$/)
  })

  it('is another one for every other identity, however the parts are joined', async () => {
    const parts: [string, string, string][] = [
      ['acme', 'https://idp.example', 'user-1'],
      ['other', 'https://idp.example', 'user-1'],
      ['acme', 'https://idp.example/', 'user-1'],
      ['acme', 'https://idp.example', 'user-2'],
      ['acme', 'https://idp.example', 'USER-1'],
      ['acme', 'https://idp.example', 'user-1 '],
      ['acme', 'https://idp.exampleuser', '-1'],
      ['acmeh', 'ttps://idp.example', 'user-1'],
      ['acme","https://idp.example', 'user-1', ''],
      ['acme', 'https://idp.example","user-1', ''],
      ['acme', '', 'https://idp.exampleuser-1'],
      ['', 'acmehttps://idp.example', 'user-1'],
      ['acme\0', 'https://idp.example', 'user-1'],
      ['acme', '\0https://idp.example', 'user-1'],
    ]
    const ids = await Promise.all(
      parts.map(([connection, issuer, subject]) => userIdOf({ connection, issuer, subject })),
    )
    expect(new Set(ids).size).toBe(parts.length)
  })
})

describe('a session store that can not be reached', () => {
  const failing: SessionStore = {
    save: () => Promise.reject(new Error('unreachable')),
    find: () => Promise.reject(new Error('unreachable')),
    end: () => Promise.reject(new Error('unreachable')),
  }

  it('begins, finds and ends nothing, and says so', async () => {
    const good = createServices()
    const { token } = await beginSession(identity, NOW, good)
    const bad = { ...good, sessions: failing }
    expect(await refusalOf(beginSession(identity, NOW, bad))).toBe('session_store_unavailable')
    expect(await refusalOf(findSession(token, NOW, bad))).toBe('session_store_unavailable')
    expect(await refusalOf(endSession(token, NOW, bad))).toBe('session_store_unavailable')
  })

  it('does not say that a session was ended which may be alive', async () => {
    const good = createServices()
    const { token, record } = await beginSession(identity, NOW, good)
    const bad = { ...good, sessions: { ...good.sessions, end: failing.end } }
    expect(await refusalOf(endSession(token, NOW, bad))).toBe('session_store_unavailable')
    expect(await findSession(token, NOW, good)).toEqual(record)
  })

  it('is not asked about a forged token', async () => {
    const bad = { ...createServices(), sessions: failing }
    expect(await findSession('forged', NOW, bad)).toBeUndefined()
  })
})
