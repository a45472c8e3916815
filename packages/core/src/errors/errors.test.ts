import { describe, expect, it } from 'vitest'
import { ConfigurationError, SsoError } from './errors.ts'

describe('SsoError', () => {
  it('carries code, message, details and cause', () => {
    const cause = new Error('socket closed')
    const error = new SsoError('provider_unreachable', 'the identity provider can not be reached', {
      details: { host: 'idp.example' },
      cause,
    })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'SsoError',
      code: 'provider_unreachable',
      message: 'the identity provider can not be reached',
      details: { host: 'idp.example' },
    })
    expect(error.cause).toBe(cause)
  })

  it('has empty details and no cause when none are given', () => {
    const error = new SsoError('request_invalid', 'a parameter is missing')
    expect(error.details).toEqual({})
    expect(Object.hasOwn(error, 'cause')).toBe(false)
  })
})

describe('ConfigurationError', () => {
  const issue = { path: ['sso'], at: 'key', message: 'unknown key "x"' } as const

  it('counts its issues in words', () => {
    expect(new ConfigurationError([issue]).message).toBe('the configuration has 1 problem')
    expect(new ConfigurationError([issue, issue]).message).toBe('the configuration has 2 problems')
  })

  it('carries every issue', () => {
    expect(new ConfigurationError([issue, issue]).issues).toEqual([issue, issue])
    expect(new ConfigurationError([issue]).name).toBe('ConfigurationError')
  })
})
