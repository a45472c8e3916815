import { describe, expect, it } from 'vitest'
import { SsoError } from '../errors/index.ts'
import { Secret, unsetSecret } from './secret.ts'

const value = 'correct-horse-battery-staple'
const secret = new Secret(value)

it('reveals its value when asked', () => {
  expect(secret.reveal()).toBe(value)
})

it.each([
  ['String()', () => String(secret)],
  ['a template', () => `${secret}`],
  ['concatenation', () => `${['', secret].join('')}`],
  ['JSON', () => JSON.stringify({ secret })],
])('shows [secret] in %s', (_, print) => {
  expect(print()).toContain('[secret]')
  expect(print()).not.toContain(value)
})

it('has no property that an inspection could show', () => {
  expect(Reflect.ownKeys(secret)).toEqual([])
  expect(Object.values({ ...secret })).toEqual([])
})

it('does not take its value along when it is cloned', () => {
  expect(JSON.stringify(structuredClone({ secret }))).not.toContain(value)
})

describe('a secret that is not set', () => {
  const unset = unsetSecret('ACME_CLIENT_SECRET')

  it('fails when it is needed, and names the variable', () => {
    expect(() => unset.reveal()).toThrow(SsoError)
    expect(() => unset.reveal()).toThrow(
      expect.objectContaining({ code: 'installation_invalid', details: { variable: 'ACME_CLIENT_SECRET' } }),
    )
  })

  it('looks like any other before', () => {
    expect([String(unset), JSON.stringify(unset)]).toEqual(['[secret]', '"[secret]"'])
  })
})
