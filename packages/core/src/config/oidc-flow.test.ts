// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
import { describe, expect, it } from 'vitest'
import { testCertificates } from '../../test/certificates.ts'
import { parseOptionsWith } from '../../test/configured.ts'
import { loadConfiguration, secretVariables } from './compile.ts'
import { parseConfiguration } from './parse.ts'

const provider = {
  id: 'acme',
  name: 'Acme',
  protocol: 'OIDC',
  server_url: 'https://idp.example',
  client_id: 'client-1',
  client_secret: 'secret-1',
  email_domain: 'acme.example',
}

function read(changes: object) {
  const input = { sso: { enabled: true, identity_providers: [{ ...provider, ...changes }] } }
  const { compiled, issues } = parseConfiguration(input, parseOptionsWith())
  const connections = compiled ? loadConfiguration(compiled, () => undefined).connections : []
  return { connection: connections[0]?.open(), codes: issues.map(({ code }) => code) }
}

it.each([
  [{ prompt: 'consent' }, { prompt: ['consent'] }],
  [{ prompt: ['login', 'select_account'] }, { prompt: ['login', 'select_account'] }],
  [{ max_age: 0 }, { maxAge: 0 }],
  [{ max_age: 3600 }, { maxAge: 3600 }],
  [{ acr_values: 'silver gold' }, { acrValues: ['silver', 'gold'] }],
  [{ acr_values: ['urn:a:b', 'mfa'] }, { acrValues: ['urn:a:b', 'mfa'] }],
  [{ domain_hint: 'acme.example' }, { domainHint: 'acme.example' }],
])('%j is what a request asks for', (changes, asks) => {
  const { connection, codes } = read(changes)
  expect(codes).toEqual([])
  expect(connection).toMatchObject({ asks })
})

it.each([
  [{ prompt: 'none' }, 'choice_unknown'],
  [{ prompt: [] }, 'value_empty'],
  [{ prompt: ['login', 'nothing'] }, 'choice_unknown'],
  [{ max_age: -1 }, 'number_invalid'],
  [{ max_age: 1.5 }, 'number_invalid'],
  [{ max_age: '1h' }, 'type_wrong'],
  [{ acr_values: '' }, 'value_empty'],
])('%j is refused', (changes, code) => {
  expect(read(changes).codes).toEqual([code])
})

it.each([
  [{}, { responseType: 'code', responseMode: 'query', pkce: true }],
  [{ response_mode: 'form_post' }, { responseType: 'code', responseMode: 'form_post', pkce: true }],
  [
    { response_type: 'id_token', client_secret: undefined },
    { responseType: 'id_token', responseMode: 'form_post', pkce: false, isOffered: true },
  ],
])('%j is how a login goes', (changes, expected) => {
  expect(read(changes).connection).toMatchObject(expected)
})

it('the implicit flow has no use for a secret', () => {
  const { connection } = read({ response_type: 'id_token' })
  expect(connection?.protocol === 'oidc' && connection.clientSecret).toBeUndefined()
})

describe('a client that signs', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'
  const signing = { client_secret: undefined, client_private_key: key }

  it.each([
    [signing, { clientAuthentication: 'automatic', assertionAudience: 'issuer' }],
    [{ ...signing, token_auth_method: 'private_key_jwt' }, { clientAuthentication: 'private_key_jwt' }],
    [{ ...signing, client_key_id: 'key-1' }, { clientKeyId: 'key-1' }],
    [{ ...signing, client_assertion_audience: 'endpoint' }, { assertionAudience: 'endpoint' }],
    [{ ...signing, server_url: 'https://acme.okta.com' }, { assertionAudience: 'endpoint' }],
    [
      {
        ...signing,
        server_url: `https://login.microsoftonline.com/${crypto.randomUUID()}/v2.0`,
        client_id: crypto.randomUUID(),
      },
      { assertionAudience: 'endpoint' },
    ],
  ])('%j is configured so', (changes, expected) => {
    const { connection, codes } = read(changes)
    expect(codes).toEqual([])
    expect(connection).toMatchObject(expected)
    expect(connection?.protocol === 'oidc' && connection.clientPrivateKey?.reveal()).toBe(key)
    expect(connection?.protocol === 'oidc' && connection.clientSecret).toBeUndefined()
    expect(JSON.stringify(connection)).not.toContain('AAAA')
  })

  it('has a certificate, of which the first in the text is meant', () => {
    const { p256: ec, rsa2048 } = testCertificates
    const { connection, codes } = read({ ...signing, client_certificate: `${ec.pem}\n${rsa2048.pem}` })
    expect(codes).toEqual([])
    const der = ec.pem.replace(/-----[^-]+-----|\s/g, '')
    expect(connection).toMatchObject({ clientCertificate: der })
  })

  it('may take its key from the environment, where Doorward runs', () => {
    const entry = { ...provider, ...signing, client_private_key: '${ACME_KEY}' }
    const input = { sso: { enabled: true, identity_providers: [entry] } }
    const { compiled } = parseConfiguration(input, parseOptionsWith({ secretsLater: true }))
    if (!compiled) throw new Error('it is not compiled')
    expect(secretVariables(compiled)).toEqual(['ACME_KEY'])
    const connection = loadConfiguration(compiled, () => key).connections[0]?.open()
    expect(connection?.protocol === 'oidc' && connection.clientPrivateKey?.reveal()).toBe(key)
  })
})
