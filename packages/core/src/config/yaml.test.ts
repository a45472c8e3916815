import { describe, expect, it } from 'vitest'
import { parseOptionsWith } from '../../test/configured.ts'
import { loadConfiguration } from './compile.ts'
import { type Problem, readConfiguration } from './yaml.ts'

const read = (text: string) => readConfiguration(text, parseOptionsWith())

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

function open(text: string) {
  const { compiled, problems } = read(text)
  expect(problems).toEqual([])
  return (
    compiled &&
    loadConfiguration(compiled, () => undefined).connections.map((connection) => connection.open())
  )
}

describe('indentation that is not made of spaces', () => {
  const key = '      client_id'
  it.each([
    ['all of it', '\u00a0'.repeat(6), 0, 'U+00A0'],
    ['its end', '     \u00a0', 5, 'U+00A0'],
    ['its beginning', '\u2003     ', 0, 'U+2003'],
    ['more than is needed', '        \u3000', 8, 'U+3000'],
    ['nothing to be seen', '      \u200b', 6, 'U+200B'],
  ])('is named where it stands: %s', (_, indentation, column, name) => {
    const text = good.replace(key, `${indentation}client_id`)
    expect(read(text).problems).toMatchObject([
      {
        code: 'yaml_indentation',
        line: 10,
        column: column + 1,
        message: expect.stringContaining(name),
        fix: expect.stringContaining('type it anew'),
      },
    ])
  })

  it('may be the last line, or that of an entry', () => {
    for (const [before, after] of [
      ['      email_domain', `${'\u00a0'.repeat(6)}email_domain`],
      ['    - id', '   \u00a0- id'],
      ['    - id', '    -\u00a0id'],
    ] as const) {
      const { problems } = read(good.replace(before, after))
      expect(problems).toMatchObject([{ message: expect.stringContaining('U+00A0') }])
    }
  })

  it('is none inside of a value', () => {
    const name = 'name: "Okta\n        \u00a0login"'
    expect(read(good.replace('name: Okta', name)).problems.map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining('U+00A0'),
    )
  })
})

describe('a line below a value', () => {
  it.each([
    ['      client_secret', '       client_secret'],
    ['      client_secret', '          client_secret'],
    ['      client_secret', '\n        client_secret'],
    ['      protocol', '       protocol'],
    ['  selection_mode', '   selection_mode'],
  ])('that is indented deeper is the one that is wrong: %j, %j', (before, after) => {
    const text = good.replace(before, after)
    expect(read(text).problems).toMatchObject([
      {
        code: 'yaml_indentation',
        ...place(text, before.trim()),
        message: expect.stringContaining('deeper than the one above'),
      },
    ])
  })

  it.each([
    good.replace('client-1', 'client: 1'),
    good.replace('client_id: client-1', 'client_id: client-1\n        goes on'),
  ])('is no mistake itself where something else is', (text) => {
    expect(JSON.stringify(read(text).problems)).not.toContain('deeper')
  })
})

describe('a good file', () => {
  it('is understood', () => {
    expect(open(good)).toMatchObject([
      { id: 'okta', serverUrl: 'https://idp.example', reach: { domains: ['acme.example'] } },
    ])
  })

  it.each([
    ['the line ends of Windows', good.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${good}`],
    ['a byte order mark and the line ends of Windows', `\ufeff${good.replaceAll('\n', '\r\n')}`],
    ['a mark at its beginning and at its end', `---\n${good}...\n`],
    ['no line break at its end', good.trimEnd()],
    ['quotes', good.replace('client-1', '"client-1"').replace('secret-1', "'secret-1'")],
    ['comments', good.replaceAll('\n', ' # a comment\n')],
    ['deeper indentation', good.replaceAll(/^( +)/gm, '$1  ')],
    ['a list at the margin of its key', good.replaceAll(/^ {2}( {2,})/gm, '$1')],
    ['a directive', `%YAML 1.2\n---\n${good}`],
    ['JSON', JSON.stringify(jsonOf())],
  ])('is the same with %s', (_, text) => {
    expect(read(text)).toEqual(read(good))
  })

  it('may repeat values by anchors', () => {
    const text = good
      .replace('name: Okta', 'name: &name Okta')
      .concat('      claims_mapping:\n        username: *name\n')
    expect(open(text)).toMatchObject([{ name: 'Okta', claims: { username: 'Okta' } }])
  })

  it('takes values for what they look like in YAML 1.2, not 1.1', () => {
    const text = good
      .replace('name: Okta', 'name: no')
      .replace('client-1', '1_000')
      .replace('secret-1', '12:30')
    expect(open(text)).toMatchObject([{ name: 'no', clientId: '1_000' }])
  })
})

describe('a problem', () => {
  it.each([
    ['a wrong value', good.replace('email_address', 'by_mail'), 'by_mail'],
    ['an unknown key', good.replace('client_id', 'clientid'), 'clientid'],
    ['a key without a value', good.replace('name: Okta', 'name:'), 'name:'],
    ['an address', good.replace('https://idp.example/', 'http://idp.example'), 'http://idp.example'],
    ['a domain', good.replace('acme.example', 'acme example'), 'acme example'],
    ['a number that is meant as text', good.replace('client-1', '007'), '007'],
    ['a quoted value', good.replace('true', '"yes"'), '"yes"'],
    ['an item of a list', good.replace('acme.example', '[a.example, b c]'), 'b c]'],
    ['a tab', good.replace('  selection_mode', '\tselection_mode'), '\tselection_mode'],
    ['an alias', good.replace('secret-1', '*secret'), '*secret'],
  ])('is placed at %s', (_, text, what) => {
    expect(read(text).problems).toContainEqual(
      expect.objectContaining({ severity: 'error', ...place(text, what) }),
    )
  })

  it('is placed at the entry that lacks a key', () => {
    const text = good.replace('      client_secret: secret-1\n', '')
    expect(read(text).problems).toMatchObject([
      { ...place(text, 'id: okta'), message: '"client_secret" is missing' },
    ])
  })

  it.each([
    ['the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\ufeff${text}`],
  ])('is placed right in a file with %s', (_, change) => {
    const text = good.replace('email_address', 'by_mail')
    expect(read(change(text)).problems).toEqual(read(text).problems)
    expect(read(text).problems).toMatchObject([{ line: 4, column: 19 }])
  })

  it('of a second entry is placed in the second entry', () => {
    const second = good
      .slice(good.indexOf('    - id'))
      .replace('id: okta', 'id: other')
      .replace('name: Okta', 'name: Other')
      .replace('acme.example', 'x@y')
    const text = good + second
    expect(read(text).problems).toMatchObject([{ severity: 'error', ...place(text, 'x@y') }])
  })

  it('may be a warning beside a good configuration', () => {
    const text = good.replace('      email_domain: acme.example\n', '')
    const { compiled, problems } = read(text)
    expect(compiled?.connections).toHaveLength(1)
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

  it('has no value of a mistyped line in it', () => {
    for (const secret of [
      'hunter2: x',
      '"hunter2" x',
      '"hunter2',
      '"hunter2\\q"',
      '[hunter2',
      '@hunter2',
      '!hunter2',
    ]) {
      const { compiled, problems } = read(good.replace('secret-1', secret))
      expect(compiled).toBeUndefined()
      expect(JSON.stringify(problems)).not.toContain('hunter2')
    }
  })
})

describe('one mistake in the syntax', () => {
  it.each([
    [
      'a tab on many lines',
      'sso:\n\tenabled: true\n\tselection_mode: email_address\n\tidentity_providers:\n\t  - id: a\n',
    ],
    ['a bracket', good.replace('Okta', '[Okta')],
    ['a quotation mark', good.replace('Okta', '"Okta')],
    ['a value that begins with @', good.replace('secret-1', '@secret')],
    ['a hyphen without a space', good.replace('- id', '-id')],
  ])('is one problem, not its consequences too: %s', (_, text) => {
    expect(read(text)).toMatchObject({ compiled: undefined, problems: [{ severity: 'error' }] })
    expect(read(text).problems).toHaveLength(1)
  })

  it('that disturbs nothing else does not hide the next', () => {
    const text = 'sso:\n  enabled: true\n  enabled: true\nsso:\n  enabled: true\n---\nsso:\n'
    expect(read(text).problems.map(({ line, code }) => [line, code])).toEqual([
      [3, 'yaml_key_twice'],
      [4, 'yaml_key_twice'],
      [6, 'yaml_several_documents'],
    ])
  })
})

describe('what would take forever', () => {
  /** Each level repeats the one before. */
  const bomb = (levels: number, times: number) =>
    Array.from({ length: levels }, (_, level) => {
      const value = level === 0 ? '"x"' : `*a${level - 1}`
      return `a${level}: &a${level} [${Array.from({ length: times }, () => value).join(', ')}]\n`
    }).join('')

  it.each([
    ['a billion laughs', bomb(9, 9), 'yaml_anchors_too_many'],
    ['a thousand levels of two', bomb(1000, 2), 'yaml_anchors_too_many'],
    ['twenty thousand references', `a: &a x\nb: [${'*a, '.repeat(20_000)}]\n`, 'yaml_anchors_too_many'],
    ['keys within keys', '? '.repeat(20_000), 'yaml_syntax'],
    ['twenty levels of keys within keys', `${'? '.repeat(20)}a\n`, 'yaml_key_expected'],
    ['brackets within brackets', '['.repeat(20_000), 'yaml_syntax'],
    ['closed brackets', `sso: ${'['.repeat(500)}${']'.repeat(500)}\n`, 'yaml_syntax'],
    ['lists within lists', '- '.repeat(20_000), 'yaml_syntax'],
    ['many documents', '---\n'.repeat(20_000), 'yaml_several_documents'],
  ])('is refused in time: %s', (_, text, code) => {
    const { compiled, problems } = read(text)
    expect(compiled).toBeUndefined()
    expect(problems).toMatchObject([{ severity: 'error', code }])
  })

  it('is not a thousand providers', () => {
    const entry = good.slice(good.indexOf('    - id'))
    const entries = Array.from({ length: 1000 }, (_, index) =>
      entry
        .replace('id: okta', `id: okta-${index}`)
        .replace('Okta', `Okta ${index}`)
        .replace('acme.', `a${index}.`),
    )
    const text = good.slice(0, good.indexOf('    - id')) + entries.join('')
    expect(read(text).compiled?.connections).toHaveLength(1000)
  })
})

it.each([
  [''],
  ['\n\n'],
  ['# nothing but a comment\n'],
  ['---\n'],
  ['{}'],
  ['\ufeff'],
  ['~'],
  ['---\n...\n'],
  ['\r\n'],
])('nothing is in %j', (text) => {
  expect(read(text)).toEqual({
    compiled: undefined,
    problems: [
      {
        severity: 'error',
        code: 'file_empty',
        line: 1,
        column: expect.any(Number),
        message: 'the file is empty',
        fix: 'begin with "sso:"; "doorward init" writes a first file',
      },
    ],
  })
})

function jsonOf() {
  const [, ...lines] = good.slice(good.indexOf('- id')).split('\n')
  const keys = lines
    .filter((line) => line !== '')
    .map((line) =>
      line
        .trim()
        .split(/: (.*)/)
        .slice(0, 2),
    )
  const identity_providers = [{ id: 'okta', ...Object.fromEntries(keys) }]
  return { sso: { enabled: true, selection_mode: 'email_address', identity_providers } }
}
