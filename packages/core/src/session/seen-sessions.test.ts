import { describe, expect, it } from 'vitest'
import type { SessionRecord } from '../ports/session-store.ts'
import { admittedWith, recordWith } from '../testing/people.ts'
import { createSeenSessions, type SeenSession, type SeenSessions } from './seen-sessions.ts'

const NOW = Date.UTC(2026, 0, 1)
const FRESH_UNTIL = NOW + 300_000

function sessionOf(id: string, changes: Partial<SessionRecord> = {}): SeenSession {
  return { record: recordWith(NOW, { id, ...changes }), issuedAt: NOW, freshUntil: FRESH_UNTIL }
}

/** Everything that is held, counted where it is: to look an entry up would move it. */
function heldBy(seen: SeenSessions): SessionRecord[] {
  const held: SessionRecord[] = []
  seen.forgetAll((record) => {
    held.push(record)
    return false
  })
  return held
}

/** A memory of which each generation is full with the third session. */
const createSmall = () => createSeenSessions(3 * 2048)

describe('what was seen', () => {
  it('is found by its token, and by no other', () => {
    const seen = createSeenSessions()
    const session = sessionOf('one')
    seen.set('token', session)
    expect(seen.get('token', NOW)).toEqual(session)
    for (const other of ['', 'Token', 'token ', 'one', '__proto__', 'constructor']) {
      expect(seen.get(other, NOW)).toBeUndefined()
    }
  })

  it('counts until the last millisecond of its freshness, however often it is asked for', () => {
    const seen = createSeenSessions()
    seen.set('token', sessionOf('one'))
    for (let now = NOW; now < FRESH_UNTIL; now += 1000) expect(seen.get('token', now)).toBeDefined()
    expect(seen.get('token', FRESH_UNTIL - 1)).toBeDefined()
    expect(seen.get('token', FRESH_UNTIL)).toBeUndefined()
    expect(seen.get('token', FRESH_UNTIL + 1)).toBeUndefined()
  })

  it('counts no longer in the old generation', () => {
    const seen = createSmall()
    for (const token of ['one', 'two', 'three']) seen.set(token, sessionOf(token))
    // All three are old now; the first one is asked for and becomes young again.
    expect(seen.get('one', FRESH_UNTIL - 1)).toBeDefined()
    for (const token of ['one', 'two', 'three']) expect(seen.get(token, FRESH_UNTIL)).toBeUndefined()
  })

  it('is replaced by what is read later', () => {
    const seen = createSmall()
    for (const token of ['one', 'two', 'three']) seen.set(token, sessionOf(token))
    const later = { ...sessionOf('one', { usedAt: NOW + 1 }), freshUntil: FRESH_UNTIL + 1 }
    seen.set('one', later)
    expect(seen.get('one', FRESH_UNTIL)).toEqual(later)
  })

  it('is replaced by what was read earlier too, so that the older answer never counts for longer', () => {
    const seen = createSeenSessions()
    seen.set('token', { ...sessionOf('one'), freshUntil: FRESH_UNTIL + 1 })
    seen.set('token', sessionOf('one'))
    expect(seen.get('token', FRESH_UNTIL)).toBeUndefined()
  })
})

describe('a clock that is put back', () => {
  it('does not make what was seen last longer', () => {
    const seen = createSeenSessions()
    seen.set('token', sessionOf('one'))
    expect(seen.get('token', FRESH_UNTIL - 1)).toBeDefined()
    expect(seen.get('token', NOW)).toBeUndefined()
    expect(seen.get('token', FRESH_UNTIL - 1)).toBeUndefined()
  })

  it('overtakes what is being read', () => {
    const seen = createSeenSessions()
    const reading = seen.beginReading('one')
    seen.get('token', FRESH_UNTIL)
    seen.get('token', NOW)
    expect(reading.isOvertaken).toBe(true)
  })

  it('may be a few seconds behind that of another request', () => {
    const seen = createSeenSessions()
    seen.set('token', sessionOf('one'))
    for (const time of [NOW + 10_000, NOW, NOW + 10_000]) expect(seen.get('token', time)).toBeDefined()
  })
})

describe('the memory', () => {
  it('stays bounded when a hundred thousand sessions with two hundred groups each are seen', () => {
    const seen = createSeenSessions()
    const groups = Array.from({ length: 200 }, (_, index) => `${index}`.padStart(36, '0'))
    const identity = admittedWith({ groups })
    for (let index = 0; index < 100_000; index++) {
      seen.set(`token-${index}`, sessionOf(`session-${index}`, { identity }))
    }
    const held = heldBy(seen)
    // Two generations of 2 Mi characters each; a session has 7200 in its groups.
    expect(held.length).toBeGreaterThan(200)
    expect(held.length).toBeLessThan((2 * 2 * 1024 * 1024) / 7200)
    let found = 0
    for (let index = 0; index < 100_000; index++) if (seen.get(`token-${index}`, NOW)) found++
    expect(found).toBeGreaterThan(0)
    expect(found).toBeLessThanOrEqual(held.length)
    expect(seen.get('token-99999', NOW)).toBeDefined()
  })

  it('stays bounded when the sessions have no groups', () => {
    const seen = createSeenSessions()
    for (let index = 0; index < 100_000; index++) seen.set(`token-${index}`, sessionOf(`session-${index}`))
    const { length } = heldBy(seen)
    expect(length).toBeGreaterThan(500)
    expect(length).toBeLessThanOrEqual(2048)
  })

  it('stays bounded when the sessions hold large ID Tokens and long names', () => {
    const seen = createSeenSessions()
    const name = 'x'.repeat(2048)
    const identity = admittedWith({ name, givenName: name, familyName: name, username: name, picture: name })
    const providerSession = { protocol: 'oidc', sid: 'sid-1', sealedIdToken: 'x'.repeat(10_960) } as const
    for (let index = 0; index < 10_000; index++) {
      seen.set(`token-${index}`, sessionOf(`session-${index}`, { identity, providerSession }))
    }
    const size = heldBy(seen).reduce((sum, record) => sum + JSON.stringify(record).length, 0)
    // Twice what two generations are said to hold.
    expect(size).toBeLessThan(2 * 2 * 2 * 1024 * 1024)
  })

  it('stays bounded when each session is asked for again and again', () => {
    const seen = createSmall()
    for (let index = 0; index < 1000; index++) {
      seen.set(`token-${index}`, sessionOf(`session-${index}`))
      for (let older = Math.max(0, index - 5); older <= index; older++) seen.get(`token-${older}`, NOW)
      expect(heldBy(seen).length).toBeLessThanOrEqual(6)
    }
  })

  it('stays bounded when one session is larger than all of it', () => {
    const seen = createSmall()
    const identity = admittedWith({ groups: ['x'.repeat(100_000)] })
    for (let index = 0; index < 10; index++) seen.set(`token-${index}`, sessionOf(`${index}`, { identity }))
    expect(heldBy(seen).length).toBeLessThanOrEqual(2)
    expect(seen.get('token-9', NOW)).toBeDefined()
  })

  it('keeps what is in use, however many others come and go', () => {
    const seen = createSeenSessions()
    seen.set('used', sessionOf('used'))
    for (let index = 0; index < 50_000; index++) {
      seen.set(`token-${index}`, sessionOf(`session-${index}`))
      if (index % 500 === 0) expect(seen.get('used', NOW)).toBeDefined()
    }
    expect(seen.get('used', NOW)).toBeDefined()
    expect(seen.get('token-0', NOW)).toBeUndefined()
  })

  it('counts what is seen twice once', () => {
    const seen = createSmall()
    seen.set('one', sessionOf('one'))
    for (let time = 0; time < 100; time++) seen.set('two', sessionOf('two'))
    expect(seen.get('one', NOW)).toBeDefined()
  })
})

describe('what ended', () => {
  it('is forgotten in both generations, under every token, and nothing else is', () => {
    const seen = createSmall()
    // The first three are old, the other two young.
    for (const token of ['a1', 'b1', 'a2', 'a3', 'b2']) seen.set(token, sessionOf(token.slice(0, 1)))
    seen.forgetAll(({ id }) => id === 'a')
    for (const token of ['a1', 'a2', 'a3']) expect(seen.get(token, NOW)).toBeUndefined()
    expect(heldBy(seen).map(({ id }) => id)).toEqual(['b', 'b'])
    for (const token of ['b1', 'b2']) expect(seen.get(token, NOW)).toBeDefined()
  })

  it('is forgotten when it is held twice', () => {
    const seen = createSmall()
    for (const token of ['one', 'two', 'three']) seen.set(token, sessionOf(token))
    expect(seen.get('one', NOW)).toBeDefined()
    seen.forgetAll(({ id }) => id === 'one')
    expect(seen.get('one', NOW)).toBeUndefined()
  })
})
