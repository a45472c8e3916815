import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { parseConfiguration } from './parse.ts'
import { readConfiguration } from './yaml.ts'

/** Of an entry with these lines more: what is said, and the configuration. */
function read(...lines: readonly string[]) {
  const keys = lines.map((line) => line.split(':')[0])
  const usual = [
    'protocol: OIDC',
    'name: Acme',
    'server_url: https://idp.example.com',
    'client_id: client-1',
    'client_secret: a-secret',
    'email_domain: example.com',
  ].filter((line) => !keys.includes(line.split(':')[0]))
  const entry = [...usual, ...lines].map((line) => `      ${line}`)
  const text = ['sso:', '  enabled: true', '  identity_providers:', '    - id: acme', ...entry].join('\n')
  const environment = (name: string) => (name === 'CLIENT' ? 'client-2' : undefined)
  return readConfiguration(text, parseOptionsWith({ environment, secretsLater: true }))
}

const codesOf = (line: string) => read(line).problems.map(({ code }) => code)

describe('a name as a shell takes it', () => {
  it.each(['client_secret: $COMPANY_SECRET', 'client_secret: "$SECRET"', 'client_id: $CLIENT_ID2'])(
    'is said to be text: %s',
    (line) => {
      expect(codesOf(line)).toEqual(['variable_without_braces'])
    },
  )

  it.each(['client_id: $CLIENT2', 'claims_mapping: {username: $X_}', 'groups_claim: $GROUPS'])(
    'is text, whatever its form, where no secret is: %s',
    (line) => {
      expect(codesOf(line)).toEqual(['variable_without_braces'])
    },
  )

  it.each([
    [['email_domain: $DOMAIN'], 'domain_invalid'],
    [['email_domain: [example.org, $DOMAIN]'], 'domain_invalid'],
    [['server_url: $SERVER'], 'url_invalid'],
  ])('is told beside what the value can not be: %j', (lines, code) => {
    expect(read(...lines).problems.map((problem) => problem.code)).toEqual(
      expect.arrayContaining([code, 'variable_without_braces']),
    )
  })

  it.each(['CORRECTHORSE', 'CORRECT_HORSE'])('is not repeated where it may be a secret: %s', (name) => {
    const [problem] = read(`client_secret: $${name}`).problems
    expect(problem?.code).toBe('variable_without_braces')
    expect(JSON.stringify(problem)).not.toContain('HORSE')
    const { problems } = read(`secret: $${name}`)
    expect(problems.map(({ code }) => code)).toContain('variable_without_braces')
    expect(JSON.stringify(problems)).not.toContain('HORSE')
  })

  it('is shown elsewhere, with what to write', () => {
    const [problem] = read('client_id: $CLIENT_ID2').problems
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
    expect(problem).toMatchObject({ severity: 'warning', fix: 'write ${CLIENT_ID2}' })
  })

  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
    'client_secret: ${COMPANY_SECRET}',
    'client_secret: $2b$10$abc',
    'client_secret: $Xk29fQ',
    'client_secret: $X7Q9KD2M',
    'client_secret: abc$DEF_GHI',
    'client_secret: $company_secret',
  ])('is not seen in %s', (line) => {
    expect(codesOf(line)).toEqual([])
  })
})

describe('what examples write', () => {
  it.each([
    'client_secret: change-me',
    'client_secret: ChangeMe',
    'client_secret: change_me',
    'client_secret: your-client-secret',
    'client_secret: YOUR_CLIENT_SECRET',
    'client_id: your-client-id',
    'client_id: your app id',
  ])('is said to be left: %s', (line) => {
    expect(codesOf(line)).toEqual(['placeholder_doubtful'])
    expect(read(line).compiled).toBeDefined()
  })

  it.each([
    'client_secret: change-me-9f3a',
    'client_secret: your-2f9d8c7b',
    'client_id: yourcompany',
    'client_id: doorward',
    'groups_claim: change-me',
  ])('is not seen in %s', (line) => {
    expect(codesOf(line)).toEqual([])
  })

  it('is looked for in time that does not grow with what is written', () => {
    const began = performance.now()
    expect(codesOf(`client_secret: your-${'a-'.repeat(500)}!`)).toEqual([])
    expect(performance.now() - began).toBeLessThan(1000)
  })
})

describe('a typographic quotation mark', () => {
  it.each(['client_id: “client-1”', 'client_secret: ‘a-secret’', 'client_id: client-1”', 'client_id: «x»'])(
    'is said to be part of %s',
    (line) => {
      expect(codesOf(line)).toEqual(['quotes_typographic'])
      expect(JSON.stringify(read('client_secret: “hunter2”').problems)).not.toContain('hunter2')
    },
  )

  it('does not keep a variable from being read', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
    const { compiled, problems } = read('client_id: “${CLIENT}”')
    expect(problems.map(({ code }) => code)).toEqual(['quotes_typographic'])
    expect(JSON.stringify(compiled)).toContain('“client-2”')
  })

  it('may be part of a name', () => {
    expect(codesOf('name: “Acme”')).toEqual([])
    expect(codesOf('authorization: {mapping: [{group: «Staff», root_role: user}]}')).toEqual([])
    expect(codesOf('client_id: client-“1”-x')).toEqual([])
  })

  it.each([
    'email_domain: “example.com”',
    'email_domain: [example.org, “example.com”]',
    'groups_claim: “groups”',
    'claims_mapping: {name: “name”}',
  ])('is no part of what programs read: %s', (line) => {
    expect(codesOf(line)).toEqual(['quotes_typographic'])
  })

  it('is told beside what the value can not be', () => {
    expect(codesOf('server_url: “https://idp.example.com”').sort()).toEqual([
      'quotes_typographic',
      'url_invalid',
    ])
  })

  it('is no part of what a SAML provider calls itself and its attributes', () => {
    const saml = {
      id: 'acme',
      protocol: 'SAML',
      name: 'Acme',
      email_domain: 'example.com',
      entity_id: '“https://idp.example.com”',
      metadata_url: 'https://idp.example.com/metadata',
      attribute_mapping: { uid: '“uid”', email: 'email' },
    }
    const input = { sso: { enabled: true, identity_providers: [saml] } }
    const { issues } = parseConfiguration(input, parseOptionsWith())
    const places = issues.map(({ code, path }) => [code, path.at(-1)])
    expect(places).toEqual([
      ['quotes_typographic', 'entity_id'],
      ['quotes_typographic', 'uid'],
    ])
  })
})

describe('a secret with a number sign', () => {
  it.each(['client_secret: abc #def', 'client_secret: abc #d#e'])('may have lost its end: %s', (line) => {
    expect(codesOf(line)).toEqual(['secret_cut_off'])
    expect(JSON.stringify(read(line).problems)).not.toMatch(/abc|def/)
  })

  it.each([
    'client_secret: abc#def',
    'client_secret: "abc #def"',
    "client_secret: 'abc' #def",
    'client_secret: abc # from the vault',
    'client_secret: abc #from the vault',
    'client_secret: abc #TODO',
    'client_secret: abc #gitleaks:allow',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
    'client_secret: ${COMPANY_SECRET} #vault',
    'client_id: client-1 #one',
  ])('is whole: %s', (line) => {
    expect(codesOf(line)).toEqual([])
  })
})

describe('a parameter beside what is made of it', () => {
  const overridden = (...lines: readonly string[]) =>
    read(...lines).problems.flatMap(({ code, message }) =>
      code === 'parameter_overridden' ? /"(\w+)"/.exec(message)?.[1] : [],
    )

  it('is said not to count', () => {
    const keycloak = ['provider: keycloak', 'domain: id.example.com', 'realm: staff']
    expect(overridden(...keycloak)).toEqual(['domain', 'realm'])
    expect(overridden('provider: okta')).toEqual([])
  })
})
