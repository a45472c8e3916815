import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  json,
  methods,
  page,
  problem,
  requestId,
  session,
  startContractServer,
} from '../../test/contract-server.ts'
import { type Api, createApi } from './api.ts'

let server: Awaited<ReturnType<typeof startContractServer>>
let api: Api

beforeEach(async () => {
  server = await startContractServer({})
  api = createApi(server.origin)
})

afterEach(() => server.stop())

const unreachable = { ok: false, failure: { code: 'unreachable', requestId: null } }

test('reads the login methods and the session', async () => {
  server.answers['GET /api/auth/social'] = json(methods('email_address'))
  server.answers['GET /api/auth/session'] = json(session)
  expect(await api.methods()).toEqual({ ok: true, value: methods('email_address') })
  expect(await api.session()).toEqual({ ok: true, value: session })
})

test('401 means that nobody is signed in', async () => {
  server.answers['GET /api/auth/session'] = problem(401, 'not_signed_in')
  expect(await api.session()).toEqual({ ok: true, value: null })
})

test('posts the address as JSON, not in a URL', async () => {
  server.answers['POST /api/auth/sso/login-url/'] = json({ url: 'https://sso.example.com/' })
  await api.loginUrl({ email: 'user@example.com' })
  expect(server.received).toEqual([
    {
      method: 'POST',
      path: '/api/auth/sso/login-url/',
      contentType: 'application/json',
      body: '{"email":"user@example.com"}',
    },
  ])
})

test('signs out with an empty body', async () => {
  server.answers['POST /api/auth/logout'] = json({ url: 'https://sso.example.com/logout' })
  expect(await api.logout()).toEqual({ ok: true, value: { url: 'https://sso.example.com/logout' } })
  expect(server.received).toMatchObject([{ method: 'POST', contentType: undefined, body: '' }])
})

test('signs out everywhere when that is asked for', async () => {
  server.answers['POST /api/auth/logout'] = json({ url: '/login' })
  await api.logout({ everywhere: true })
  expect(server.received).toMatchObject([{ contentType: 'application/json', body: '{"everywhere":true}' }])
})

test('nobody is signed out everywhere when nobody is signed in', async () => {
  server.answers['POST /api/auth/logout'] = problem(401, 'not_signed_in')
  expect(await api.logout({ everywhere: true })).toEqual({ ok: true, value: null })
})

test('a refusal keeps its code and request id', async () => {
  server.answers['GET /api/auth/social'] = problem(429, 'too_many_requests')
  expect(await api.methods()).toEqual({ ok: false, failure: { code: 'too_many_requests', requestId } })
})

test.each([
  ['an unknown code', { code: 'teapot' }],
  ['a code that is no string', { code: 7 }],
  ['a code that every object has', { code: 'toString' }],
  ['no object', null],
])('%s is a server_error', async (_what, body) => {
  server.answers['GET /api/auth/social'] = json(body, 400)
  expect(await api.methods()).toEqual({ ok: false, failure: { code: 'server_error', requestId: null } })
})

test.each([200, 502])('a page instead of JSON (%i) is no answer', async (status) => {
  server.answers['GET /api/auth/social'] = page(status)
  expect(await api.methods()).toEqual(unreachable)
})

test('a connection that breaks is no answer', async () => {
  server.answers['GET /api/auth/social'] = (response) => response.destroy()
  expect(await api.methods()).toEqual(unreachable)
})

test('a server that is not there is no answer', async () => {
  server.stop()
  expect(await api.methods()).toEqual(unreachable)
})

test.each([null, {}, { choose: 'me' }])('refuses an answer of another shape: %j', async (body) => {
  server.answers['POST /api/auth/sso/login-url/'] = json(body)
  expect(await api.loginUrl({})).toMatchObject({ ok: false, failure: { code: 'server_error' } })
})

test.each(['javascript:alert(1)', 'data:text/html,hello', 'https://'])('never goes to %s', async (url) => {
  const refused = { ok: false, failure: { code: 'server_error', requestId: null } }
  server.answers['POST /api/auth/sso/login-url/'] = json({ url })
  expect(await api.loginUrl({})).toEqual(refused)
  server.answers['POST /api/auth/sso/login-url/'] = json({ choose: [{ name: 'One', url }] })
  expect(await api.loginUrl({})).toEqual(refused)
  server.answers['POST /api/auth/logout'] = json({ url })
  expect(await api.logout()).toEqual(refused)
})
