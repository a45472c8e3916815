import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ErrorCode } from './codes.ts'
import { type ConfigurationIssueCode, issueSeverities } from './configuration-issues.ts'
import { SsoError } from './errors.ts'

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

it.each(Object.entries(issueSeverities))('%s is a word and a %s', (code, severity) => {
  expect(code).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/)
  expect(['error', 'warning']).toContain(severity)
})

it('what is wrong with a file and why a login failed have no code in common', () => {
  expectTypeOf<Extract<ErrorCode, ConfigurationIssueCode>>().toBeNever()
})
