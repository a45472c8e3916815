import { expect, it } from 'vitest'
import type { EndedSessions, OperatorSessions, Problem } from '../../src/contract.ts'
import { OPERATOR_TOKEN } from '../providers.ts'
import type { Driver } from './driver.ts'

const SESSIONS = '/api/auth/operator/sessions'

/** What operators can see and end. */
export function operatorCases({ open, logIn, session }: Driver): void {
  const call = (query: string, init: RequestInit = {}) =>
    open().call(`${SESSIONS}?${query}`, {
      ...init,
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, ...(init.headers as object) },
    })
  const list = async (query: string) => (await (await call(query)).json()) as OperatorSessions
  const end = async (query: string) =>
    (await (await call(query, { method: 'DELETE' })).json()) as EndedSessions

  it.each([
    ['no token', {}],
    ['another token', { authorization: `Bearer ${OPERATOR_TOKEN}x` }],
    ['the start of the token', { authorization: `Bearer ${OPERATOR_TOKEN.slice(0, -1)}` }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['the token by another scheme', { authorization: `Basic ${OPERATOR_TOKEN}` }],
    ['the bare token', { authorization: OPERATOR_TOKEN }],
  ])('lets nobody in with %s', async (_, headers) => {
    for (const method of ['GET', 'DELETE']) {
      const response = await open().call(`${SESSIONS}?connection=acme`, { method, headers })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(((await response.json()) as Problem).code).toBe('not_an_operator')
    }
  })

  it('does not take a signed-in person for an operator', async () => {
    const browser = open()
    await logIn(browser)
    expect((await browser.call(`${SESSIONS}?connection=acme`)).status).toBe(401)
  })

  it('shows the sessions of a person, found by address, and no secret', async () => {
    const browser = open()
    await logIn(browser, { user: 'colleague' })
    const response = await call('email=Colleague@ACME.example')
    const { sessions, next } = (await response.clone().json()) as OperatorSessions
    const own = await session(browser)
    expect(next).toBeNull()
    expect(sessions.length).toBeGreaterThan(0)
    for (const one of sessions) expect(one.user).toEqual(own?.user)
    const newest = sessions.find(({ expires_at }) => expires_at === own?.expires_at)
    expect(Date.parse(newest?.idle_until ?? '')).toBeGreaterThan(Date.parse(newest?.used_at ?? ''))
    const text = await response.text()
    for (const secret of ['eyJ', 'idToken', ...browser.cookies.values()]) expect(text).not.toContain(secret)
  })

  it('ends one session and leaves the others of the same person alone', async () => {
    await end('email=colleague@acme.example')
    const [one, two] = [open(), open()]
    await logIn(one, { user: 'colleague' })
    const [first] = (await list('email=colleague@acme.example')).sessions
    await logIn(two, { user: 'colleague' })
    expect(await end(`user=${first?.user.id}&session=${first?.id}`)).toEqual({ ended: 1 })
    expect(await end(`user=${first?.user.id}&session=${first?.id}`)).toEqual({ ended: 0 })
    expect(await session(one)).toBeUndefined()
    expect(await session(two)).toBeDefined()
  })

  it.each(['user', 'email', 'connection'] as const)('ends all sessions by %s', async (by) => {
    const [one, two, other] = [open(), open(), open()]
    await logIn(one, { user: 'colleague' })
    await logIn(two, { user: 'colleague' })
    await logIn(other, { connection: 'open', user: 'outsider' })
    const id = (await session(one))?.user.id ?? ''
    const names = { user: id, email: 'colleague@acme.example', connection: 'acme' }
    const { ended } = await end(`${by}=${names[by]}`)
    expect(ended).toBeGreaterThanOrEqual(2)
    for (const browser of [one, two]) expect(await session(browser)).toBeUndefined()
    expect(await session(other)).toBeDefined()
    expect((await list(`${by}=${names[by]}`)).sessions).toEqual([])
  })

  it('lists nobody for a name that nobody has', async () => {
    for (const query of ['email=nobody@acme.example', 'connection=twin-too', `user=${'A'.repeat(43)}`]) {
      expect(await list(query)).toEqual({ sessions: [], next: null })
      expect(await end(query)).toEqual({ ended: 0 })
    }
  })

  it.each([
    ['', 'name one of user, email, connection'],
    ['user=', 'user is empty or given more than once'],
    ['email=colleague@acme.example&connection=acme', 'name one of user, email, connection'],
    ['email=colleague@acme.example&email=user@acme.example', 'email is empty or given more than once'],
    ['email=colleague@acme.example&sesion=x', 'this takes user, email, connection, session and nothing else'],
    ['connection=acme&after=x', 'this takes user, email, connection, session and nothing else'],
    ['email=first+last@acme.example', 'email is not an address; "+" must be sent as %2B'],
    ['email=colleague', 'email is not an address; "+" must be sent as %2B'],
    ['user=short', 'user is not an id as a list of sessions gives it'],
    ['connection=acm', 'connection is none of the configuration; sessions of one that was removed are over'],
    ['connection=acme&session=x', 'one session is named by its user and its id'],
    [`user=${'A'.repeat(43)}&session=short`, 'one session is named by its user and its id'],
  ])('takes "%s" for a mistake, says which, and ends nothing', async (query, detail) => {
    const browser = open()
    await logIn(browser, { user: 'colleague' })
    const response = await call(query, { method: 'DELETE' })
    expect(response.status).toBe(400)
    expect(((await response.json()) as Problem).detail).toBe(detail)
    expect(await session(browser)).toBeDefined()
  })

  it.each(['x', 'x.y', `${'A'.repeat(43)}.${'B'.repeat(43)}.C`])(
    'takes the page after "%s" for a mistake',
    async (after) => expect((await call(`connection=acme&after=${after}`)).status).toBe(400),
  )
}
