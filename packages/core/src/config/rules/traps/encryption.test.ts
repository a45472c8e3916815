import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../../../test/configured.ts'
import { loadConfiguration } from '../../compile.ts'
import { parseConfiguration } from '../../parse.ts'
import { type EncryptionHabit, encryptionHabitOf } from './encryption.ts'

/** What is known of the identity provider that such an entry describes. */
function habitOf(entry: object): EncryptionHabit | undefined {
  const whole = { id: 'acme', protocol: 'SAML', name: 'Acme', email_domain: 'acme.example', ...entry }
  const input = { sso: { enabled: true, identity_providers: [whole] } }
  const { compiled, issues } = parseConfiguration(input, parseOptionsWith())
  if (!compiled) throw new Error(issues.map(({ message }) => message).join('; '))
  const connection = loadConfiguration(compiled, () => undefined).connections[0]?.open()
  if (connection?.protocol !== 'saml') throw new Error('not a SAML connection')
  return encryptionHabitOf(connection)
}

const tenant = '11111111-2222-4333-8444-555555555555'
const adfs = { provider: 'adfs', domain: 'fs.acme.example' }
const azure = { provider: 'azure', tenant, application_id: tenant }
const auth0 = { provider: 'auth0', domain: 'acme.eu.auth0.com', client_id: 'client-1' }
const written = (rest: object) => ({ attribute_mapping: { email: 'email' }, ...rest })
const satosa = written({
  entity_id: 'https://proxy.acme.example/Saml2IDP/proxy.xml',
  metadata_url: 'https://proxy.acme.example/Saml2IDP/proxy.xml',
})

describe('how a provider encrypts, and that this is refused', () => {
  it.each<[string, object, RegExp]>([
    ['AD FS', adfs, /AD FS .*AES-CBC/],
    ['Entra', azure, /Entra .*AES-CBC/],
    ['Auth0', auth0, /Auth0 .*AES-CBC/],
    ['SATOSA', satosa, /SATOSA .*3DES/],
    [
      'AD FS with its metadata in the file',
      written({
        entity_id: 'http://fs.acme.example/adfs/services/trust',
        metadata: '<EntityDescriptor entityID="x"/>',
      }),
      /AD FS/,
    ],
  ])('is known of %s', (_, entry, words) => {
    expect(habitOf(entry)?.what).toMatch(words)
  })

  it.each<[string, object]>([
    ['AD FS', adfs],
    ['Entra', azure],
    ['Auth0', auth0],
  ])('is settled for %s where the response must be signed', (_, entry) => {
    expect(habitOf({ ...entry, want_response_signed: true })).toBeUndefined()
  })

  it('is not settled for a cipher that is never accepted', () => {
    expect(habitOf({ ...satosa, want_response_signed: true })?.what).toContain('3DES')
  })

  it.each<[string, object]>([
    ['Okta', { provider: 'okta', domain: 'acme.okta.com', application_id: 'exk1fcia6d6EMsf331d8' }],
    ['Keycloak', { provider: 'keycloak', domain: 'id.acme.example', realm: 'staff' }],
    ['anybody', written({ entity_id: 'urn:acme', metadata_url: 'https://idp.acme.example/metadata' })],
  ])('is not said of %s', (_, entry) => {
    expect(habitOf(entry)).toBeUndefined()
  })
})
