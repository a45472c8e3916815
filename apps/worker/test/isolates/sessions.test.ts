import { SESSION_FRESHNESS, type SessionGroup } from '@doorward/core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { createIsolates, type Isolate, ordinary } from './isolates.ts'
import { CONNECTION, NAMES, ORIGIN } from './names.ts'
import { createPerson, type Person } from './person.ts'
import type { Visit } from './provider.ts'
import { renewAgainAndAgain } from './renewals.ts'

const OPERATOR = 'the-operator-token-of-these-tests-and-of-nothing'
const MINUTE = 60_000

const variables = { ...ordinary, DOORWARD_OPERATOR_TOKEN: OPERATOR }
const isolates = createIsolates({ a: variables, b: variables, c: variables })
let a: Isolate
let b: Isolate
let c: Isolate

beforeAll(async () => {
  await isolates.start()
  ;[a, b, c] = [isolates.of('a'), isolates.of('b'), isolates.of('c')]
})
afterEach(() => b.probe('setClock', { ahead: 0 }))
afterAll(() => isolates.end())

async function signedIn(at: Isolate, visit: Visit = { sub: 'ann', sid: 'session-1' }): Promise<Person> {
  const person = createPerson()
  expect(await person.logIn(at, visit)).toBe('signed in')
  return person
}

/** Whether an isolate finds a session. */
async function finds(at: Isolate, token: string, options?: { fresh: boolean }): Promise<boolean> {
  return (await at.probe('find', { token, ...(options && { options }) })) !== undefined
}

/** What each isolate says to whoever has the cookie, where the record is read. */
async function statuses(person: Person): Promise<number[]> {
  const [first, second, third] = [person.copy(), person.copy(), person.copy()]
  return Promise.all([first.session(a), second.session(b), third.session(c)])
}

describe('a session that is ended on one isolate', () => {
  it('is over at once on all, where the record is read', async () => {
    const person = await signedIn(a)
    expect(await statuses(person)).toEqual([200, 200, 200])
    const thief = person.copy()
    await person.signOut(c)
    expect(await statuses(thief)).toEqual([401, 401, 401])
  })

  it('is over at once on all when an operator ends it', async () => {
    const persons = [await signedIn(a), await signedIn(b)]
    const other = await signedIn(a, { sub: 'ben', sid: 'session-2' })
    const request = new Request(`${ORIGIN}/api/auth/operator/sessions/end`, {
      method: 'POST',
      body: '{"email":"Ann@acme.example"}',
      headers: { authorization: `Bearer ${OPERATOR}` },
    })
    expect((await c.send(request)).status).toBe(200)
    for (const person of persons) expect(await statuses(person)).toEqual([401, 401, 401])
    expect(await statuses(other)).toEqual([200, 200, 200])
  })

  it('is answered from memory by an isolate that has seen it, for less than five minutes', async () => {
    const person = await signedIn(a)
    const token = person.token()
    expect(await finds(b, token)).toBe(true)
    expect(await finds(c, token)).toBe(true)
    await c.probe('end', { token })

    // Where it was ended, and where nobody has seen it before, it is over at once.
    expect(await finds(c, token)).toBe(false)
    expect(await finds(a, token)).toBe(false)
    // This is the bound, and why what must be true this moment asks for the record.
    await b.probe('setClock', { ahead: SESSION_FRESHNESS - MINUTE })
    expect(await finds(b, token)).toBe(true)
    await b.probe('setClock', { ahead: SESSION_FRESHNESS })
    expect(await finds(b, token)).toBe(false)
  })
})

/** All that hangs on one session of the identity provider. */
function groupOf(sid: string): SessionGroup {
  return { by: 'provider-session', connection: CONNECTION, issuer: inject('issuer'), sid, userId: undefined }
}

describe('a login that is under way when its group is ended', () => {
  it('is refused on every isolate, and a later one is not', async () => {
    const visit = { sub: 'eve', sid: 'overtaken' }
    const group = groupOf(visit.sid)
    await signedIn(a, visit)
    const late = await Promise.all(
      [a, b, c].map(async (at) => {
        const person = createPerson()
        return { at, person, callback: await person.begin(a, visit) }
      }),
    )
    expect(await c.probe('endAll', { group })).toBe(1)
    for (const { at, person, callback } of late) {
      expect(await person.complete(at, callback)).toBe('login_expired')
      expect(await statuses(person)).toEqual([401, 401, 401])
    }
    expect(await statuses(await signedIn(b, visit))).toEqual([200, 200, 200])
  })

  it('leaves no session behind, whichever comes first', async () => {
    for (let round = 0; round < 5; round++) {
      const visit = { sub: 'fay', sid: `contest ${round}` }
      const group = groupOf(visit.sid)
      const late = await Promise.all(
        Array.from({ length: 8 }, async () => {
          const person = createPerson()
          return { person, callback: await person.begin(a, visit) }
        }),
      )
      const completing = late.map(({ person, callback }, index) =>
        person.complete(index % 2 === 0 ? a : b, callback),
      )
      // In the middle of them: the first one is through.
      await Promise.race(completing)
      await c.probe('endAll', { group })
      await Promise.all(completing)
      for (const { person } of late) expect(await statuses(person)).toEqual([401, 401, 401])
      expect(await b.probe('list', { group })).toEqual([])
    }
  })
})

describe('sessions that are ended on c while b renews them', () => {
  it.each([
    {
      manner: 'with their group',
      async end(persons: readonly Person[], sid: string) {
        expect(await c.probe('endAll', { group: groupOf(sid) })).toBe(persons.length)
      },
    },
    {
      manner: 'one by one',
      async end(persons: readonly Person[]) {
        await Promise.all(persons.map((person) => person.copy().signOut(c)))
      },
    },
  ])('are never found again, $manner', async ({ manner, end }) => {
    for (let round = 0; round < 5; round++) {
      const sid = `${manner} ${round}`
      const visits = ['ann', 'ben', 'cay', 'dan'].map((sub) => ({ sub, sid }))
      const persons = await Promise.all(visits.map((visit) => signedIn(a, visit)))
      const renewals = await renewAgainAndAgain(
        b,
        persons.map((person) => person.token()),
        () => end(persons, sid),
      )
      expect(renewals.tokens.size).toBeGreaterThan(persons.length)
      expect(renewals.foundAfter).toBe(0)
      for (const name of NAMES) {
        for (const token of renewals.tokens) {
          expect(await finds(isolates.of(name), token, { fresh: true })).toBe(false)
        }
      }
    }
  })
})
