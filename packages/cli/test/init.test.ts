import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { type BaseUrl, type Preset, parameterForm, presetParameters, presets } from '@doorward/core/config'
import { readConfiguration } from '@doorward/core/config/yaml'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beforeDetails, nextSteps } from '../src/init/advice.ts'
import { answerNames } from '../src/init/answers.ts'
import { Abandoned, openTerminal, type Terminal } from '../src/init/ask.ts'
import { collect, nothingYet } from '../src/init/collect.ts'
import { personAt } from '../src/init/person.ts'
import { firstQuestions, furtherQuestions } from '../src/init/questions.ts'
import { scalar } from '../src/init/scalar.ts'
import { main } from '../src/main.ts'
import { typedElsewhere } from '../src/repository.ts'
import { metadata } from './saml-entry.ts'

const program = join(import.meta.dirname, '../bin/doorward.mjs')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorward-init-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

interface Given {
  readonly env?: Record<string, string>
  readonly input?: string
}

function doorward(args: readonly string[], { env = {}, input = '' }: Given = {}) {
  const { PATH } = process.env
  return spawnSync(process.execPath, [program, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, ...env },
    input,
  })
}

const BASE = ['--base-url', 'https://sso.example.com']
const OKTA = [
  '--provider',
  'okta',
  '--domain',
  'acme.okta.com',
  '--client-id',
  '0oa1b2c3d4e5f6g7h8i9',
  ...BASE,
]

/** TEST CERTIFICATE: nobody has its private key. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBHDCBxAIBATAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBnb29kLmlkcC5leGFt
cGxlMB4XDTIwMDEwMTAwMDAwMFoXDTQ5MTIzMTIzNTk1OVowGzEZMBcGA1UEAwwQ
Z29vZC5pZHAuZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPb4+J54
MjUnlIr28bVxXAYCLkVBLLdPvcqjcYm2OJq8F1C7LiL/V4FbNUVMF9WikLDPs5RU
ddBH7eNXos4CNMEwCgYIKoZIzj0EAwIDRwAwRAIgfnet40D6OG02prNV8he1kOGT
a7iNY/9TlJvP1ASkvMICIDU43AotVsvWnTNXSv4nl8Y6kK+N4DWDzSZK1Mc3wN2w
-----END CERTIFICATE-----
`

function put(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content)
  return name
}

function written(name = 'auth_config.yml'): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** Options for everything that is asked about a preset, with the examples that people are shown. */
function optionsFor(preset: Preset): string[] {
  const { provider, protocol, parameters, settings } = preset
  const ids: Readonly<Record<string, string>> = {
    azure: '22222222-3333-4444-8555-666666666666',
    google: '1234567890-abc.apps.googleusercontent.com',
  }
  const own = Object.fromEntries(
    parameters.map((name) => [name.replaceAll('_', '-'), parameterForm(preset, name).example]),
  )
  const oidc = { 'client-id': ids[provider] ?? 'doorward' }
  const saml = {
    ...(settings['entity_id'] ? {} : { 'entity-id': 'https://idp.example.com/saml' }),
    ...(settings['metadata_url'] || settings['sso_url']
      ? {}
      : { metadata: 'https://idp.example.com/metadata' }),
    ...(settings['sso_url'] ? { certificate: put('idp.pem', CERTIFICATE) } : {}),
  }
  const all = { provider, protocol: protocol.toLowerCase(), ...own, ...(protocol === 'OIDC' ? oidc : saml) }
  return Object.entries(all).flatMap(([name, value]) => [`--${name}`, value])
}

/** What a command says about the file, in this process. */
async function saidAbout(command: string) {
  const said = { stdout: '', stderr: '' }
  const output = {
    log: (line: string) => {
      said.stdout += `${line}\n`
    },
    error: (line: string) => {
      said.stderr += `${line}\n`
    },
    colours: false,
  }
  const status = await main([command, join(folder, 'auth_config.yml'), ...BASE], output)
  return { ...said, status }
}

/** The file passes `check`, and what was said to register is what `urls` says. */
async function expectGood(initOutput: string) {
  const { status, stderr } = await saidAbout('check')
  expect({ status, errors: /error/.test(stderr) }).toEqual({ status: 0, errors: false })
  const urls = (await saidAbout('urls')).stdout.match(/https:\S+/g) ?? []
  expect(urls).not.toHaveLength(0)
  for (const url of urls) expect(initOutput).toContain(url)
}

/** As in a clone of the repository. */
function makeRepository(): void {
  for (const path of ['docs', 'packages/cli/bin', 'mine']) mkdirSync(join(folder, path), { recursive: true })
  put('docs/auth_config.schema.json', '{}')
  put('packages/cli/bin/doorward.mjs', '')
}

describe('the schema for editors', () => {
  it.each([
    ['auth_config.yml', 'docs/auth_config.schema.json'],
    ['mine/auth_config.yml', '../docs/auth_config.schema.json'],
  ])('is named in the first line of %s in the repository', (out, schema) => {
    makeRepository()
    expect(doorward(['init', ...OKTA, '--out', out]).status).toBe(0)
    expect(written(out).split('\n')[0]).toBe(`# yaml-language-server: $schema=${schema}`)
    expect(existsSync(join(folder, dirname(out), schema))).toBe(true)
  })

  it('is not named where there is none, and it is said where to get it', () => {
    const { stdout } = doorward(['init', ...OKTA])
    expect(written()).not.toContain('$schema')
    expect(stdout).toContain('auth_config.schema.json')
  })
})

describe('AD FS', () => {
  const ADFS = ['--provider', 'adfs', '--domain', 'fs.example.com', '--client-id', 'client-1', ...BASE]

  it('is told whose rules apply: the name that its page has, or the one that was answered', () => {
    const { status, stderr } = doorward(['init', ...ADFS])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(written()).toContain('resource: https://sso.example.com/\n')
    expect(doorward(['init', ...ADFS, '--resource', 'urn:doorward', '--force']).status).toBe(0)
    expect(written()).toContain('resource: urn:doorward\n')
  })

  it('is asked for it alone', () => {
    const { status, stderr } = doorward(['init', ...OKTA, '--resource', 'urn:doorward'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/--resource +has no effect/)
    expect(doorward(['init', ...ADFS, '--protocol', 'saml', '--resource', 'urn:doorward']).status).toBe(2)
  })
})

it('every answer that can be given in advance is in --help', () => {
  const { stdout } = doorward(['--help'])
  for (const name of answerNames) expect(stdout).toMatch(new RegExp(`--${name}\\b(?!-)`))
})

describe('what is to be done next', () => {
  it('is said in commands of the package where that was installed', () => {
    expect(typedElsewhere(folder).doorward).toBe('npx doorward')
    makeRepository()
    expect(typedElsewhere(join(folder, 'packages/cli/bin')).doorward).toContain(`--dir ${folder} `)
  })

  it('is said in the commands of the repository where those work', () => {
    makeRepository()
    const { stdout } = doorward(['init', ...OKTA], { env: { INIT_CWD: join(folder, 'mine') } })
    expect(stdout).toContain('npx -y pnpm@12.21.0 doorward check')
    expect(stdout).toContain('pnpm@12.21.0 dev')
    expect(stdout).toContain('run deploy --domain sso.example.com')
  })

  it('is said in commands that name the clone everywhere else', () => {
    const { stdout } = doorward(['init', ...OKTA])
    expect(stdout).not.toContain('apps/worker')
    expect(stdout).not.toContain('npx doorward')
    const clone = join(import.meta.dirname, '../../..')
    const command = `npx -y pnpm@12.21.0 --dir ${clone} --silent doorward`
    expect(stdout).toContain(`${command} check auth_config.yml --base-url https://sso.example.com`)
    expect(stdout).toContain(`${command} doctor auth_config.yml`)
    expect(stdout).toContain('npx wrangler secret put OKTA_CLIENT_SECRET')
  })
})

describe('the id that is offered', () => {
  const idFor = firstQuestions.find(({ name }) => name === 'id')?.otherwise

  it.each(presets.map(({ provider, protocol, page }) => [provider, protocol, page] as const))(
    "is that of the provider's page, for %s by %s",
    (provider, protocol, page) => {
      const id = idFor?.({ provider, protocol })
      const text = readFileSync(join(import.meta.dirname, `../../../docs/idp/${page}.md`), 'utf8')
      expect(text.match(/(?<=- id: ).*/g)).toContain(id)
      expect(text).toContain(`https://sso.example.com/api/auth/${protocol.toLowerCase()}/${id}/`)
    },
  )
})

describe('another SAML identity provider', () => {
  const answers = { provider: 'saml', protocol: 'SAML', 'base-url': 'https://sso.example.com', id: 'company' }

  it('has the page about SAML, which says what to register', () => {
    const next = nextSteps(answers, 'auth_config.yml', true)
    const [, page, anchor] = /^Step by step: (.*)#(.*)$/m.exec(next) ?? []
    const text = readFileSync(join(import.meta.dirname, '../../..', page ?? ''), 'utf8')
    expect([page, anchor]).toEqual(['docs/saml.md', 'what-to-register'])
    expect(text).toContain('\n## What to register\n')
  })

  it('has it once', () => {
    expect(beforeDetails(answers)).toContain('/api/auth/saml/company/acs/')
    expect(beforeDetails(answers)).not.toContain('Step by step')
    expect(beforeDetails({ ...answers, provider: 'okta' })).toContain('Step by step: docs/idp/okta.md')
  })
})

describe("the address of Okta's console", () => {
  const saml = ['--protocol', 'saml', '--application-id', 'exk1fcia6d6EMsf331d8', ...BASE]
  const admin = ['--domain', 'acme-admin.okta.com']

  it('is refused by SAML as well, and nothing is written', () => {
    const { status, stderr } = doorward(['init', '--provider', 'okta', ...admin, ...saml])
    expect(status).toBe(2)
    expect(stderr).toMatch(/--domain .* leads to a page for people.*: write acme\.okta\.com\n/)
    expect(stderr.match(/leads to a page/g)).toHaveLength(1)
    expect(existsSync(join(folder, 'auth_config.yml'))).toBe(false)
  })

  it('is asked for again, before what comes next', async () => {
    const given = { provider: 'okta', protocol: 'saml', 'base-url': 'https://sso.example.com' }
    const asked: string[] = []
    const typed = ['acme-admin.okta.com', 'acme.okta.com', 'exk1fcia6d6EMsf331d8', '', '']
    const next = async ({ name }: { readonly name: string }) => {
      asked.push(name)
      return typed.shift() ?? ''
    }
    const person = { ask: next, askAgain: next, refuse: () => undefined, warn: () => undefined }
    const sources = {
      given: { ...given, id: 'okta-saml' },
      person,
      surroundings: { env: {}, path: join(folder, 'auth_config.yml') },
      options: {
        environment: () => undefined,
        secretsLater: true,
        now: Date.now(),
        readFile: () => ({ problem: 'it is not asked for' }),
      },
    }
    const first = await collect(firstQuestions, nothingYet, sources)
    const { answers } = await collect(furtherQuestions, first, sources)
    expect(asked).toEqual(['domain', 'domain', 'application-id', 'name', 'email-domain'])
    expect(answers.domain).toBe('acme.okta.com')
  })
})

describe('the attributes to be added at the provider', () => {
  it.each(presets.filter(({ protocol }) => protocol === 'SAML').map((preset) => [preset.provider, preset]))(
    'are said where its page says that it sends none by itself: %s',
    (_, preset) => {
      const { status, stdout } = doorward(['init', ...optionsFor(preset as Preset), ...BASE])
      expect(status).toBe(0)
      const page = readFileSync(join(import.meta.dirname, `../../../docs/idp/${preset.page}.md`), 'utf8')
      const said = /Add these there, with these names:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? ''
      const names = said.split('\n').flatMap((line) => line.split(/ {2,}/)[1] ?? [])
      const isNone = /sends no(ne| attributes)\b.* by itself|\*\*Map attributes\*\*/.test(
        page.slice(page.indexOf('## SAML')),
      )
      expect(names.length > 0).toBe(isNone)
      for (const name of names) expect(page).toContain(`\`${name}\``)
    },
  )

  it('are said with what they are', () => {
    const okta = presets.find(({ provider, protocol }) => provider === 'okta' && protocol === 'SAML')
    const { stdout } = doorward(['init', ...optionsFor(okta as Preset), ...BASE])
    expect(stdout).toMatch(/^ {2}uid +the ID that stays the same; nobody comes in without it$/m)
    expect(stdout).toMatch(/^ {2}firstName +the first name$/m)
  })

  it('are the rules of AD FS', () => {
    const adfs = presets.find(({ provider, protocol }) => provider === 'adfs' && protocol === 'SAML')
    const { stdout } = doorward(['init', ...optionsFor(adfs as Preset), ...BASE])
    expect(stdout).toContain('nobody comes in without a Name ID: add the rules')
  })
})

describe('doorward init without a terminal', () => {
  it.each(presets.map((preset) => [preset.provider, preset.protocol, preset] as const))(
    'writes a good file for %s by %s',
    async (_, protocol, preset) => {
      const { status, stdout, stderr } = doorward([
        'init',
        ...optionsFor(preset),
        ...BASE,
        '--email-domain',
        'acme.example',
      ])
      expect({ status, errors: /error/.test(stderr) }).toEqual({ status: 0, errors: false })
      expect(written()).toContain(`provider: ${preset.provider}\n`)
      expect(written()).toContain(`protocol: ${protocol}\n`)
      expect(stdout).toContain(preset.documentation)
      await expectGood(stdout)
    },
  )

  it.each([
    [
      'an OpenID Provider without a preset',
      ['--provider', 'oidc', '--server-url', 'https://login.example.com', '--client-id', 'x'],
    ],
    [
      'a known provider by OpenID Connect, without a preset for that',
      ['--provider', 'duo', '--server-url', 'https://sso.duosecurity.example', '--client-id', 'x'],
    ],
    [
      'a SAML provider with metadata at a URL',
      [
        '--provider',
        'saml',
        '--entity-id',
        'https://idp.example.com',
        '--metadata',
        'https://idp.example.com/metadata',
      ],
    ],
    [
      'a SAML provider with metadata in a file',
      ['--provider', 'saml', '--entity-id', 'https://idp.example.com', '--metadata', 'idp.xml'],
    ],
    [
      'a preset that takes a certificate, with metadata in a file',
      ['--provider', 'google', '--protocol', 'saml', '--idp-id', 'C01abcdef', '--metadata', 'google.xml'],
    ],
    [
      'a SAML provider without metadata',
      [
        '--provider',
        'saml',
        '--entity-id',
        'https://idp.example.com',
        '--sso-url',
        'https://idp.example.com/sso',
        '--certificate',
        'idp.pem',
      ],
    ],
    [
      'a certificate in its binary form',
      [
        '--provider',
        'saml',
        '--entity-id',
        'https://idp.example.com',
        '--sso-url',
        'https://idp.example.com/sso',
        '--certificate',
        'idp.cer',
      ],
    ],
  ])('writes a good file for %s', async (_, args) => {
    put('idp.pem', `Bag Attributes\r\n${CERTIFICATE.replaceAll('\n', '\r\n')}`)
    put('idp.cer', Buffer.from(CERTIFICATE.replaceAll(/-----.*-----/g, ''), 'base64'))
    const google = 'https://accounts.google.com/o/saml2'
    put('google.xml', metadata({ entityId: `${google}?idpid=C01abcdef`, location: `${google}/idp` }))
    put('idp.xml', metadata({ entityId: 'https://idp.example.com', location: 'https://idp.example.com/sso' }))
    const { status, stdout, stderr } = doorward(['init', ...args, ...BASE, '--email-domain', 'acme.example'])
    expect(stderr).not.toMatch(/error|doorward:/)
    expect(status).toBe(0)
    await expectGood(stdout)
  })

  const saml = ['--entity-id', 'https://idp.example.com', '--metadata', 'https://idp.example.com/metadata']

  it('writes how a SAML provider that is not known calls its attributes', async () => {
    const names = ['--uid-attribute', 'employeeNumber', '--groups-attribute', 'memberOf']
    const { status, stdout } = doorward(['init', '--provider', 'saml', ...saml, ...names, ...BASE])
    expect(status).toBe(0)
    expect(written()).toContain(
      '      attribute_mapping:\n        uid: employeeNumber\n        email: email\n        groups: memberOf\n',
    )
    await expectGood(stdout)
  })

  it('leaves out who somebody is where that is the NameID, and says so', async () => {
    const { status, stdout } = doorward(['init', '--provider', 'saml', ...saml, ...BASE])
    expect(status).toBe(0)
    expect(written()).toContain('attribute_mapping:\n        email: email\n        groups: groups\n')
    expect(written()).toMatch(/# .*Without uid, the NameID is\n\s+# who somebody is\.\n\s+attribute_mapping:/)
    await expectGood(stdout)
  })

  it('has no use for names of attributes that a known provider has', () => {
    const { status, stderr } = doorward(['init', ...OKTA, '--uid-attribute', 'uid'])
    expect(status).toBe(2)
    expect(stderr).toContain('--uid-attribute')
  })

  it.each([
    [
      'github',
      ['--client-id', 'Ov23li0123456789abcd', '--allowed-organizations', 'acme, acme-labs'],
      'Members of acme, acme-labs at GitHub can come in by a button',
      { github: { allowedOrganizations: ['acme', 'acme-labs'] } },
    ],
    [
      'google-button',
      ['--client-id', '1-a.apps.googleusercontent.com'],
      'Everybody who has an account at Google can come in by a button',
      { google: { clientId: '1-a.apps.googleusercontent.com' } },
    ],
    [
      'cognito-button',
      ['--client-id', '1example2', '--domain', 'acme.auth.eu-central-1.amazoncognito.com'],
      'Everybody who has an account at Amazon Cognito can come in by a button',
      { 'amazon-cognito': { domain: 'https://acme.auth.eu-central-1.amazoncognito.com' } },
    ],
  ])('writes a good file for the button of %s', async (provider, args, said, meant) => {
    const { status, stdout, stderr } = doorward(['init', '--provider', provider, ...args, ...BASE])
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toContain(said)
    const [[id, settings] = ['', {}]] = Object.entries(meant)
    const url = `https://sso.example.com/api/auth/social/${id}/login/callback/`
    expect(stdout).toContain(url)
    expect(written()).toContain(`#   redirect URI: ${url}`)
    await expectGood(stdout)
    const { compiled } = readConfiguration(written(), {
      baseUrl: 'https://sso.example.com' as BaseUrl,
      environment: () => undefined,
      secretsLater: true,
      now: 0,
      readFile: () => ({ problem: 'there are no files' }),
    })
    expect(JSON.parse(compiled?.connections[0]?.settings ?? '')).toMatchObject(settings)
  })

  it('asks of a button only what it needs', () => {
    const { status, stderr } = doorward([
      'init',
      '--provider',
      'github',
      ...BASE,
      '--email-domain',
      'acme.example',
    ])
    expect(status).toBe(2)
    expect(stderr).toContain('--client-id')
    expect(stderr).toMatch(/--email-domain +has no effect with the other answers/)
    expect(stderr).not.toMatch(/--(id|name|allowed-organizations) /)
  })

  it('writes a short file, with a name in place of the secret, that everybody may read', () => {
    const { status, stdout, stderr } = doorward([
      'init',
      ...OKTA,
      '--email-domain',
      'acme.example, acme.test',
    ])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(written()).toBe(`# Written by "doorward init". docs/configuration.md has every key.
# At Okta, step by step: docs/idp/okta.md
sso:
  enabled: true
  identity_providers:
    # "id" is part of what is registered at Okta:
    #   redirect URI: https://sso.example.com/api/auth/oidc/okta/login/callback/
    # "doorward urls" prints what else can be.
    - id: okta
      protocol: OIDC
      name: Okta
      provider: okta
      domain: acme.okta.com
      client_id: 0oa1b2c3d4e5f6g7h8i9
      # Looked up where Doorward runs, so that this file may be shown.
      client_secret: \${OKTA_CLIENT_SECRET}
      # Who has such an address is sent here, and no other provider may bring one.
      email_domain: [acme.example, acme.test]
`)
    expect(statSync(join(folder, 'auth_config.yml')).mode & 0o777).toBe(0o644 & ~process.umask())
    expect(stdout).toContain('npx wrangler secret put OKTA_CLIENT_SECRET')
    expect(stdout).toContain('http://localhost:8787/api/auth/oidc/okta/login/callback/')
    expect(readdirSync(folder)).toEqual(['auth_config.yml'])
  })

  it('sends everybody to the provider when there is no domain, and says so', async () => {
    const { status, stdout } = doorward(['init', ...OKTA])
    expect(status).toBe(0)
    expect(stdout).toContain('Everybody is sent to this provider')
    expect(written()).toContain('  selection_mode: lowest_weight\n')
    await expectGood(stdout)
  })

  it('takes the secret itself from standard input, and keeps the file from others', async () => {
    const secret = `s3"cr#\${et}: '\\`
    const { status, stdout, stderr } = doorward(['init', ...OKTA, '--client-secret', '-'], {
      input: `${secret}\n`,
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(statSync(join(folder, 'auth_config.yml')).mode & 0o777).toBe(0o600)
    expect(stdout).not.toContain('s3"cr')
    const { compiled } = readConfiguration(written(), parseOptions)
    const settings = JSON.parse(compiled?.connections[0]?.settings ?? '{}') as { clientSecret: string }
    expect(settings.clientSecret).toBe(secret.replace('${', () => '$${'))
    await expectGood(stdout)
  })

  it('lists everything that is missing at once', () => {
    const { status, stdout, stderr } = doorward(['init', '--provider', 'keycloak', ...BASE])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.match(/^ {2}--[\w-]+/gm)).toEqual(['  --domain', '  --realm', '  --client-id'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('names the providers when none is given', () => {
    const { status, stderr } = doorward(['init'])
    expect(status).toBe(2)
    expect(stderr.match(/^ {2}--[\w-]+/gm)).toEqual(['  --provider', '  --base-url'])
    for (const { provider } of presets) expect(stderr).toContain(provider)
  })

  it('says everything that will not do at once, and repeats nothing of it', () => {
    const args = [
      '--provider',
      'azure',
      '--tenant',
      'acme-4711',
      '--client-id',
      '22222222-3333-4444-8555-666666666666',
      '--realm',
      'staff',
      '--client-secret',
      '4711-do-not-show',
      '--base-url',
      'http://sso.example.com',
    ]
    const { status, stdout, stderr } = doorward(['init', ...args])
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr.match(/^ {2}--[\w-]+/gm)).toEqual([
      '  --base-url',
      '  --tenant',
      '  --client-secret',
      '  --realm',
    ])
    expect(stderr).toContain('"tenant"')
    expect(stderr).toContain('11111111-2222-4333-8444-555555555555')
    expect(stderr).not.toContain('4711')
    expect(readdirSync(folder)).toEqual([])
  })

  it("refuses a variable that is Doorward's own", () => {
    const { status, stderr } = doorward(['init', ...OKTA, '--client-secret', 'DOORWARD_SECRET'])
    expect(status).toBe(2)
    expect(stderr).toMatch(/--client-secret .*DOORWARD_SECRET is Doorward/)
  })

  it('takes the base URL from the environment', () => {
    const { status, stdout } = doorward(['init', ...OKTA.slice(0, -2)], {
      env: { DOORWARD_BASE_URL: 'http://localhost:8787' },
    })
    expect(status).toBe(0)
    expect(stdout).toContain('http://localhost:8787/api/auth/oidc/okta/login/callback/')
    expect(stdout).not.toContain('https://sso.example.com')
  })

  it('keeps a file that is there, unless told otherwise', () => {
    put('auth_config.yml', 'mine')
    const kept = doorward(['init', ...OKTA])
    expect({ status: kept.status, text: written() }).toEqual({ status: 1, text: 'mine' })
    expect(kept.stderr).toContain('is there already')
    expect(kept.stderr).toContain('--force')
    expect(doorward(['init', ...OKTA, '--force']).status).toBe(0)
    expect(written()).toContain('provider: okta')
  })

  it('writes where it is told to, folders included, and over no folder', () => {
    mkdirSync(join(folder, 'taken'))
    const { status, stderr } = doorward(['init', ...OKTA, '--out', 'taken', '--force'])
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringContaining('is a folder') as string,
    })
    expect(doorward(['init', ...OKTA, '--out', 'a/b c.yml']).stdout).toContain("check 'a/b c.yml' --base-url")
    expect(existsSync(join(folder, 'a/b c.yml'))).toBe(true)
  })

  it('says that the file can not be written', () => {
    writeFileSync(join(folder, 'no-folder'), '')
    const { status, stderr } = doorward(['init', ...OKTA, '--out', 'no-folder/auth_config.yml'])
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        /^doorward: no-folder\/auth_config\.yml can not be written \(\w+\)\n$/,
      ) as string,
    })
    expect(readFileSync(join(folder, 'no-folder'), 'utf8')).toBe('')
  })

  it.each([
    ['an operand', ['init', 'my.yml'], '--out my.yml'],
    ['an option of another command', ['init', '--json'], 'init has no option --json'],
    ['one of its options elsewhere', ['check', '--realm', 'x', ...BASE], 'check has no option --realm'],
  ])('does not understand %s', (_, args, words) => {
    const { status, stderr } = doorward(args)
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(words) as string })
  })
})

const parseOptions = {
  baseUrl: 'https://sso.example.com' as BaseUrl,
  environment: () => undefined,
  secretsLater: true,
  now: Date.now(),
  readFile: () => ({ problem: 'there is no such file' }),
}

describe('scalar', () => {
  const texts = [
    ...['Okta', 'acme.okta.com', '0oa1b2', '$' + '{OKTA_NAME}', 'https://a.example/b?c=d&e', 'Bücher & Co'],
    ...[
      'true',
      'No',
      '~',
      'null',
      '12',
      '1e5',
      '0x1f',
      '1_000',
      '2026-11-22',
      '12:30',
      '.5',
      'Infinity',
      '-',
      '- a',
    ],
    ...[
      '*.example.com',
      '&a',
      '!b',
      '%c',
      '@d',
      '`e',
      '#f',
      'a # b',
      'a: b',
      'a:',
      '"',
      "'",
      "Bob's",
      '\\',
      'a\\n',
    ],
    ...[
      '[x]',
      '{x}',
      'a, b',
      '|',
      '>',
      '?',
      '? a',
      'a \u00a0b',
      '🙂',
      '<<',
      '=',
      '---',
      '$'.concat('$'),
      'x'.repeat(100),
    ],
  ]

  it.each(texts)('writes %j so that YAML reads it', (value) => {
    const inFile = (value: string) => `sso:
  enabled: true
  identity_providers:
    - {id: a, protocol: OIDC, name: ${scalar(value, true)}, server_url: https://a.example, client_id: b, client_secret: c, default: true}
    - id: b
      protocol: SAML
      name: other
      entity_id: c
      metadata_url: https://b.example
      attribute_mapping:
        uid: ${scalar(value)}
`
    const { compiled, problems } = readConfiguration(inFile(value), {
      ...parseOptions,
      environment: () => value,
    })
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    const [first, second] = (compiled?.connections ?? []).map(
      ({ settings }) => JSON.parse(settings) as Record<string, unknown>,
    )
    expect(first).toMatchObject({ name: value })
    expect(second).toMatchObject({ attributes: { uid: [value] } })
  })

  it.each([
    'Okta',
    '0oa1b2',
    'https://a.example/b?c=d',
    'Microsoft Entra ID',
    '11111111-2222-4333-8444-555555555555',
  ])('needs no quotes for %s', (value) => {
    expect(scalar(value)).toBe(value)
  })
})

describe('the questions of doorward init', () => {
  /** Whoever sits at a terminal: `type` what the keys send, `shown` what there is to be seen. */
  function sitDown(isTerminal: boolean) {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const shown = text(output)
    const terminal = openTerminal({ input, output, isTerminal })
    return { input, output, terminal, shown }
  }

  async function interview(terminal: Terminal, given: Record<string, string> = {}) {
    const sources = {
      given,
      person: personAt(terminal, false),
      surroundings: { env: {}, path: join(folder, 'auth_config.yml') },
      options: parseOptions,
    }
    try {
      return await collect(furtherQuestions, await collect(firstQuestions, nothingYet, sources), sources)
    } finally {
      terminal.close()
    }
  }

  it('takes defaults, asks again after a wrong answer with the reason, and needs no default for everything', async () => {
    const { input, output, terminal, shown } = sitDown(false)
    const lines = [
      '99', // no such number
      '', // no default
      '2', // Okta
      '', // OpenID Connect
      'sso.example.com', // not a URL
      'https://sso.example.com',
      'my okta', // not safe in a URL
      '', // okta
      'acme okta com',
      'acme.okta.com',
      '0oa1b2c3',
      'a-secret-in-the-wrong-place',
      '', // OKTA_CLIENT_SECRET
      '', // Okta
      '@acme.example',
      'acme.example',
    ]
    input.write(`${lines.join('\n')}\n`)
    const { answers, missing, refused } = await interview(terminal)
    output.end()
    expect({ answers, missing, refused }).toEqual({
      answers: {
        provider: 'okta',
        protocol: 'OIDC',
        'base-url': 'https://sso.example.com',
        id: 'okta',
        domain: 'acme.okta.com',
        'client-id': '0oa1b2c3',
        'client-secret': 'OKTA_CLIENT_SECRET',
        name: 'Okta',
        'email-domain': 'acme.example',
      },
      missing: [],
      refused: [],
    })
    const reasons = (await shown).split('\n').flatMap((line) => /\bno: (.*)/.exec(line)?.[1] ?? [])
    expect(reasons).toEqual([
      expect.stringContaining('a number from 1 to 15'),
      'an answer is needed',
      'it is not a URL such as https://sso.example.com',
      expect.stringContaining('"id" must be safe in a URL'),
      expect.stringContaining('"domain" does not look like'),
      'this is not the name of a variable',
      '"email_domain" must be the part after the "@" alone, such as example.com',
    ])
  })

  it('takes a provider by a part of its name, and asks nothing that was given', async () => {
    const { input, output, terminal, shown } = sitDown(false)
    input.write('entra\n22222222-3333-4444-8555-666666666666\n\n\n\n')
    const given = {
      protocol: 'oidc',
      'base-url': 'https://sso.example.com',
      id: 'x',
      tenant: presetParameters.tenant.example,
    }
    const { answers } = await interview(terminal, given)
    output.end()
    expect(answers).toMatchObject({ provider: 'azure', protocol: 'OIDC', id: 'x', 'email-domain': '' })
    expect(await shown).not.toContain('tenant')
  })

  it('asks for what was given wrongly, and says why', async () => {
    const { input, output, terminal, shown } = sitDown(false)
    input.write('acme.okta.com\n1\n\n\n\n')
    const given = {
      provider: 'okta',
      protocol: 'oidc',
      'base-url': 'https://sso.example.com',
      id: 'x',
      domain: 'a b',
    }
    const { answers } = await interview(terminal, given)
    output.end()
    expect(answers.domain).toBe('acme.okta.com')
    expect(await shown).toContain('no: "domain"')
  })

  it('warns of no protocol: people are sent to both', async () => {
    for (const provider of ['saml', 'oidc']) {
      const { input, output, terminal, shown } = sitDown(false)
      input.end(`${provider}\n`)
      await expect(interview(terminal)).rejects.toThrow(Abandoned)
      output.end()
      expect(await shown).not.toContain('warning')
    }
  })

  it.each([
    ['Ctrl-C', true, 'okta\r\u0003'],
    ['Ctrl-C on a line that was begun', true, 'okta\rx\u0003'],
    ['Ctrl-D', true, 'okta\r\u0004'],
    ['the end of the input', false, 'okta\n'],
  ])('ends with %s', async (_, isTerminal, typed) => {
    const { input, terminal } = sitDown(isTerminal)
    if (isTerminal) input.write(typed)
    else input.end(typed)
    await expect(interview(terminal)).rejects.toThrow(Abandoned)
  })

  it('shows what is typed, but not a secret, and forgets both', async () => {
    const { input, output, terminal, shown } = sitDown(true)
    const first = terminal.ask('name: ')
    input.write('visible\r')
    expect(await first).toBe('visible')
    const second = terminal.ask('secret: ', { isHidden: true })
    input.write('hiddenx\u007f\r')
    expect(await second).toBe('hidden')
    const third = terminal.ask('name: ')
    // The key for what was typed before.
    input.write('\u001b[Anew\r')
    expect(await third).toBe('new')
    terminal.close()
    output.end()
    expect(await shown).toContain('visible')
    expect(await shown).not.toContain('hid')
  })
})

/** https://man7.org/linux/man-pages/man1/script.1.html; that of other systems takes other options. */
const SCRIPT = '/usr/bin/script'

// Elsewhere `script` has other options; every Linux has this one.
describe.skipIf(process.platform !== 'linux')('doorward init at a terminal', { timeout: 30_000 }, () => {
  /** Types each answer once its question is there. @returns all that was shown, and the exit code */
  function converse(steps: readonly (readonly [question: string, answer: string])[], options = '') {
    return new Promise<{ shown: string; status: number | null }>((resolve, reject) => {
      const { PATH } = process.env
      const command = `'${process.execPath}' '${program}' init ${BASE.join(' ')} ${options}`
      const script = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
        cwd: folder,
        env: { PATH, TERM: 'xterm', NO_COLOR: '1', SHELL: '/bin/sh' },
        // A group of its own, which is ended where a question never comes.
        detached: true,
      })
      const end = setTimeout(() => process.kill(-(script.pid ?? 0), 'SIGKILL'), 20_000)
      const left = [...steps]
      let [shown, from] = ['', 0]
      script.stdout.on('data', (chunk: Buffer) => {
        shown += chunk.toString()
        const [question, answer] = left[0] ?? []
        const at = question === undefined ? -1 : shown.indexOf(question, from)
        if (answer === undefined || at < 0) return
        from = at + (question?.length ?? 0)
        left.shift()
        script.stdin.write(answer)
      })
      script.on('error', reject)
      script.on('close', (status) => {
        clearTimeout(end)
        resolve({ shown, status })
      })
    })
  }

  it('asks, and writes the file', async () => {
    const steps = [
      ['Number or name', 'okta\r'],
      ['Number or name [1]', '\r'],
      ['[okta]', '\r'],
      ['Domain of your Okta organisation', 'acme.okta.com\r'],
      ['Client ID', '0oa1b2c3\r'],
      ['[OKTA_CLIENT_SECRET]', '-\r'],
      ['Client secret (not shown', 'do-not-show\r'],
      ['[Okta]', '\r'],
      ['[none]', 'acme.example\r'],
    ] as const
    const { shown, status } = await converse(steps, '--realm staff')
    expect(shown).toContain('--realm was not used')
    expect(status).toBe(0)
    expect(shown).not.toContain('do-not-show')
    expect(written()).toContain('client_secret: do-not-show')
    // Before the first thing is asked that needs it.
    const register = shown.indexOf('https://sso.example.com/api/auth/oidc/okta/login/callback/')
    expect(register).toBeGreaterThan(0)
    expect(register).toBeLessThan(shown.indexOf('Client ID'))
    await expectGood(shown)
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('writes nothing after %s', async (_, key) => {
    const { shown, status } = await converse([
      ['Number or name', 'okta\r'],
      ['Number or name [1]', key],
    ])
    expect(status).toBe(130)
    expect(shown).toContain('Nothing was written.')
    expect(readdirSync(folder)).toEqual([])
  })
})
