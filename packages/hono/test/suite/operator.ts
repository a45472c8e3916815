import { expect, it } from 'vitest'
import type { EndedSessions, OperatorRequest, OperatorSessions, Problem } from '../../src/contract.ts'
import { OPERATOR_TOKEN } from '../providers.ts'
import type { Driver } from './driver.ts'

const SESSIONS = '/api/auth/operator/sessions'

/** What operators can see and end. */
export function operatorCases({ open, logIn, session }: Driver): void {
  const call = (what: 'list' | 'end', body: string, headers: object = {}) =>
    open().call(`${SESSIONS}/${what}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, ...headers },
    })
  const list = async (who: OperatorRequest) =>
    (await (await call('list', JSON.stringify(who))).json()) as OperatorSessions
  const end = async (who: OperatorRequest) =>
    (await (await call('end', JSON.stringify(who))).json()) as EndedSessions

  it.each([
    ['no token', undefined],
    ['another token', `Bearer ${OPERATOR_TOKEN}x`],
    ['the start of the token', `Bearer ${OPERATOR_TOKEN.slice(0, -1)}`],
    ['an empty token', 'Bearer '],
    ['the token by another scheme', `Basic ${OPERATOR_TOKEN}`],
    ['the bare token', OPERATOR_TOKEN],
    ['the token twice', `Bearer ${OPERATOR_TOKEN}, Bearer ${OPERATOR_TOKEN}`],
  ])('lets nobody in with %s', async (_, authorization) => {
    for (const what of ['list', 'end']) {
      const response = await open().call(`${SESSIONS}/${what}`, {
        method: 'POST',
        body: '{"connection":"acme"}',
        ...(authorization === undefined ? {} : { headers: { authorization } }),
      })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(((await response.json()) as Problem).code).toBe('not_an_operator')
    }
  })

  it('does not take a signed-in person for an operator', async () => {
    const browser = open()
    await logIn(browser)
    const init = { method: 'POST', body: '{"connection":"acme"}' }
    expect((await browser.call(`${SESSIONS}/list`, init)).status).toBe(401)
  })

  it('shows the sessions of a person, found by address, and no secret', async () => {
    const browser = open()
    await logIn(browser, { user: 'colleague' })
    const response = await call('list', '{"email":"Colleague@ACME.example"}')
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
    await end({ email: 'colleague@acme.example' })
    const [one, two] = [open(), open()]
    await logIn(one, { user: 'colleague' })
    const [first] = (await list({ email: 'colleague@acme.example' })).sessions
    await logIn(two, { user: 'colleague' })
    const name = { user: first?.user.id ?? '', session: first?.id ?? '' }
    expect(await end(name)).toEqual({ ended: 1 })
    expect(await end(name)).toEqual({ ended: 0 })
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
    const { ended } = await end({ [by]: names[by] })
    expect(ended).toBeGreaterThanOrEqual(2)
    for (const browser of [one, two]) expect(await session(browser)).toBeUndefined()
    expect(await session(other)).toBeDefined()
    expect((await list({ [by]: names[by] })).sessions).toEqual([])
  })

  it('lists nobody for a name that nobody has', async () => {
    for (const who of [
      { email: 'nobody@acme.example' },
      { connection: 'twin-too' },
      { user: 'A'.repeat(43) },
    ]) {
      expect(await list(who)).toEqual({ sessions: [], next: null })
      expect(await end(who)).toEqual({ ended: 0 })
    }
  })

  it.each([
    ['', 'the body is not a JSON object'],
    ['[{"connection":"acme"}]', 'the body is not a JSON object'],
    ['{}', 'name one of user, email, connection'],
    ['{"user":""}', 'user is empty or not text'],
    ['{"connection":"acme","email":""}', 'email is empty or not text'],
    ['{"email":["colleague@acme.example"]}', 'email is empty or not text'],
    ['{"email":"colleague@acme.example","connection":"acme"}', 'name one of user, email, connection'],
    [
      '{"connection":"acme","sesion":"x"}',
      'the body may have user, email, connection, session and nothing else',
    ],
    [
      '{"connection":"acme","after":"x"}',
      'the body may have user, email, connection, session and nothing else',
    ],
    ['{"email":"user@acme.example","email":"colleague@acme.example"}', 'the body names something twice'],
    [
      '{"email":"user@acme.example","\\u0065mail":"colleague@acme.example"}',
      'the body names something twice',
    ],
    ['{"email":"colleague"}', 'email is not an address'],
    ['{"user":"short"}', 'user is not an id as a list of sessions gives it'],
    [
      '{"connection":"acm"}',
      'connection is none of the configuration; sessions of one that was removed are refused',
    ],
    ['{"connection":"acme","session":"x"}', 'one session is named by its user and its id'],
    [`{"user":"${'A'.repeat(43)}","session":"short"}`, 'one session is named by its user and its id'],
  ])('takes %s for a mistake, says which, and ends nothing', async (body, detail) => {
    const browser = open()
    await logIn(browser, { user: 'colleague' })
    const response = await call('end', body)
    expect(response.status).toBe(400)
    expect(((await response.json()) as Problem).detail).toBe(detail)
    expect(await session(browser)).toBeDefined()
  })

  it.each(['x', 'x.y', `${'A'.repeat(43)}.${'B'.repeat(43)}.C`])(
    'takes the page after "%s" for a mistake',
    async (after) =>
      expect((await call('list', JSON.stringify({ connection: 'acme', after }))).status).toBe(400),
  )

  it('ends nothing by a link', async () => {
    const headers = { authorization: `Bearer ${OPERATOR_TOKEN}` }
    expect((await open().call(`${SESSIONS}/end?connection=acme`, { headers })).status).toBe(404)
  })
}
