// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { brokenFiles, seedsOf } from '../../test/fixtures.ts'
import { readEnvironment } from './environment/read.ts'
import { knownKeys } from './format/keys.ts'
import { parseConfiguration } from './parse.ts'
import { readConfiguration } from './yaml.ts'

/** Any text that is wrong anywhere must not be repeated if it was a secret. */
const MARKER = 'hunter2MARKER'

/** The same numbers in every run: [mulberry32](https://gist.github.com/tommyettinger/46a874533244883189143505d203312c). */
function randomFrom(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T
  return { below, pick }
}

type Random = ReturnType<typeof randomFrom>

const keys = [
  ...knownKeys.keys(),
  '__proto__',
  'constructor',
  'toString',
  'valueOf',
  '',
  'colour',
  '0',
  '<<',
  'ключ',
]
const values: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  ' ',
  '\n',
  'OIDC',
  'SAML',
  'oidc',
  'azure',
  'keycloak',
  'adfs',
  'custom',
  'none',
  'code',
  'id_token',
  'example.com',
  '*.example.com',
  '*',
  'user@example.com',
  'https://idp.example.com',
  'https://login.microsoftonline.com/common/v2.0',
  'https://idp.example.com/realms/master',
  'http://[::1]/',
  'https://[',
  'javascript:alert(1)',
  '<client_id>',
  '${NAME}',
  '${NAME:-x}',
  '${DOORWARD_SECRET}',
  '${',
  '$${',
  '\ud800',
  '\u0000',
  '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
  '-----BEGIN PRIVATE KEY-----',
  '<EntityDescriptor ',
  'lowest_weight',
]

function randomValue(random: Random, depth: number): unknown {
  const kind = random.below(depth > 0 ? 10 : 5)
  if (kind < 5) return random.pick(values)
  if (kind < 7) return Array.from({ length: random.below(4) }, () => randomValue(random, depth - 1))
  return randomMapping(random, depth)
}

function randomMapping(random: Random, depth: number): Record<string, unknown> {
  const names = Array.from({ length: random.below(12) }, () => random.pick(keys))
  return Object.fromEntries(names.map((name) => [name, randomValue(random, depth - 1)]))
}

/** Random, but in the shape of a file as often as not, or all of it would be refused at the door. */
function randomInput(random: Random): unknown {
  if (random.below(8) === 0) return randomValue(random, 5)
  const entry = () => ({
    ...(random.below(4) === 0
      ? {}
      : { id: random.pick(['a', 'b', 'A']), name: random.pick(['A', 'B', 'a']) }),
    ...(random.below(4) === 0 ? {} : { protocol: random.pick(['OIDC', 'SAML', 'saml', 'oidc', 'LDAP', 7]) }),
    ...(random.below(4) === 0 ? {} : { server_url: random.pick(values), client_id: random.pick(values) }),
    ...(random.below(2) === 0
      ? {}
      : { client_secret: random.pick([MARKER, ` ${MARKER}`, `<${MARKER}>`, [MARKER]]) }),
    ...randomMapping(random, 3),
  })
  return {
    sso: {
      enabled: random.pick([true, true, true, 'yes', false]),
      selection_mode: random.pick(['email_address', 'lowest_weight', 'x', null]),
      identity_providers: Array.from({ length: random.below(4) }, entry),
      ...(random.below(3) === 0 ? randomMapping(random, 2) : {}),
    },
    ...(random.below(3) === 0 ? { social_account: { enabled: true, ...randomMapping(random, 3) } } : {}),
    ...(random.below(4) === 0 ? randomMapping(random, 2) : {}),
  }
}

const options = parseOptionsWith({ environment: (name) => (name === 'NAME' ? 'value of NAME' : undefined) })

describe('no value makes it throw', () => {
  it('whatever stands behind the keys', () => {
    const random = randomFrom(1)
    let usable = 0
    for (let run = 0; run < 500; run++) {
      const { compiled, issues } = parseConfiguration(randomInput(random), options)
      if (compiled) usable++
      expect(JSON.stringify(issues)).not.toContain(MARKER)
      const texts = issues.map(({ message, fix = '' }) => `${message} ${fix}`).join('\n')
      expect(texts).not.toMatch(/undefined|\[object|NaN/)
    }
    // Some get as far as being compiled, so that is tried as well.
    expect(usable).toBeGreaterThan(0)
  })

  it.each([
    ['a deep list', deep((inner) => [inner])],
    ['a deep mapping', deep((inner) => ({ sso: inner }))],
    [
      'deep identity providers',
      { sso: { enabled: true, identity_providers: [deep((inner) => ({ id: inner }))] } },
    ],
    ['a mapping without a prototype', Object.assign(Object.create(null), { sso: null })],
    ['a function', () => undefined],
    ['a symbol', Symbol('sso')],
    ['a large integer', 10n],
    ['ten thousand entries', { sso: { enabled: true, identity_providers: Array(10_000).fill({ id: 'a' }) } }],
    [
      'ten thousand keys',
      Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key_${index}`, 1])),
    ],
  ])('not %s', (_, input) => {
    expect(parseConfiguration(input, options).issues.length).toBeGreaterThan(0)
  })

  it.each([
    'id',
    'name',
    'email_domain',
    'server_url',
    'client_secret',
    'x509_cert',
    'email_addresses',
    'scope',
    'a key',
  ])('not a huge text behind "%s"', (key) => {
    const entry = {
      id: 'a',
      name: 'A',
      protocol: 'OIDC',
      server_url: 'https://idp.example.com',
      client_id: 'x',
    }
    const input = {
      sso: { enabled: true, identity_providers: [{ ...entry, [key]: '*.@<${ '.repeat(200_000) }] },
    }
    const { compiled, issues } = parseConfiguration(input, options)
    expect(compiled).toBeUndefined()
    expect(JSON.stringify(issues).length).toBeLessThan(10_000)
  })
})

describe('no value keeps it busy', () => {
  const entry = { id: 'a', name: 'A', protocol: 'OIDC', client_id: 'x', client_secret: 'y' }

  it.each([
    ['a placeholder that is not closed', { name: `<${'a'.repeat(200_000)}` }],
    ['placeholders that are not closed', { name: '<a'.repeat(100_000) }],
    ['slashes', { server_url: `https://idp.example.com${'/'.repeat(40_000)}x` }],
    [
      'thousands of unknown keys',
      Object.fromEntries(Array.from({ length: 16_000 }, (_, index) => [`client_secre_${index}`, 1])),
    ],
  ])('not %s', (_, values) => {
    const began = performance.now()
    const input = {
      sso: { enabled: true, identity_providers: [{ ...entry, server_url: 'https://a.example', ...values }] },
    }
    expect(parseConfiguration(input, options).compiled).toBeUndefined()
    expect(performance.now() - began).toBeLessThan(1500)
  })

  it('what was meant is said of the first keys that nobody knows', () => {
    const input = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`rate_limit${index}`, 1]))
    const fixes = parseConfiguration({ sso: { enabled: false }, ...input }, options).issues.map(
      ({ fix = '' }) => fix,
    )
    expect(fixes.slice(0, 20)).toEqual(Array(20).fill('did you mean "rate_limits"?'))
    expect(fixes.slice(20)).toEqual(Array(80).fill('remove it, or look for a typing error'))
  })
})

describe('no text makes it throw', () => {
  const texts = [...seedsOf('loads'), ...seedsOf('misprints'), ...brokenFiles]
    .map(({ text }) => text.replaceAll(/(client_secret: )(change-me[a-z-]*|xxx|a-secret)/g, `$1${MARKER}`))
    .filter((text) => text.length < 4000)

  it('after any change to a good file', () => {
    const random = randomFrom(2)
    let refused = 0
    for (let run = 0; run < 1000; run++) {
      let text = random.pick(texts)
      for (let change = random.below(3); change >= 0; change--) text = mutate(text, random)
      const { compiled, problems } = readConfiguration(text, options)
      if (!compiled) refused++
      expect(compiled !== undefined).toBe(problems.every(({ severity }) => severity === 'warning'))
      expect(JSON.stringify(problems), text).not.toContain(MARKER)
      const lines = text.split('\n').length
      for (const { line, column, message } of problems) {
        expect(line).toBeGreaterThanOrEqual(1)
        expect(line).toBeLessThanOrEqual(lines)
        expect(column).toBeGreaterThanOrEqual(1)
        expect(message, text).toMatch(/^[^A-Z].*[^.]$/)
      }
    }
    expect(refused).toBeGreaterThan(300)
  })

  it('of random characters', () => {
    const random = randomFrom(3)
    for (let run = 0; run < 500; run++) {
      const text = Array.from({ length: random.below(200) }, () =>
        String.fromCharCode(random.below(256)),
      ).join('')
      expect(() => readConfiguration(text, options)).not.toThrow()
    }
  })
})

it('no variables make it throw', () => {
  const random = randomFrom(4)
  const names = [
    'client_id',
    'client_secret',
    'base_url',
    'groups__admins',
    'claims__email',
    'scope',
    '__proto__',
    'x',
  ]
  for (let run = 0; run < 500; run++) {
    const variables = Object.fromEntries(
      Array.from({ length: random.below(12) }, () => {
        const client = random.pick(['oauth_client', 'saml_client', 'constructor'])
        const id = random.pick(['acme', 'okta', '__proto__', 'a'])
        const clearMl = `CLEARML__${random.pick(['secure', 'services'])}__login__sso__${client}__${id}__${random.pick(names)}`
        const name = random.pick([
          clearMl,
          'OIDC_ISSUER',
          'OIDC_CLIENT_ID',
          'OIDC_CLIENT_SECRET',
          'OIDC_AUTH_METHOD',
        ])
        const isSecret = /secret/i.test(name)
        return [name, isSecret ? random.pick([MARKER, ` ${MARKER}`]) : String(random.pick(values))]
      }),
    )
    expect(JSON.stringify(readEnvironment(variables, options)?.problems ?? [])).not.toContain(MARKER)
  }
})

/** As deep as a file within the limit of its size could be, and deeper than anything that calls itself can go. */
function deep(wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = MARKER
  for (let depth = 0; depth < 100_000; depth++) value = wrap(value)
  return value
}

function mutate(text: string, random: Random): string {
  const lines = text.split('\n')
  const at = random.below(lines.length)
  const line = lines[at] ?? ''
  const place = random.below(text.length)
  switch (random.below(9)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n')
    case 1:
      return lines.toSpliced(at, 0, line).join('\n')
    case 2:
      return lines.toSpliced(at, 1, ` ${line}`).join('\n')
    case 3:
      return lines.toSpliced(at, 1, line.slice(1 + random.below(4))).join('\n')
    case 4: {
      const other = random.below(lines.length)
      return lines
        .with(at, lines[other] ?? '')
        .with(other, line)
        .join('\n')
    }
    case 5:
      return lines.with(at, line.replace(/: .*/, `: ${String(random.pick(values))}`)).join('\n')
    case 6:
      return lines
        .with(
          at,
          line.replace(
            /: (.*)/,
            `:${random.pick(['', ' "', " '", ' &', ' *', ' !', ' |', ' >', ' {', ' [', ' - ', ' @', ' %', ' `', '\t', ' ? ', ' "\\q'])}$1`,
          ),
        )
        .join('\n')
    case 7:
      return (
        text.slice(0, place) +
        random.pick([
          '\t',
          ':',
          '"',
          "'",
          '{',
          '[',
          '#',
          '\r',
          '\0',
          '\ufeff',
          '...',
          '\n---\n',
          '&a ',
          '*a ',
          '%',
          '\\',
          '|',
          '>',
          '\u2028',
        ]) +
        text.slice(place)
      )
    default:
      return text.slice(0, place) + text.slice(place + 1 + random.below(30))
  }
}
