import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../bin/doorward.mjs')
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorward-cli-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const GOOD = `sso:
  enabled: true
  identity_providers:
    - id: acme
      protocol: OIDC
      name: Acme
      server_url: https://login.acme.example/.well-known/openid-configuration
      client_id: doorward
      client_secret: a-test-only-value
      email_domain: acme.example
`

/** Every kind of mistake at once: a wrong type, an unknown key, a missing field, one id twice, a bad address. */
const BAD = `sso:
  enabled: yes
  identity_providers:
    - id: acme
      protocol: OIDC
      name: Acme
      server_url: http://login.acme.example
      clinet_id: doorward
      client_secret: 4711-do-not-show
      email_domain: acme.example
    - id: acme
      protocol: OIDC
      name: Twin
      server_url: https://login.acme.example
      client_id: 12
      client_secret: 'short'
`

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function doorward(args: readonly string[], env: Record<string, string> = {}) {
  const { PATH } = process.env
  return spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, ...env },
  })
}

const BASE = ['--base-url', 'https://sso.example.com']

describe('doorward check', () => {
  it('says that a good file is good', () => {
    const { status, stdout, stderr } = doorward(['check', write('good.yml', GOOD), ...BASE])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toBe(
      'good.yml: no problems\n' +
        'redirect URI to register for "acme": https://sso.example.com/api/auth/oidc/acme/login/callback/\n' +
        'what else can be registered, for signing out and for portals: doorward urls\n',
    )
  })

  it('says everything that is wrong, where, with the line, a caret and what to do', () => {
    const { status, stderr } = doorward(['check', write('bad.yml', BAD), ...BASE])
    expect(status).toBe(1)
    const headlines = stderr.split('\n').filter((line) => line.startsWith('bad.yml:'))
    expect(headlines).toEqual([
      'bad.yml:2:12 error: "enabled" must be true or false [type_wrong]',
      'bad.yml:4:7 error: "client_id" is missing [key_missing]',
      'bad.yml:7:19 error: "server_url" must begin with https:// [url_not_https]',
      'bad.yml:8:7 error: unknown key "clinet_id" [key_unknown]',
      'bad.yml:11:11 error: "id" is used twice: entry 1 of the list has it already [id_twice]',
      'bad.yml:15:18 error: "client_id" must be text, not a number [type_wrong]',
      'bad.yml: 6 errors',
    ])
    expect(stderr).toContain(
      '    8 |       clinet_id: ********\n              ^\n        fix: did you mean "client_id"?',
    )
    expect(stderr).not.toContain('do-not-show')
  })

  it('says which secrets may be set, apart from those that must be', () => {
    const text = GOOD.replace('a-test-only-value', '$' + '{ACME_SECRET:-4711-do-not-show}')
    const path = write('default.yml', text)
    const { status, stdout, stderr } = doorward(['check', path, ...BASE])
    expect(status).toBe(0)
    expect(stdout).toMatch(/^secret that may be set .* else its default .* put ACME_SECRET$/m)
    expect(stdout + stderr).not.toMatch(/secret to set|4711/)
    const json = doorward(['check', path, '--json', ...BASE]).stdout
    expect(JSON.parse(json)).toMatchObject({ secrets: [], optional_secrets: ['ACME_SECRET'] })
    expect(json).not.toContain('4711')
  })

  it('says where YAML itself is wrong', () => {
    const { status, stderr } = doorward(['check', write('broken.yml', 'sso:\n\tenabled: true\n'), ...BASE])
    expect(status).toBe(1)
    expect(stderr).toContain('broken.yml:2:1 error: a tab is used for indentation')
    expect(stderr).toContain('fix: use spaces')
  })

  it.each([
    ['with something behind it', 'client_secret: "4711-do-not-show" x'],
    ['under a misspelt key', 'client_secert: 4711-do-not-show'],
    ['under another key', 'password: 4711-do-not-show'],
    ['behind another sign', 'client_secret = 4711-do-not-show'],
    ['on the next line', 'client_secret: |\n        4711-do-not-show\n        and more'],
    ['as an alias', 'client_secret: *do-not-show'],
    ['in one line', '{ client_secret: 4711-do-not-show }'],
    ['behind a lost line break', 'client_id: abc client_secret: do-not-show'],
    ['without a space after the colon', 'client_secret:do-not-show'],
    ['with a block sign before it', 'client_secret: |do-not-show'],
    ['with a block sign and a space before it', 'client_secret: |- do-not-show'],
    ['within a URL', 'server_uri: https://user:do-not-show@login.acme.example'],
    ['in a line that goes on', 'flow: {\n        name: "", client_secret: do-not-show }'],
    ['in place of a key', 'client_secret:\n        do-not-show:'],
  ])('never shows a secret: %s', (_, line) => {
    const path = write('secret.yml', GOOD.replace('client_secret: a-test-only-value', line))
    const { status, stdout, stderr } = doorward(['check', path, ...BASE])
    expect(status).toBe(1)
    expect(stdout + stderr).not.toContain('do-not-show')
  })

  it('shows neither a secret that was taken for the ID, nor one in the query of an address', () => {
    const bad = GOOD.replace('client_id: doorward', 'client_id: GOCSPX-hunter2hunter2hunter2').replace(
      /server_url: .*/,
      'server_url: https://accounts.google.com/?api_key=hunter2',
    )
    const { status, stdout, stderr } = doorward(['check', write('swapped.yml', bad), ...BASE])
    expect(status).toBe(1)
    expect(stderr).toContain('client_id: ***')
    expect(stdout + stderr).not.toContain('hunter2')
  })

  const umlaut = GOOD.replace('Acme\n', 'Größe\n')

  it.each([
    ['with its mark, as PowerShell writes it', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), 'is UTF-16'],
    ['without a mark', Buffer.from(GOOD, 'utf16le'), 'is UTF-16'],
    ['the other way round', Buffer.from(`\ufeff${GOOD}`, 'utf16le').swap16(), 'is UTF-16'],
    ['one byte for each letter', Buffer.from(umlaut, 'latin1'), 'not UTF-8, from line 6 on; perhaps Latin-1'],
  ])('says that a file is not UTF-8: %s', (_, bytes, words) => {
    writeFileSync(join(folder, 'other.yml'), bytes)
    const { status, stderr } = doorward(['check', 'other.yml', ...BASE])
    expect(status).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr).toContain('file_encoding')
    expect(stderr).toContain('1 error')
  })

  it('says that a file that the configuration names is not UTF-8', () => {
    writeFileSync(join(folder, 'idp.xml'), Buffer.from('\ufeff<EntityDescriptor/>', 'utf16le'))
    const lines = [
      'id: acme',
      'protocol: SAML',
      'name: Acme',
      'entity_id: urn:x',
      'idp_metadata_file: idp.xml',
    ]
    const file = `sso:\n  enabled: true\n  identity_providers:\n    - ${lines.join('\n      ')}\n`
    const { stderr } = doorward(['check', write('named.yml', file), ...BASE])
    expect(stderr).toContain('"idp_metadata_file" can not be read: the file is UTF-16')
  })

  it.each([
    ['in any language', umlaut],
    ['with a mark at its beginning', `\ufeff${GOOD}`],
  ])('reads UTF-8 %s', (_, text) => {
    expect(doorward(['check', write('utf8.yml', text), ...BASE]).status).toBe(0)
  })

  it('says that there is no such file', () => {
    const { status, stderr } = doorward(['check', 'nothing.yml', ...BASE])
    expect(status).toBe(1)
    expect(stderr).toContain('nothing.yml error: there is no such file')
  })

  it.each([
    ['typed', ['nothing.yml'], {}, 'doorward: nothing.yml: there is no such file; and no base URL'],
    [
      'of the environment',
      [],
      { AUTH_CONFIG_PATH: '/nope.yml' },
      'doorward: /nope.yml of AUTH_CONFIG_PATH: there is no such file; and no base URL',
    ],
  ])('says it before all else, of a file %s', (_, args, env, words) => {
    const { status, stderr } = doorward(['check', ...args], env)
    expect(status).toBe(2)
    expect(stderr.startsWith(words)).toBe(true)
    write('there.yml', GOOD)
    expect(doorward(['check', 'there.yml'], env).stderr).toMatch(/^doorward: no base URL/)
  })

  it('takes the file and the address from the environment, the file relative to where the person is', () => {
    write('from-env.yml', GOOD)
    const { status } = doorward(['check'], {
      AUTH_CONFIG_PATH: 'from-env.yml',
      DOORWARD_BASE_URL: 'https://sso.example.com',
      INIT_CWD: folder,
    })
    expect(status).toBe(0)
  })
})

describe('where answers go', () => {
  const variablesOf = (name: string): Record<string, string> => {
    const lines = readFileSync(join(import.meta.dirname, '../../../examples', name), 'utf8').split('\n')
    return Object.fromEntries(
      lines.filter((line) => /^\w+=/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2)),
    )
  }

  it.each([
    ['a file with "callback_path"', undefined, 'https://sso.example.com/oidc/callback'],
    ['the variables of W&B', 'wandb.env', 'https://sso.example.com/oidc/callback'],
    ['the variables of ClearML', 'clearml.env', 'https://sso.example.com/callback_keycloak'],
  ])('is what check and urls say, of %s', (_, example, url) => {
    const path = write('another-path.yml', `${GOOD}      callback_path: /oidc/callback\n`)
    const args = example === undefined ? [path, ...BASE] : []
    const env = example === undefined ? {} : variablesOf(example)
    expect(doorward(['urls', ...args], env).stdout).toMatch(new RegExp(`redirect URI +${url}\n`))
    expect(doorward(['check', ...args], env).stdout).toMatch(new RegExp(`redirect URI .*: ${url}\n`))
    const inJson = JSON.parse(doorward(['urls', ...args, '--json'], env).stdout)
    expect(inJson[0].registrations[0]).toEqual({ what: 'redirect URI', url, is_required: true })
  })
})

describe('doorward check and urls, of SAML', () => {
  const base = { DOORWARD_BASE_URL: 'https://sso.example.com' }
  const entry = ['provider: adfs', 'domain: fs.example.com', 'sign_requests: true', 'idp_logout: true']
  const lines = [
    'id: adfs-saml',
    'protocol: SAML',
    'name: Company login',
    'email_domain: example.com',
    ...entry,
  ]
  const file = `sso:\n  enabled: true\n  identity_providers:\n    - ${lines.join('\n      ')}\n`

  it('say what to register: who we are, where answers go, where sign-outs go, and what tells it all', () => {
    write('saml.yml', file)
    const { stdout } = doorward(['urls', 'saml.yml', '--json'], base)
    const url = 'https://sso.example.com/api/auth/saml/adfs-saml'
    expect(JSON.parse(stdout)).toMatchObject([
      {
        connection: 'adfs-saml',
        registrations: [
          { what: 'entity ID', url: `${url}/metadata/` },
          { what: 'assertion consumer service (ACS) URL', url: `${url}/acs/` },
          { what: 'single logout URL', url: `${url}/sls/`, needs: 'DOORWARD_SAML_KEYS' },
          { what: 'metadata URL', url: `${url}/metadata/` },
        ],
      },
    ])
  })

  it('say that the logout works with keys alone, where none are set', () => {
    write('saml.yml', file)
    const keys = { ...base, DOORWARD_SAML_KEYS: 'some' }
    const told = (env: Record<string, string>) => doorward(['urls', 'saml.yml'], env).stdout
    const logout = (text: string) => text.split('\n').find((line) => line.includes('/sls/'))
    expect(logout(told(base))).toContain('single logout URL (needs SAML keys) ')
    expect(logout(told(keys))).toMatch(/logout URL(?!.*needs)/)
  })

  const needed =
    /DOORWARD_SAML_KEYS, for "adfs-saml", which signs its requests and signs people out .*keygen saml-keys/

  it('says which keys are needed', () => {
    write('saml.yml', file)
    expect(doorward(['check', 'saml.yml'], base).stdout).toMatch(needed)
  })

  it('says which keys are needed for programs too', () => {
    write('saml.yml', file)
    const { stdout } = doorward(['check', 'saml.yml', '--json'], base)
    expect(JSON.parse(stdout)).toMatchObject({
      saml_keys: { needed: [{ connection: 'adfs-saml' }], set_here: false },
    })
  })

  it('asks for no keys that are here', () => {
    write('saml.yml', file)
    expect(doorward(['check', 'saml.yml'], { ...base, DOORWARD_SAML_KEYS: 'x' }).stdout).not.toMatch(needed)
  })

  it('says how the provider encrypts where that is refused, until the response must be signed', () => {
    write('saml.yml', file)
    expect(doorward(['check', 'saml.yml'], base).stdout).toMatch(
      /"adfs-saml": AD FS .*AES-CBC.*SamlResponseSignature/,
    )
    write('signed.yml', `${file}      want_response_signed: true\n`)
    expect(doorward(['check', 'signed.yml'], base).stdout).not.toContain('AES-CBC')
  })
})

describe('doorward compile', () => {
  it('writes what runs on the edge, for its owner alone', () => {
    const out = join(folder, 'deep/compiled.json')
    const { status, stdout } = doorward(['compile', write('good.yml', GOOD), '--out', out, ...BASE])
    expect(status).toBe(0)
    expect(stdout).toBe('Compiled good.yml for https://sso.example.com: 1 identity provider.\n')
    const compiled = JSON.parse(readFileSync(out, 'utf8')) as { base_url: string; connections: unknown[] }
    expect(compiled.base_url).toBe('https://sso.example.com')
    expect(compiled.connections).toHaveLength(1)
    expect(statSync(out).mode & 0o777).toBe(0o600)
  })

  it('compiles for no address that only this machine knows', () => {
    const out = join(folder, 'new.json')
    const args = ['compile', write('good.yml', GOOD), '--out', out, '--base-url', 'http://localhost:8787']
    const { status, stderr } = doorward(args)
    expect(status).toBe(1)
    expect(stderr).toContain('is this machine alone')
    expect(existsSync(out)).toBe(false)
  })

  it('writes nothing when there is an error, and leaves what was there', () => {
    const out = join(folder, 'kept.json')
    writeFileSync(out, 'the last good one')
    const { status } = doorward(['compile', write('bad.yml', BAD), '--out', out, ...BASE])
    expect(status).toBe(1)
    expect(readFileSync(out, 'utf8')).toBe('the last good one')
  })
})

describe('doorward', () => {
  it.each(['--version', '-v'])('says which version it is with %s', (option) => {
    const { status, stdout, stderr } = doorward([option])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
    expect(stdout).toBe(`doorward ${manifest.version}\n`)
  })

  it.each([
    ['no command', [], 2, 'Usage'],
    ['an unknown command', ['fly'], 2, 'there is no command "fly"'],
    ['an unknown option', ['check', '--fast'], 2, '--fast'],
    ['no file', ['check', ...BASE], 2, 'AUTH_CONFIG_PATH'],
    ['no address', ['check', 'x.yml'], 2, 'DOORWARD_BASE_URL'],
    [
      'an address that will not do',
      ['check', 'x.yml', '--base-url', 'http://sso.example.com'],
      2,
      'https://',
    ],
    ['no place to write', ['compile', 'x.yml', ...BASE], 2, '--out'],
    ['a rotation of a configuration', ['check', 'x.yml', '--rotate', 'x', ...BASE], 2, '--rotate'],
    ['a question for help', ['--help'], 0, 'Usage'],
  ])('explains itself for %s', (_, args, code, words) => {
    const { status, stdout, stderr } = doorward(args)
    expect(status).toBe(code)
    expect(stdout + stderr).toContain(words)
  })

  it.each([
    [['check', '--bse-url', 'x'], 'there is no option --bse-url: did you mean --base-url?'],
    [['check', '--bse-url=4711-do-not-show'], 'there is no option --bse-url: did you mean --base-url?'],
    [['check', '--rotat', 'x'], 'there is no option --rotat'],
    [['keygen', '--rotat', 'x'], 'there is no option --rotat: did you mean --rotate?'],
    [['check', '-x'], 'there is no option -x'],
    [['check', '--json=yes'], '--json takes no value'],
    [['check', '--base-url'], '--base-url needs a value'],
    [['check', '--base-url', '--json'], '--base-url needs a value'],
  ])('says in its own words what it does not understand: %j', (args, words) => {
    const { status, stdout, stderr } = doorward(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.split(/[;\n]/)[0]).toBe(`doorward: ${words}`)
    expect(stderr).not.toMatch(/4711|positional/)
  })

  it.each(['init', 'check', 'urls', 'doctor', 'compile', 'push', 'keygen'])(
    'says of one command what it takes, as in the whole help: %s',
    (command) => {
      const whole = doorward(['--help']).stdout.replaceAll(/\s+/g, ' ')
      const { status, stdout } = doorward([command, '--help'])
      expect(status).toBe(0)
      expect(stdout).toMatch(new RegExp(`^Usage: doorward ${command} .*\\[options\\]\n`))
      const lines = stdout.split('\n').filter((line) => line.startsWith(' '))
      for (const line of lines) expect(whole).toContain(line.trim().replaceAll(/\s+/g, ' '))
      const others: Readonly<Record<string, string>> = { doctor: '--rotate', keygen: '--timeout' }
      expect(stdout).not.toContain(others[command] ?? 'DOORWARD_SIGNING_KEYS')
      expect(stdout.includes('FILE                 else')).toBe(!['init', 'keygen'].includes(command))
    },
  )

  it.each([
    [['chek', '--help'], 'doorward: there is no command "chek": did you mean check?'],
    [['docter'], 'doorward: there is no command "docter": did you mean doctor?'],
    [['fly', '--help'], 'doorward: there is no command "fly"'],
  ])('says that there is no such command, and which one is near: %j', (args, words) => {
    const { status, stdout, stderr } = doorward(args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.split('\n')[0]).toBe(words)
  })
})
