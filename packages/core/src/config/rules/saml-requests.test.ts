import { describe, expect, it } from 'vitest'
import { type Entry, readEntry } from './entry.ts'
import { checkSamlRequests } from './saml-requests.ts'

const context = 'urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract'
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'

function codesOf(values: Readonly<Record<string, unknown>>): readonly string[] {
  const entry = readEntry({ protocol: 'SAML', attribute_mapping: { email: 'email' }, ...values }) as Entry
  return checkSamlRequests(entry).map(({ code }) => code)
}

describe('a strength that the answer is not compared with', () => {
  const asking = { requested_authn_context: [context] }

  it.each(['minimum', 'maximum', 'better'])('is asked for in vain without a signature: %s', (comparison) => {
    const values = { ...asking, authn_context_comparison: comparison }
    expect(codesOf(values)).toEqual(['authn_context_unsigned'])
    expect(codesOf({ ...values, sign_requests: false })).toEqual(['authn_context_unsigned'])
    expect(codesOf({ ...values, sign_requests: true })).toEqual([])
  })

  it.each([undefined, 'exact', 'Minimum', 1])(
    'is no strength that is compared, or none at all: %s',
    (value) => {
      expect(codesOf({ ...asking, authn_context_comparison: value })).toEqual([])
    },
  )

  it('has to be there', () => {
    expect(codesOf({ authn_context_comparison: 'minimum' })).toEqual(['authn_context_missing'])
  })
})

describe('a NameID that is another one at every login', () => {
  it('needs an attribute that says who it is', () => {
    expect(codesOf({ name_id_format: transient })).toEqual(['uid_missing'])
    expect(codesOf({ name_id_format: transient, attribute_mapping: { uid: ['uid'] } })).toEqual([])
  })

  it.each([persistent, undefined])('is not %s', (format) => {
    expect(codesOf({ name_id_format: format })).toEqual([])
  })
})
