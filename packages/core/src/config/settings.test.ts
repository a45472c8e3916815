import { expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { loadConfiguration } from './compile.ts'
import { parseConfiguration } from './parse.ts'

/** Which claim says whether the address is verified, for such a mapping. */
function verifiedClaimOf(mapping: Readonly<Record<string, string>>): string | undefined {
  const entry = {
    id: 'acme',
    protocol: 'OIDC',
    name: 'Acme',
    server_url: 'https://idp.example',
    client_id: 'client-1',
    client_secret: 'a-secret',
    email_domain: 'acme.example',
    claims_mapping: mapping,
  }
  const input = { sso: { enabled: true, identity_providers: [entry] } }
  const { compiled } = parseConfiguration(input, parseOptionsWith())
  if (!compiled) throw new Error('not a configuration')
  const connection = loadConfiguration(compiled, () => undefined).connections[0]?.open()
  return connection?.protocol === 'oidc' ? connection.claims.emailVerified : 'no connection'
}

it.each([
  ['nothing', {}, 'email_verified'],
  ['the address where it is anyway', { email: 'email' }, 'email_verified'],
  ['the address elsewhere', { email: 'upn' }, undefined],
  ['both', { email: 'upn', email_verified: 'upn_verified' }, 'upn_verified'],
  ['the standard claim by name', { email: 'upn', email_verified: 'email_verified' }, 'email_verified'],
])('with a mapping of %s, what says that the address is verified is %j: %s', (_, mapping, claim) => {
  expect(verifiedClaimOf(mapping)).toBe(claim)
})

it.each(['گروه\u200cها', 'Devs 👨\u200d💻', 'Größe'])('people may read the name %s', (name) => {
  const provider = { id: 'acme', protocol: 'OIDC', server_url: 'https://idp.example', client_id: 'client-1' }
  const entry = { ...provider, name, client_secret: 'a-secret', email_domain: 'acme.example' }
  const read = (value: object) =>
    parseConfiguration({ sso: { enabled: true, identity_providers: [value] } }, parseOptionsWith())
  expect(read(entry).issues).toEqual([])
  expect(read({ ...entry, name: `${name}\u200d` }).issues).toMatchObject([{ code: 'value_invisible' }])
})

it('Keycloak may live below any path, and a realm is no part of it', () => {
  const read = (domain: string) => {
    const entry = {
      id: 'kc',
      protocol: 'OIDC',
      name: 'Keycloak',
      provider: 'keycloak',
      domain,
      realm: 'staff',
    }
    const whole = { ...entry, client_id: 'client-1', client_secret: 'a-secret', email_domain: 'acme.example' }
    return parseConfiguration({ sso: { enabled: true, identity_providers: [whole] } }, parseOptionsWith())
  }
  expect(read('https://acme.example/keycloak').issues).toEqual([])
  expect(read('acme.example/auth/').issues).toEqual([])
  for (const domain of [
    'acme.example/realms/staff',
    'acme.example/admin/master/console',
    'acme.example/auth/realms/x',
  ]) {
    expect(read(domain).issues).toMatchObject([{ code: 'parameter_invalid' }])
  }
})
