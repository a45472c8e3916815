import type { LoginUrlAnswer } from '@doorward/hono/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  json,
  methods,
  page,
  problem,
  requestId,
  session,
  startContractServer,
} from '../../test/contract-server.ts'
import { createApi } from './api.ts'
import { type Arrival, readArrival } from './arrival.ts'
import { Login } from './login.svelte.ts'

const loginUrl = 'POST /api/auth/sso/login-url/'

let server: Awaited<ReturnType<typeof startContractServer>>
let left: string[]

beforeEach(async () => {
  left = []
  server = await startContractServer({
    'GET /api/auth/session': problem(401, 'not_signed_in'),
    'GET /api/auth/social': json(methods('email_address')),
    [loginUrl]: json({ url: 'https://sso.example.com/login/' } satisfies LoginUrlAnswer),
    'POST /api/auth/logout': json({ url: '/login' }),
  })
})

afterEach(() => server.stop())

async function open(arrival: Arrival = readArrival('')): Promise<Login> {
  const login = new Login(createApi(server.origin), arrival, (url) => left.push(url))
  await login.open()
  return login
}

function posted(): unknown {
  const request = server.received.find(({ method, path }) => `${method} ${path}` === loginUrl)
  return request && JSON.parse(request.body)
}

/** The bodies of the sign-outs that the server received. */
function signOuts(): string[] {
  return server.received.filter(({ path }) => path === '/api/auth/logout').map(({ body }) => body)
}

test('starts at the e-mail form', async () => {
  const login = await open()
  expect(login.view).toEqual({ name: 'email', isFirst: true, isBusy: false, fault: null })
})

test('starts at the one button where no address is asked for', async () => {
  server.answers['GET /api/auth/social'] = json(methods('lowest_weight'))
  const login = await open()
  expect(login.view).toEqual({ name: 'start', isBusy: false })
  await login.start()
  expect(posted()).toEqual({})
  expect(left).toEqual(['https://sso.example.com/login/'])
})

test('goes where a link from an identity provider says, once, and without a form', async () => {
  const login = await open(
    readArrival('?iss=https%3A%2F%2Fidp.example&login_hint=user%40example.com&next=%2Fa'),
  )
  expect(posted()).toEqual({ iss: 'https://idp.example', email: 'user@example.com', next: '/a' })
  expect(left).toEqual(['https://sso.example.com/login/'])
  await login.resume()
  expect(login.view).toMatchObject({ name: 'email', isBusy: false })
  expect(login.email).toBe('user@example.com')
})

test('asks for the address where such a link does not tell whom it means', async () => {
  server.answers[loginUrl] = problem(404, 'unknown_domain')
  const login = await open(readArrival('?iss=https%3A%2F%2Felsewhere.example'))
  expect(login.view).toEqual({ name: 'email', isFirst: true, isBusy: false, fault: null })
})

test('shows who is signed in although a link names an identity provider', async () => {
  server.answers['GET /api/auth/session'] = json(session)
  const login = await open(readArrival('?iss=https%3A%2F%2Fidp.example'))
  expect(login.view.name).toBe('signed-in')
  expect(posted()).toBeUndefined()
})

test('fills in the address that a link says', async () => {
  expect((await open(readArrival('?login_hint=user%40example.com'))).email).toBe('user@example.com')
})

test('says so when single sign-on is off', async () => {
  server.answers['GET /api/auth/social'] = json(methods('email_address', false))
  expect((await open()).view).toEqual({ name: 'off' })
})

test('asks for a new login after a sign-out', async () => {
  const login = await open(readArrival('?prompt=login'))
  login.type('user@example.com')
  await login.submit()
  expect(posted()).toEqual({ email: 'user@example.com', prompt: 'login' })
})

test.each([
  ['not_allowed', { email: 'user@example.com', prompt: 'login' }],
  ['login_failed', { email: 'user@example.com' }],
])('asks for a new login when the account was refused, and only then: %s', async (code, body) => {
  const login = await open(readArrival(`?error=${code}`))
  await login.tryAgain()
  login.type('user@example.com')
  await login.submit()
  expect(posted()).toEqual(body)
})

test('leaves for the address that the server chose, and hands it next', async () => {
  const login = await open(readArrival('?next=%2Freports%3Fa%3D1'))
  login.type('  user@example.com ')
  await login.submit()
  expect(posted()).toEqual({ email: 'user@example.com', next: '/reports?a=1' })
  expect(login.view).toEqual({ name: 'leaving', url: 'https://sso.example.com/login/' })
  expect(left).toEqual(['https://sso.example.com/login/'])
})

test('offers a choice, and the way back keeps the address', async () => {
  const choose = [{ name: 'One', url: 'https://sso.example.com/1/' }]
  server.answers[loginUrl] = json({ choose } satisfies LoginUrlAnswer)
  const login = await open()
  login.type('user@example.com')
  await login.submit()
  expect(login.view).toEqual({ name: 'choose', choices: choose, byAddress: true })
  await login.tryAgain()
  expect(login.view.name).toBe('email')
  expect(login.email).toBe('user@example.com')
  expect(left).toEqual([])
})

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['user', 'malformed'],
  ['user@', 'malformed'],
  ['@example.com', 'malformed'],
])('sends no request for %j', async (typed, reason) => {
  const login = await open()
  login.type(typed)
  await login.submit()
  expect(login.view).toMatchObject({ name: 'email', fault: { reason, requestId: null } })
  expect(posted()).toBeUndefined()
})

test('a second refusal of the same address is a new object, so that it is read out again', async () => {
  const login = await open()
  await login.submit()
  const first = login.view
  await login.submit()
  expect(login.view).toEqual(first)
  expect(login.view).not.toBe(first)
})

test.each(['unknown_domain', 'bad_request'] as const)('%s is said at the field', async (code) => {
  server.answers[loginUrl] = problem(400, code)
  const login = await open()
  login.type('user@example.com')
  await login.submit()
  expect(login.view).toEqual({
    name: 'email',
    isFirst: true,
    isBusy: false,
    fault: { reason: code, requestId },
  })
})

test.each(['not_allowed', 'too_many_requests', 'server_error'] as const)(
  '%s has its own view',
  async (code) => {
    server.answers[loginUrl] = problem(400, code)
    const login = await open()
    login.type('user@example.com')
    await login.submit()
    expect(login.view).toEqual({ name: 'problem', failure: { code, requestId } })
    await login.tryAgain()
    expect(login.view).toMatchObject({ name: 'email', fault: null })
  },
)

test('a refusal without a field to say it at has its own view', async () => {
  server.answers['GET /api/auth/social'] = json(methods('lowest_weight'))
  server.answers[loginUrl] = problem(400, 'unknown_domain')
  const login = await open()
  await login.start()
  expect(login.view).toEqual({ name: 'problem', failure: { code: 'unknown_domain', requestId } })
})

test('sends the form once, however often it is submitted', async () => {
  const login = await open()
  login.type('user@example.com')
  await Promise.all([login.submit(), login.submit()])
  expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test('an error in the address bar is shown once', async () => {
  const login = await open(readArrival(`?error=login_failed&request_id=${requestId}`))
  expect(login.view).toEqual({ name: 'problem', failure: { code: 'login_failed', requestId } })
  await login.tryAgain()
  expect(login.view.name).toBe('email')
})

test('tries everything again when the page never got an answer', async () => {
  server.answers['GET /api/auth/social'] = page(502)
  const login = await open()
  expect(login.view).toEqual({ name: 'problem', failure: { code: 'unreachable', requestId: null } })
  server.answers['GET /api/auth/social'] = json(methods('email_address'))
  await login.tryAgain()
  expect(login.view.name).toBe('email')
})

test('whoever is signed in sees that, and an earlier error beside it', async () => {
  server.answers['GET /api/auth/session'] = json(session)
  const login = await open(readArrival('?error=login_expired'))
  const notice = { code: 'login_expired', requestId: null }
  expect(login.view).toEqual({ name: 'signed-in', session, notice, signingOut: null, fault: null })
  login.dismissNotice()
  expect(login.view).toMatchObject({ name: 'signed-in', notice: null })
})

test('asks before it signs anybody out whom a link brought here', async () => {
  server.answers['GET /api/auth/session'] = json(session)
  const login = await open(readArrival('?sign_out=1'))
  expect(login.view).toEqual({ name: 'sign-out', session, signingOut: null, fault: null })
  expect(signOuts()).toEqual([])
  login.stay()
  expect(left).toEqual(['/'])
  expect(signOuts()).toEqual([])
})

test('shows the form, and no error, when a link to sign out finds nobody signed in', async () => {
  const login = await open(readArrival('?sign_out=1'))
  expect(login.view).toEqual({ name: 'email', isFirst: true, isBusy: false, fault: null })
})

test('still asks when the first try did not find out who is signed in', async () => {
  server.answers['GET /api/auth/session'] = page(502)
  const login = await open(readArrival('?sign_out=1'))
  expect(login.view).toMatchObject({ name: 'problem', failure: { code: 'unreachable' } })
  server.answers['GET /api/auth/session'] = json(session)
  await login.tryAgain()
  expect(login.view.name).toBe('sign-out')
})

describe.each([
  ['signed-in', ''],
  ['sign-out', '?sign_out=1'],
] as const)('signing out of %s', (name, search) => {
  beforeEach(() => {
    server.answers['GET /api/auth/session'] = json(session)
  })

  test.each([
    ['here', ''],
    ['everywhere', '{"everywhere":true}'],
  ] as const)('%s goes where the server says', async (reach, body) => {
    const login = await open(readArrival(search))
    await login.signOut(reach)
    expect(signOuts()).toEqual([body])
    expect(left).toEqual(['/login'])
    expect(login.view).toMatchObject({ name, signingOut: reach })
  })

  test('does one thing at a time', async () => {
    const login = await open(readArrival(search))
    const first = login.signOut('everywhere')
    await login.signOut('here')
    login.stay()
    expect(login.view).toMatchObject({ signingOut: 'everywhere' })
    await first
    expect(signOuts()).toEqual(['{"everywhere":true}'])
    expect(left).toEqual(['/login'])
  })

  test('stays when that fails, and can try again', async () => {
    server.answers['POST /api/auth/logout'] = problem(500, 'server_error')
    const login = await open(readArrival(search))
    await login.signOut('here')
    expect(left).toEqual([])
    const fault = { code: 'server_error', requestId }
    expect(login.view).toMatchObject({ name, signingOut: null, fault })
    server.answers['POST /api/auth/logout'] = json({ url: '/login' })
    const again = login.signOut('everywhere')
    expect(login.view).toMatchObject({ signingOut: 'everywhere', fault: null })
    await again
    expect(left).toEqual(['/login'])
  })

  test('stays when nobody could be signed out elsewhere, and says so', async () => {
    server.answers['POST /api/auth/logout'] = problem(401, 'not_signed_in')
    const login = await open(readArrival(search))
    await login.signOut('everywhere')
    expect(left).toEqual([])
    expect(login.view).toMatchObject({ name, signingOut: null, fault: 'ended' })
  })

  test('takes the browser’s way back as a new question who is here', async () => {
    const login = await open(readArrival(search))
    await login.signOut('here')
    server.answers['GET /api/auth/session'] = problem(401, 'not_signed_in')
    await login.resume()
    expect(login.view.name).toBe('email')
  })
})

test('back from the identity provider the form is there again', async () => {
  const login = await open()
  login.type('user@example.com')
  await login.submit()
  await login.resume()
  expect(login.view).toMatchObject({ name: 'email', isBusy: false })
  expect(login.email).toBe('user@example.com')
})

describe('social accounts', () => {
  const offer = (...how: Parameters<typeof methods>) => {
    server.answers['GET /api/auth/social'] = json(methods(...how))
  }

  test('stand beside the form, and only those that are there', async () => {
    offer('email_address', true, true)
    const login = await open()
    expect(login.view.name).toBe('email')
    expect(login.hasSso).toBe(true)
    expect(login.accounts).toEqual([
      {
        name: 'Continue with Google',
        icon: 'data:image/svg+xml,%3Csvg%20id%3D%22%23%22%2F%3E',
        url: '/api/auth/social/google/login/?',
      },
      { name: 'Continue with Amazon Cognito', icon: null, url: '/api/auth/social/amazon-cognito/login/?' },
    ])
  })

  test('are none where there are none', async () => {
    expect((await open()).accounts).toEqual([])
  })

  test('stand alone where there is no single sign-on', async () => {
    offer('email_address', false, true)
    const login = await open()
    expect(login.view).toEqual({ name: 'start', isBusy: false })
    expect(login.hasSso).toBe(false)
  })

  test('lead to where the person wanted to go, and after a sign-out ask which account', async () => {
    offer('lowest_weight', true, true)
    const login = await open(readArrival('?next=%2Fa%3Fb%3D1%26c&prompt=login'))
    expect(login.accounts[0]?.url).toBe('/api/auth/social/google/login/?next=%2Fa%3Fb%3D1%26c&prompt=login')
  })

  test('ask which account after one that may not come in', async () => {
    offer('email_address', true, true)
    const login = await open(readArrival('?error=not_allowed&request_id=x'))
    await login.tryAgain()
    expect(login.accounts[0]?.url).toBe('/api/auth/social/google/login/?prompt=login')
  })
})
