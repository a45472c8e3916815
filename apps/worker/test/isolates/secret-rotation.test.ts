import { SESSION_FRESHNESS } from '@doorward/core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createIsolates, type Isolates } from './isolates.ts'
import type { Name } from './names.ts'
import { createPerson, type Person } from './person.ts'
import { createTraffic, type Traffic } from './traffic.ts'

const OLD = 'the-old-secret-of-these-tests-and-of-nothing'
const NEW = 'the-new-secret-of-these-tests-and-of-nothing'
const visit = { sub: 'ann', sid: 'session-1' }

/** A login that is begun at one isolate and completed at another. @returns how it ended */
async function logInAcross(isolates: Isolates, begun: Name, completed: Name): Promise<string> {
  const person = createPerson()
  return person.complete(isolates.of(completed), await person.begin(isolates.of(begun), visit))
}

/** In the order of docs/sessions.md. */
describe('DOORWARD_SECRET from OLD on a, over OLD NEW on b and NEW OLD on c, to NEW on d', () => {
  const isolates = createIsolates({
    a: { DOORWARD_SECRET: OLD },
    b: { DOORWARD_SECRET: `${OLD} ${NEW}` },
    c: { DOORWARD_SECRET: `${NEW} ${OLD}` },
    d: { DOORWARD_SECRET: NEW },
  })
  beforeAll(() => isolates.start())
  afterAll(() => isolates.end())

  async function signedIn(at: Name): Promise<Person> {
    const person = createPerson()
    expect(await person.logIn(isolates.of(at), visit)).toBe('signed in')
    return person
  }

  it.each([
    // While a deploy spreads, neighbours answer at the same time: either way.
    ['a', 'b', 'signed in'],
    ['b', 'a', 'signed in'],
    ['b', 'c', 'signed in'],
    ['c', 'b', 'signed in'],
    ['c', 'd', 'signed in'],
    ['d', 'c', 'signed in'],
    // What OLD sealed opens nothing where OLD has gone.
    ['a', 'd', 'login_expired'],
    ['b', 'd', 'login_expired'],
    // Nor does what NEW sealed where NEW has not come yet: this is why it comes behind OLD at first.
    ['c', 'a', 'login_expired'],
  ] as const)(
    'answers a login that is begun on %s and completed on %s: %s',
    async (begun, completed, outcome) => {
      expect(await logInAcross(isolates, begun, completed)).toBe(outcome)
    },
  )

  it('finds a session that OLD sealed as long as OLD is there', async () => {
    const person = await signedIn('a')
    expect(await person.session(isolates.of('b'))).toBe(200)
    expect(await person.session(isolates.of('c'))).toBe(200)
    expect(await person.session(isolates.of('d'))).toBe(401)
  })

  it('keeps a session that is used while both are there', async () => {
    const person = await signedIn('a')
    const c = isolates.of('c')
    await c.probe('setClock', { ahead: SESSION_FRESHNESS })
    const found = await c.probe('find', { token: person.token(), options: { renew: true } })
    person.setToken(found?.renewed ?? '')
    expect(await person.session(isolates.of('d'))).toBe(200)
  })

  /**
   * What is promised: nobody's login fails, and nobody is signed out by it, while all traffic moves on from stage to
   * stage at any moment, but for the last: OLD goes once whatever it sealed is over. It takes the lifetime of a session
   * to know that without asking.
   */
  it('fails no login of a stream of them while the traffic moves on', async () => {
    const traffic = createTraffic(isolates)
    const visits = Array.from({ length: 6 }, (_, index) => traffic.visit(index % 2 === 0 ? 'quick' : 'slow'))
    await Promise.all([moveOn(traffic), ...visits])
    const { logins } = traffic
    const failed = logins.filter(({ outcome, session }) => outcome !== 'signed in' || session !== 200)
    expect(failed).toEqual([])
    for (const route of ['a to b', 'b to c', 'c to d']) {
      expect(logins.filter(({ begun, completed }) => `${begun} to ${completed}` === route)).not.toEqual([])
    }
  })

  async function moveOn(traffic: Traffic): Promise<void> {
    const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 20_000, interval: 5 })
    const completed = (at: Name) => traffic.logins.filter((login) => login.completed === at).length
    try {
      await until(() => completed('a') >= 30)
      traffic.moveTo('b')
      await until(() => completed('b') >= 30)
      traffic.moveTo('c')
      await until(() => completed('c') >= 30 && traffic.underWay('a') + traffic.underWay('b') === 0)
      traffic.moveTo('d')
      await until(() => completed('d') >= 30)
    } finally {
      traffic.stop()
    }
  }
})
