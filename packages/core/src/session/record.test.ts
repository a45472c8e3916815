import { describe, expect, it } from 'vitest'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import type { Identity, ProviderSession } from '../ports/session-store.ts'
import { admittedWith, beginningWith } from '../testing/people.ts'
import {
  type NewProviderSession,
  newRecord,
  SESSION_IDLE_LIFETIME,
  SESSION_LIFETIME,
  userIdOf,
} from './record.ts'

const NOW = Date.UTC(2026, 0, 1)
const sealer = createSealer([new Secret(randomId(32))])

/** The record of a session that is begun now with this session at the provider. */
const recordOf = (providerSession: NewProviderSession) =>
  newRecord(beginningWith(NOW, { providerSession }), NOW, sealer)

const oidc = (idToken: string): NewProviderSession => ({
  protocol: 'oidc',
  sid: 'sid-1',
  idToken: new Secret(idToken),
})

/** The ID Token that a record holds, opened under the id of a session. */
async function openIdToken(session: ProviderSession, id: string): Promise<string | undefined> {
  const sealed = session.protocol === 'oidc' ? session.sealedIdToken : undefined
  return sealed === undefined ? undefined : sealer.open('id-token', id, sealed)
}

describe('the record of a new session', () => {
  it('says whose it is, since when, and until when', async () => {
    const identity = admittedWith({ name: 'User Ünïcode', groups: ['staff', 'admins'] })
    const record = await newRecord(beginningWith(NOW - 60_000, { identity }), NOW, sealer)
    expect(record).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      userId: await userIdOf(identity),
      identity,
      providerSession: { protocol: 'oidc', sid: 'sid-1', sealedIdToken: expect.any(String) },
      begunAt: NOW - 60_000,
      createdAt: NOW,
      usedAt: NOW,
      idleUntil: NOW + SESSION_IDLE_LIFETIME,
      expiresAt: NOW + SESSION_LIFETIME,
    })
  })

  it('has a new id every time', async () => {
    const records = await Promise.all(
      Array.from({ length: 50 }, () => newRecord(beginningWith(NOW), NOW, sealer)),
    )
    expect(new Set(records.map(({ id }) => id)).size).toBe(50)
  })
})

describe("the provider's session in a record", () => {
  it('holds the ID Token sealed, for this session alone', async () => {
    const [record, other] = [await recordOf(oidc('a.b.c')), await recordOf(oidc('a.b.c'))]
    const { providerSession } = record
    expect(await openIdToken(providerSession, record.id)).toBe('a.b.c')
    expect(JSON.stringify(record)).not.toContain('a.b.c')
    for (const id of [other.id, record.userId, '']) {
      expect(await openIdToken(providerSession, id)).toBeUndefined()
    }
    const sealed = 'sealedIdToken' in providerSession ? (providerSession.sealedIdToken ?? '') : ''
    for (const purpose of ['session-token', 'document', 'login-hint', 'login-transaction'] as const) {
      expect(await sealer.open(purpose, record.id, sealed)).toBeUndefined()
    }
  })

  it('holds an ID Token that fits into a URL, and none that does not', async () => {
    const fits = await recordOf(oidc('x'.repeat(5120)))
    expect(await openIdToken(fits.providerSession, fits.id)).toBe('x'.repeat(5120))
    const tooLarge = await recordOf(oidc('x'.repeat(5121)))
    expect(tooLarge.providerSession).toEqual({ protocol: 'oidc', sid: 'sid-1', sealedIdToken: undefined })
  })

  it('has no name where the provider gave none', async () => {
    const { providerSession } = await recordOf({
      protocol: 'oidc',
      sid: undefined,
      idToken: new Secret('a.b.c'),
    })
    expect(providerSession).toMatchObject({ sid: undefined, sealedIdToken: expect.any(String) })
  })

  it.each<Exclude<NewProviderSession, { protocol: 'oidc' }>>([
    {
      protocol: 'saml',
      sessionIndex: '_index 1',
      nameId: {
        value: 'User@acme.example ',
        format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        nameQualifier: 'https://idp.example',
        spNameQualifier: undefined,
      },
    },
    {
      protocol: 'saml',
      sessionIndex: undefined,
      nameId: { value: 'x', format: undefined, nameQualifier: undefined, spNameQualifier: 'sp' },
    },
    { protocol: 'social' },
  ])('is kept to the letter: $protocol (%#)', async (session) => {
    expect((await recordOf(session)).providerSession).toEqual(session)
  })
})

describe('the user id', () => {
  const idOf = (changes: Partial<Identity>) => userIdOf(admittedWith(changes))

  it('is the same for the same identity, whatever else is said about the person', async () => {
    const first = await idOf({})
    expect(await idOf({})).toBe(first)
    expect(await idOf({ email: 'other@acme.example', username: 'other', groups: ['staff'] })).toBe(first)
  })

  it('is opaque', async () => {
    expect(await idOf({})).toMatch(/^[A-Za-z0-9_-]{43}$/)
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
      parts.map(([connection, issuer, subject]) => idOf({ connection, issuer, subject })),
    )
    expect(new Set(ids).size).toBe(parts.length)
  })
})
