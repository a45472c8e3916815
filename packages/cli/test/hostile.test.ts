// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a file refers to the environment
import { execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environmentOf, readNamedFile } from '../src/read-configuration.ts'
import { writeWhole } from '../src/write-whole.ts'

const program = join(import.meta.dirname, '../bin/doorward.mjs')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorward-hostile-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const BASE = ['--base-url', 'https://sso.example.com']

/** What begins every key in PKCS #8; nothing of this is one. */
const KEY = `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${'kEyKeYkEy0'.repeat(20)}`

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

/** An entry with these keys in place of, or beside, those of a good one; each value as YAML has it. */
function file(name: string, changes: Readonly<Record<string, string>>): string {
  const entry = {
    id: 'acme',
    protocol: 'OIDC',
    name: 'Acme',
    server_url: 'https://login.acme.example',
    client_id: 'doorward',
    client_secret: 'a-test-only-value',
    email_domain: 'acme.example',
    ...changes,
  }
  const lines = Object.entries(entry).map(([key, value]) => `${key}: ${value}`)
  return write(name, `sso:\n  enabled: true\n  identity_providers:\n    - ${lines.join('\n      ')}\n`)
}

const SAML = {
  protocol: 'SAML',
  entity_id: 'urn:acme',
  attribute_mapping: '{email: mail}',
}

/** Runs the program; one that is still busy after 15 seconds has no status. */
function doorward(args: readonly string[], env: Record<string, string> = {}, cwd = folder) {
  const { PATH, HOME } = process.env
  const options = { cwd, encoding: 'utf8', timeout: 15_000, env: { PATH, HOME, ...env } } as const
  return spawnSync(process.execPath, [program, ...args], options)
}

describe('a key that was pasted', () => {
  it.each([
    ['on one line', { x509_cert: KEY }],
    ['in quotes', { x509_cert: `"${KEY}"` }],
    ['in a list', { x509_cert: `\n        - ${KEY}` }],
    ['as metadata', { x509_cert: KEY, metadata: KEY }],
    ['under another spelling', { X509_cert: KEY }],
  ])('is not shown: %s', (_, changes) => {
    const path = file('key.yml', { ...SAML, sso_url: 'https://login.acme.example', ...changes })
    const { status, stdout, stderr } = doorward(['check', path, ...BASE])
    expect(status).toBe(1)
    expect(stderr).toMatch(/x509_cert/i)
    expect(stdout + stderr).not.toMatch(/MII|kEyKeY/)
  })
})

describe('what is taken from the environment', () => {
  const changes = { server_url: 'https://${ACME_HOST}', client_secret: '${ACME_SECRET}', name: '${TITLE:-A}' }
  const env = { ACME_HOST: 'value.invalid', ACME_SECRET: 'not-shown', DOORWARD_SECRET: 's'.repeat(32) }
  const LINE = 'taken from the environment: ACME_HOST for "server_url" of "acme"'

  it.each([
    ['check', []],
    ['compile', ['--out', 'compiled.json']],
    ['push', ['--out', 'sealed']],
    ['doctor', ['--timeout', '1']],
  ] as const)('is said by %s', (command, more) => {
    const path = file('taken.yml', changes)
    const { stdout, stderr } = doorward([command, path, ...BASE, ...more], env)
    expect(stdout).toContain(LINE)
    expect(stdout).not.toMatch(/TITLE|ACME_SECRET for/)
    if (command === 'doctor') expect(stdout).not.toContain('none is taken')
    else expect(stdout + stderr).not.toMatch(/value\.invalid|not-shown/)
  })

  it.each(['check', 'doctor'])('is said by %s to programs', (command) => {
    const { stdout, stderr } = doorward([command, file('taken.yml', changes), ...BASE, '--json'], env)
    expect(JSON.parse(stdout)).toMatchObject({
      environment: [{ variable: 'ACME_HOST', key: 'server_url', connection: 'acme' }],
    })
    // Before anybody is called.
    if (command === 'doctor') expect(stderr.indexOf(LINE)).toBe(0)
  })

  it('is no secret by its name', () => {
    const path = file('token.yml', { server_url: 'https://${GITHUB_TOKEN}.example' })
    const { status, stderr } = doorward(['doctor', path, ...BASE], { GITHUB_TOKEN: 'ghp-not-shown' })
    expect(status).toBe(1)
    expect(stderr).toContain('the variable GITHUB_TOKEN is named like a secret')
    expect(stderr).not.toContain('ghp-not-shown')
  })

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'is nothing that every object has: %s',
    (name) => {
      expect(environmentOf({ HOST: 'x' })(name)).toBeUndefined()
      const { status, stderr } = doorward(['check', file('object.yml', { name: `\${${name}}` }), ...BASE])
      expect(status).toBe(1)
      expect(stderr).toContain(`the environment variable ${name} is not set`)
    },
  )
})

describe('what commands a terminal', () => {
  const evil = '\\u001bc\\u009b31m\\u202e\\u2028\\r'

  it.each([
    ['an excerpt', { name: 'A\u001bc\u009b31m\u202e\u2028b', protocol: 'X\u001bc' }],
    ['a value', { name: `"A${evil}b"`, server_url: '"http://login.acme.example/\u202e"' }],
    ['a line end that is none', { name: '"A\rb"', server_url: 'http://x\ry' }],
    ['a correction', { server_url: `"https://https://acme.example/${evil}x"` }],
    ['a misspelt key', { 'client_id\u001b[2J': 'x', 'clientid\u202e': 'y' }],
  ])('is not printed with %s', (_, changes) => {
    const path = file('terminal.yml', changes)
    for (const more of [[], ['--json']]) {
      const { status, stdout, stderr } = doorward(['check', path, ...BASE, ...more])
      expect(status).toBe(1)
      expect(stdout + stderr).not.toMatch(/(?!\n)\p{Cc}|[\p{Cf}\p{Zl}\p{Zp}]/u)
      if (more.length > 0) expect(JSON.parse(stdout)).toMatchObject({ valid: false })
    }
    expect(doorward(['urls', path, ...BASE]).stdout).toBe('')
  })
})

describe('a file that keeps the reader busy', () => {
  it.each(['device', 'pipe', 'folder', 'large'])('is not read as metadata: a %s', (kind) => {
    const path =
      {
        device: '/dev/zero',
        folder: join(folder, 'sub'),
        pipe: join(folder, 'pipe'),
        large: join(folder, 'large'),
      }[kind] ?? ''
    if (kind === 'folder') mkdirSync(path)
    if (kind === 'pipe') execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path])
    if (kind === 'large') writeFileSync(path, `<EntityDescriptor>${' '.repeat(1024 * 1024)}`)
    const { status, stderr } = doorward([
      'check',
      file('metadata.yml', { ...SAML, idp_metadata_file: path }),
      ...BASE,
    ])
    expect(status).toBe(1)
    expect(stderr).toContain('"idp_metadata_file" can not be read')
    const saml = ['--provider', 'saml', '--entity-id', 'urn:acme', '--metadata', path, ...BASE]
    const init = doorward(['init', '--out', `${kind}.yml`, ...saml])
    expect(init.status).toBe(2)
    expect(init.stderr).toContain('can not be read')
    const certificate = ['--sso-url', 'https://idp.example', '--metadata', '', '--certificate', path]
    expect(doorward(['init', '--out', `${kind}.yml`, ...saml, ...certificate]).status).toBe(2)
  })

  it('may be of any size up to the largest metadata', () => {
    const path = write('largest', 'x'.repeat(1024 * 1024))
    expect(readNamedFile(path)).toEqual({ text: 'x'.repeat(1024 * 1024) })
    expect(readNamedFile(join(folder, 'none'))).toEqual({ problem: 'there is no such file' })
  })

  it.each([
    ['slashes', { server_url: `https://login.acme.example${'/'.repeat(40_000)}x` }],
    ['a placeholder', { name: `"<${'a'.repeat(40_000)}"` }],
    ['hyphens', { name: `"${'-'.repeat(30_000)}\r"`, [`"${'-'.repeat(30_000)}\r"`]: '1', client_idd: 'y' }],
  ])('is read all the same: %s', (_, changes) => {
    const { status, stderr } = doorward(['check', file('busy.yml', changes), ...BASE])
    expect(status).toBe(1)
    expect(Math.max(...stderr.split('\n').map((line) => line.length))).toBeLessThan(300)
  })

  it('says a hundred problems, and how many more there are', () => {
    const unknown = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`client_i_${index}`, 'x']))
    const { status, stderr } = doorward(['check', file('many.yml', unknown), ...BASE])
    expect(status).toBe(1)
    expect(stderr.match(/there is no such key/g)).toHaveLength(100)
    expect(stderr).toContain('and 3900 more\n')
    expect(stderr).toContain('4000 errors')
  })

  it('has problems on a line of a million characters', () => {
    const unknown = Array.from({ length: 10_000 }, (_, index) => `k${index}: ${'hunter2'.repeat(10)}`).join(
      ', ',
    )
    const path = write('line.yml', `sso: {enabled: false, ${unknown}}\n`)
    const { status, stderr } = doorward(['check', path, ...BASE])
    expect(status).toBe(1)
    expect(stderr).not.toContain('hunter')
  })

  it('shows nothing of a value whose key or whose end is cut off', () => {
    const password = `server_url: https://user${'x'.repeat(5000)}:not-shown@acme.example`
    const path = write(
      'cut.yml',
      `sso: {enabled: false}\n${password}\nclient_id: not-shown ${'y'.repeat(5000)} : x\n`,
    )
    const { status, stderr } = doorward(['check', path, ...BASE])
    expect(status).toBe(1)
    expect(stderr).not.toMatch(/not-shown|userx/)
  })
})

describe('push', () => {
  const secret = { DOORWARD_SECRET: 's'.repeat(32), DOORWARD_OPERATOR_TOKEN: 'operator', ACME_HOST: 'x' }

  /** A program in the place of wrangler's, which writes down what it was given. */
  function fakeWorker(at: string): string {
    mkdirSync(join(folder, at, 'node_modules/wrangler/bin'), { recursive: true })
    writeFileSync(join(folder, at, 'wrangler.jsonc'), '{}')
    const code = `require('node:fs').writeFileSync(${JSON.stringify(join(folder, at, 'called'))}, JSON.stringify(process.env))`
    writeFileSync(join(folder, at, 'node_modules/wrangler/bin/wrangler.js'), code)
    return at
  }
  const called = (at: string) => join(folder, at, 'called')

  it('tells wrangler no secret of Doorward, and says where it is', () => {
    const at = fakeWorker('mine')
    const { status, stdout } = doorward(['push', file('push.yml', {}), ...BASE, '--worker', at], secret)
    expect(status).toBe(0)
    expect(stdout).toContain(`wrangler of ${join(folder, at)}`)
    const given = JSON.parse(readFileSync(called(at), 'utf8')) as Record<string, string>
    expect(Object.keys(given).filter((name) => name.startsWith('DOORWARD_'))).toEqual([])
    expect(given['PATH']).toBe(process.env['PATH'])
  })

  it('runs nothing that it found above the current folder', () => {
    fakeWorker('above/apps/worker')
    fakeWorker('above')
    mkdirSync(join(folder, 'above/below/worker'), { recursive: true })
    writeFileSync(join(folder, 'above/below/worker/wrangler.jsonc'), '{}')
    const path = file('push.yml', {})
    const local = ['--base-url', 'http://localhost:8787', '--local', '--persist-to', 'state']
    doorward(['push', path, ...local], secret, join(folder, 'above/below'))
    const { status, stderr } = doorward(
      ['push', path, ...BASE, '--worker', 'worker'],
      secret,
      join(folder, 'above/below'),
    )
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining('wrangler is not installed'),
    })
    expect(existsSync(called('above/apps/worker')) || existsSync(called('above'))).toBe(false)
  }, 30_000)
})

describe('a file that is written', () => {
  it('goes through a draft that nobody can foresee', async () => {
    const at = mkdtempSync(join(folder, 'drafts-'))
    const other = write('other', 'kept')
    const out = join(at, 'compiled.json')
    // What the draft was called.
    for (let id = process.pid - 50; id < process.pid + 50; id++) symlinkSync(other, `${out}.${id}.tmp`)
    await writeWhole(out, 'content', 0o600)
    expect(readFileSync(other, 'utf8')).toBe('kept')
    expect(readFileSync(out, 'utf8')).toBe('content')
    expect(statSync(out).mode & 0o777).toBe(0o600)
    expect(readdirSync(at)).toHaveLength(101)
  })

  it.each([
    ['compile', 'compiled-link'],
    ['push', 'pushed-link'],
  ])('by %s takes the place of a link', (command, out) => {
    const other = write('target', 'kept')
    symlinkSync(other, join(folder, out))
    const env = { DOORWARD_SECRET: 's'.repeat(32) }
    expect(doorward([command, file('good.yml', {}), ...BASE, '--out', out], env).status).toBe(0)
    expect(readFileSync(other, 'utf8')).toBe('kept')
    expect(statSync(join(folder, out)).mode & 0o777).toBe(0o600)
  })
})

it('check says where a secret is set', () => {
  const { stdout } = doorward(['check', file('secret.yml', { client_secret: '${ACME}' }), ...BASE])
  expect(stdout).toContain(
    'secret to set where Doorward runs; in apps/worker: npx wrangler secret put ACME\n',
  )
})
