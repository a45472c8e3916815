import { expect, test } from 'vitest'
import { readArrival, tidyAddress } from './arrival.ts'

test('reads next, error and request id', () => {
  expect(readArrival('?next=%2Fa%3Fb%3D1&error=not_allowed&request_id=abcd-1234')).toEqual({
    next: '/a?b=1',
    isSignedOut: false,
    signedOut: null,
    asksSignOut: false,
    issuer: null,
    loginHint: null,
    failure: { code: 'not_allowed', requestId: 'abcd-1234' },
  })
  expect(readArrival('')).toEqual({
    next: null,
    isSignedOut: false,
    signedOut: null,
    asksSignOut: false,
    issuer: null,
    loginHint: null,
    failure: null,
  })
  expect(readArrival('?prompt=login').isSignedOut).toBe(true)
  expect(readArrival('?sign_out=1').asksSignOut).toBe(true)
  for (const signedOut of ['everywhere', 'here'] as const) {
    expect(readArrival(`?signed_out=${signedOut}`).signedOut).toBe(signedOut)
  }
  expect(readArrival('?signed_out=toString').signedOut).toBeNull()
  expect(readArrival('?iss=https%3A%2F%2Fidp.example&login_hint=user%40example.com')).toMatchObject({
    issuer: 'https://idp.example',
    loginHint: 'user@example.com',
  })
})

test.each(['', 'LOGIN_FAILED', 'constructor', '<b>'])('unknown error %j is a server_error', (error) => {
  const { failure } = readArrival(`?error=${encodeURIComponent(error)}`)
  expect(failure).toEqual({ code: 'server_error', requestId: null })
})

test.each(['abc', 'a'.repeat(65), '<b>bold</b>', 'call 555', 'abcd\n'])(
  'never shows %j as a request id',
  (id) => {
    const { failure } = readArrival(`?error=login_failed&request_id=${encodeURIComponent(id)}`)
    expect(failure?.requestId).toBeNull()
  },
)

test('tidies away what was said once and keeps the rest', () => {
  expect(tidyAddress('https://sso.example.com/login?next=%2Fa&error=x&request_id=y#z')).toBe(
    'https://sso.example.com/login?next=%2Fa#z',
  )
  expect(tidyAddress('https://sso.example.com/login?error=x')).toBe('https://sso.example.com/login')
  expect(tidyAddress('https://sso.example.com/login?iss=x&login_hint=user%40example.com')).toBe(
    'https://sso.example.com/login',
  )
  expect(tidyAddress('https://sso.example.com/login?sign_out=1')).toBe('https://sso.example.com/login')
  expect(tidyAddress('https://sso.example.com/login?prompt=login&signed_out=here')).toBe(
    'https://sso.example.com/login?prompt=login',
  )
  expect(tidyAddress('https://sso.example.com/login?next=/a%20b')).toBe(
    'https://sso.example.com/login?next=/a%20b',
  )
})
