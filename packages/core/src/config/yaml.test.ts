import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import { type Problem, readConfiguration } from './yaml.ts'

const read = (text: string) => readConfiguration(text, baseUrl)

/** Where `what` stands in `text`, counted as people do. */
function place(text: string, what: string): Pick<Problem, 'line' | 'column'> {
  const before = text.slice(0, text.indexOf(what)).split('\n')
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 }
}

const good = `# Company login
sso:
  enabled: true
  selection_mode: email_address
  identity_providers:
    - id: okta
      protocol: OIDC
      name: Okta
      server_url: https://idp.example/
      client_id: client-1
      client_secret: secret-1
      email_domain: acme.example
`

describe('the documented samples', () => {
  it('of the format itself is understood', () => {
    const text = `---
sso:
  enabled: true
  selection_mode: email_address
  identity_providers:
    - id: oidc-idp
      protocol: OIDC
      name: OIDC-based IdP
      server_url: https://example.com
      client_id: xxx
      client_secret: xxx
      email_domain: example.com
`
    expect(read(text)).toMatchObject({
      problems: [],
      configuration: {
        connections: [{ id: 'oidc-idp', serverUrl: 'https://example.com', emailDomains: ['example.com'] }],
      },
    })
  })

  it.each([
    ['Azure', 'azure-oidc', 'https://login.microsoftonline.com/00000000-0000-0000-0000-000000000000/v2.0/'],
    ['Okta', 'okta-oidc', 'https://acme.okta.example/'],
    ['Auth0', 'auth0-oidc', 'https://acme.auth0.example/'],
    ['Keycloak', 'keycloak-oidc', 'https://keycloak.example/realms/acme/.well-known/openid-configuration'],
  ])('for %s is understood when it is filled in', (name, id, serverUrl) => {
    const text = `sso:
  enabled: true
  selection_mode: email_address
  identity_providers:
  - id: ${id}
    protocol: OIDC
    name: ${name} OIDC-based IdP
    server_url: ${serverUrl}
    client_id: 0oa-1
    client_secret: xxx
    email_domain: acme.example
`
    expect(read(text)).toMatchObject({ problems: [], configuration: { connections: [{ id }] } })
  })

  it('with its placeholders left in points at each of them', () => {
    const text = `sso:
  enabled: true
  identity_providers:
    - id: <idp-id:okta-oidc>
      protocol: OIDC
      name: Okta OIDC-based IdP
      server_url: https://<okta_domain>/
      client_id: <client_id>
      client_secret: <client_secret>
      email_domain: <company_email_domain>
`
    const { configuration, problems } = read(text)
    expect(configuration).toBeUndefined()
    expect(problems.map(({ line }) => line)).toEqual([4, 7, 10])
  })

  it('without its indentation gets an answer that helps', () => {
    const text = 'sso:\nenabled: true\nidentity_providers:\n- id: okta\nprotocol: OIDC\n'
    const { configuration, problems } = read(text)
    expect(configuration).toBeUndefined()
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toContain(
      '1: "sso" must be a mapping: keys with values, indented below it',
    )
  })
})

describe('a problem', () => {
  it.each([
    ['a wrong value', good.replace('email_address', 'by_mail'), 'by_mail', '"selection_mode" must be one of'],
    ['an unknown key', good.replace('client_id', 'clientid'), 'clientid', 'unknown key "clientid"'],
    ['a key without a value', good.replace('name: Okta', 'name:'), 'name:', '"name" has no value'],
    [
      'a bad server_url',
      good.replace('https://idp.example/', 'http://idp.example'),
      'http://idp.example',
      '"server_url" must begin',
    ],
    [
      'a bad domain',
      good.replace('acme.example', 'acme example'),
      'acme example',
      '"email_domain" is not a domain',
    ],
    [
      'a number that is meant as text',
      good.replace('client-1', '007'),
      '007',
      '"client_id" must be text, not a number',
    ],
    ['a quoted value', good.replace('true', '"yes"'), '"yes"', '"enabled" must be true or false'],
  ])('is placed at %s', (_, text, what, message) => {
    const { problems } = read(text)
    expect(problems).toContainEqual(
      expect.objectContaining({
        severity: 'error',
        ...place(text, what),
        message: expect.stringContaining(message),
      }),
    )
  })

  it('is placed at the entry that lacks a key', () => {
    const text = good.replace('      client_secret: secret-1\n', '')
    expect(read(text).problems).toMatchObject([
      { ...place(text, 'id: okta'), message: '"client_secret" is missing' },
    ])
  })

  it('is placed right in a file with the line ends of Windows', () => {
    const text = good.replace('email_address', 'by_mail').replaceAll('\n', '\r\n')
    expect(read(text).problems).toMatchObject([{ line: 4, column: 19 }])
  })

  it('of a second entry is placed in the second entry', () => {
    const second = good
      .slice(good.indexOf('    - id'))
      .replace('id: okta', 'id: other')
      .replace('acme.example', 'x@y')
    const text = good + second
    expect(read(text).problems).toMatchObject([{ severity: 'error', ...place(text, 'x@y') }])
  })

  it('may be a warning beside a good configuration', () => {
    const text = good.replace('      email_domain: acme.example\n', '')
    const { configuration, problems } = read(text)
    expect(configuration?.connections).toHaveLength(1)
    expect(problems).toMatchObject([{ severity: 'warning', ...place(text, 'id: okta') }])
  })

  it('never comes alone: all are there, in the order of the file', () => {
    const text = good
      .replace('true', 'yes')
      .replace('Okta', '7')
      .replace('client-1', '')
      .replace('acme.example', '"@"')
    expect(read(text).problems.map(({ line }) => line)).toEqual([3, 8, 10, 12])
  })

  it.each([[''], ['\n\n'], ['# nothing but a comment\n'], ['---\n'], ['text'], ['- a\n- b\n']])(
    'has a place in %j too',
    (text) => {
      const { configuration, problems } = read(text)
      expect(configuration).toBeUndefined()
      expect(problems).toHaveLength(1)
      expect(problems[0]?.message).toBe('the file must be a mapping: keys with values, indented below it')
      expect(problems[0]?.line).toBeGreaterThanOrEqual(1)
      expect(problems[0]?.column).toBeGreaterThanOrEqual(1)
    },
  )
})

describe('the syntax', () => {
  it.each([
    ['a tab', 'sso:\n\tenabled: true\n', 2, 'a tab is used for indentation', 'use spaces'],
    [
      'a key twice',
      'sso:\n  enabled: true\n  enabled: false\n',
      3,
      'this key stands twice in the same section',
      'remove one of the two',
    ],
    [
      'bad indentation',
      'sso:\n  enabled: true\n selection_mode: x\n',
      3,
      'the indentation does not fit the lines around it',
      'align it with its neighbours',
    ],
    [
      'no space after a colon',
      'sso:\n  enabled:true\n  selection_mode: email_address\n',
      2,
      'this line does not fit here: a key needs a colon and a space behind it',
      'write "key: value", with a space after the colon',
    ],
    [
      'a value that begins with a sign of YAML',
      'sso:\n  enabled: true\n  client_secret: @4711\n',
      3,
      'a value can not begin with this character',
      'put the value in quotes',
    ],
    [
      'a value that begins with an exclamation mark',
      'sso:\n  enabled: true\n  client_secret: !4711\n',
      3,
      'a value can not begin with this character',
      'put the value in quotes',
    ],
    [
      'two documents',
      'sso:\n  enabled: true\n---\nsso:\n',
      3,
      'the file holds more than one document',
      'remove all from the second "---" on',
    ],
  ])('with %s is explained in plain words', (_, text, line, message, fix) => {
    const { configuration, problems } = read(text)
    expect(configuration).toBeUndefined()
    expect(problems).toContainEqual(expect.objectContaining({ severity: 'error', line, message, fix }))
  })

  it('with one mistake is explained by one problem, not by its consequences too', () => {
    const tabs =
      'sso:\n\tenabled: true\n\tselection_mode: email_address\n\tidentity_providers:\n\t  - id: a\n'
    expect(read(tabs).problems).toHaveLength(1)
    const twice = 'sso:\n  enabled: true\n  enabled: true\nsso:\n  enabled: true\n'
    expect(read(twice).problems).toHaveLength(2)
  })

  it.each([
    ['an unfinished quotation', good.replace('Okta', '"Okta')],
    ['a bracket that is not closed', good.replace('Okta', '[Okta')],
    ['a value that begins with a reserved sign', good.replace('secret-1', '@secret')],
    ['a value that begins with a percent sign', good.replace('secret-1', '%secret')],
    ['a tag that nobody knows', good.replace('secret-1', '!vault secret')],
    ['a value that looks like a reference to an anchor', good.replace('secret-1', '*secret')],
    ['a value that looks like an anchor', good.replace('client_secret: secret-1', 'client_secret: &secret')],
    ['aliases that multiply', bomb()],
  ])('with %s gets one clear error and no exception', (_, text) => {
    const { configuration, problems } = read(text)
    expect(configuration).toBeUndefined()
    expect(problems.length).toBeGreaterThan(0)
    for (const { severity, line, column, message } of problems) {
      expect(severity).toBe('error')
      expect(line).toBeGreaterThanOrEqual(1)
      expect(column).toBeGreaterThanOrEqual(1)
      expect(message).toMatch(/^[^A-Z].*[^.]$/)
    }
  })

  it('of a reference to an anchor that is not there is placed at the reference', () => {
    const text = good.replace('secret-1', '*secret')
    expect(read(text).problems).toMatchObject([place(text, '*secret')])
  })

  it('keeps anchors and aliases of an honest file', () => {
    const text = good.replace('acme.example', '&domain acme.example').replace('name: Okta', 'name: *domain')
    const inOrder = text.replace('      name: *domain\n', '').concat('      name: *domain\n')
    expect(read(inOrder)).toMatchObject({
      problems: [],
      configuration: { connections: [{ name: 'acme.example' }] },
    })
  })

  it('takes no file beyond its limit', () => {
    const { configuration, problems } = read(good + '#'.repeat(2 * 1024 * 1024))
    expect(configuration).toBeUndefined()
    expect(problems).toMatchObject([
      { severity: 'error', line: 1, column: 1, message: expect.stringContaining('larger') },
    ])
  })
})

/** Nine levels of nine references each. */
function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const value = level === 0 ? '"x"' : `*a${level - 1}`
    return `a${level}: &a${level} [${Array.from({ length: 9 }, () => value).join(', ')}]`
  })
  return `${levels.join('\n')}\n`
}
