import { describe, expect, it } from 'vitest'
import { SsoError } from '../errors/index.ts'
import { errorDetails, validateAuthorizationResponse } from './authorization-response.ts'

const state = 'the-state-of-this-login'
const metadata = {
  issuer: 'https://idp.example',
  authorization_endpoint: 'https://idp.example/authorize',
  token_endpoint: 'https://idp.example/token',
  jwks_uri: 'https://idp.example/jwks',
}
const good = `code=code-1&state=${state}&iss=https://idp.example`

function outcome(query: string, promisesIssuer = false): string {
  const expected = {
    server: {
      ...metadata,
      ...(promisesIssuer ? { authorization_response_iss_parameter_supported: true } : {}),
    },
    state,
  }
  try {
    return validateAuthorizationResponse(new URLSearchParams(query), expected)
  } catch (error) {
    return error instanceof SsoError ? error.code : String(error)
  }
}

describe('an authorization response', () => {
  it.each([
    [good, 'code-1'],
    [`code=code-1&state=${state}`, 'code-1'],
    [`${good}&session_state=x&scope=openid`, 'code-1'],
    ['', 'authorization_response_invalid'],
    [`code=code-1`, 'authorization_response_invalid'],
    [`code=code-1&state=`, 'authorization_response_invalid'],
    [`code=code-1&state=${state}x`, 'authorization_response_invalid'],
    [`code=code-1&state=${state.toUpperCase()}`, 'authorization_response_invalid'],
    [`${good}&state=${state}`, 'authorization_response_invalid'],
    [`${good}&state=other`, 'authorization_response_invalid'],
    [`state=${state}`, 'authorization_response_invalid'],
    [`code=&state=${state}`, 'authorization_response_invalid'],
    [`${good}&code=code-1`, 'authorization_response_invalid'],
    [`${good}&code=`, 'authorization_response_invalid'],
    [`${good}&iss=https://idp.example`, 'authorization_response_invalid'],
    [`${good}&response=x.y.z`, 'authorization_response_invalid'],
    [`${good}&token=x`, 'authorization_response_invalid'],
    [`${good}&error=`, 'code-1'],
    [`${good}&error=&error=`, 'authorization_response_invalid'],
    [`${good}&id_token=x.y.z`, 'authorization_response_invalid'],
    [`${good}&error=a&error=b`, 'authorization_response_invalid'],
    [`error=access_denied&state=${state}`, 'authorization_denied'],
    [`error=login_required&state=${state}`, 'authorization_failed'],
    [`error=access_denied&state=${state}&id_token=x.y.z`, 'authorization_denied'],
    [`error=access_denied&state=other`, 'authorization_response_invalid'],
    [`error=access_denied`, 'authorization_response_invalid'],
    [`code=code-1&state=${state}&iss=https://idp.example/`, 'authorization_issuer_mismatch'],
    [`code=code-1&state=${state}&iss=https://IDP.example`, 'authorization_issuer_mismatch'],
    [`code=code-1&state=${state}&iss=`, 'authorization_issuer_mismatch'],
    [`${good}&iss=https://evil.example`, 'authorization_issuer_mismatch'],
    [`error=access_denied&state=${state}&iss=https://evil.example`, 'authorization_issuer_mismatch'],
    [`state=other&iss=https://evil.example`, 'authorization_issuer_mismatch'],
  ])('%j: %s', (query, result) => {
    expect(outcome(query)).toBe(result)
  })

  it('needs its issuer where the provider promises to send it', () => {
    expect(outcome(good, true)).toBe('code-1')
    expect(outcome(`code=code-1&state=${state}`, true)).toBe('authorization_issuer_mismatch')
    expect(outcome(`error=access_denied&state=${state}`, true)).toBe('authorization_issuer_mismatch')
  })

  it.each([`state=${state}`, `code=&state=${state}`, `${good}&code=code-2`])(
    '%j is refused, and the log says that it is the code',
    (query) => {
      const expected = { server: metadata, state }
      expect(() => validateAuthorizationResponse(new URLSearchParams(query), expected)).toThrow(
        expect.objectContaining({
          code: 'authorization_response_invalid',
          details: { parameter: 'code' },
        }),
      )
    },
  )

  it('brings a wrong issuer into the log only if it looks like one', () => {
    const query = new URLSearchParams({ code: 'x', state, iss: 'https://user@acme.example\u001b[2J' })
    const expected = { server: metadata, state }
    expect(() => validateAuthorizationResponse(query, expected)).toThrow(
      expect.objectContaining({
        details: { expected: metadata.issuer, received: '(not shown)' },
      }),
    )
  })
})

describe('what is kept of an error', () => {
  it.each([
    ['access_denied', undefined, { error: 'access_denied' }],
    [
      'invalid_client',
      'AADSTS7000215: Invalid client secret',
      { error: 'invalid_client', vendorCode: 'AADSTS7000215' },
    ],
    ['x', 'the user user@acme.example said no', { error: 'x' }],
    ['line\nbreak', undefined, { error: '(not shown)' }],
    ['user@acme.example', undefined, { error: '(not shown)' }],
    ['ünï', undefined, { error: '(not shown)' }],
    ['', undefined, { error: '(not shown)' }],
    ['x'.repeat(201), undefined, { error: '(not shown)' }],
    [undefined, undefined, { error: '(none)' }],
    [{ toString: 1, valueOf: 1 }, { match: 1 }, { error: '(not shown)' }],
  ])('%j with %j is %j', (error, description, details) => {
    expect(errorDetails(error, description)).toEqual(details)
  })
})
