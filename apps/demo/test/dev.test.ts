import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { generateServiceProviderKeys } from '@doorward/core/saml'
import { afterEach, describe, expect, it } from 'vitest'
import { type Launch, launch, temporaryFolder, until } from './launcher.ts'

const launches: Launch[] = []

async function start(env: Record<string, string> = {}): Promise<Launch> {
  const started = await launch(env)
  launches.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(launches.splice(0).map((started) => started.close()))
})

function writeConfig(text: string): string {
  const path = join(temporaryFolder(), 'auth_config.yml')
  writeFileSync(path, text)
  return path
}

const GOOD = `sso:
  enabled: true
  selection_mode: email_address
  identity_providers:
    - id: acme
      protocol: OIDC
      name: Acme
      server_url: https://login.acme.example
      client_id: doorward
      client_secret: a-test-only-value
      email_domain: acme.example
`

/** A connection by SAML that signs its requests. */
async function samlConfig(): Promise<string> {
  const theirs = await generateServiceProviderKeys({ host: 'idp.example', now: Date.now() })
  const { keys } = JSON.parse(theirs.reveal()) as { keys: readonly { certificate: string }[] }
  return writeConfig(`sso:
  enabled: true
  identity_providers:
    - id: acme
      protocol: SAML
      name: Acme
      entity_id: https://login.acme.example
      sso_url: https://login.acme.example/sso
      x509_cert: ${keys[0]?.certificate}
      sign_requests: true
      attribute_mapping: {uid: uid, email: mail}
      email_domain: acme.example
`)
}

const cli = join(import.meta.dirname, '../../../packages/cli/bin/doorward.mjs')

/** Where a browser is sent that begins a login. Node's `fetch` says itself that it is none. */
function leavesFor({ url }: Launch): Promise<URL> {
  const headers = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  return new Promise((resolve, reject) => {
    get(`${url}/api/auth/saml/acme/login/`, { headers }, (response) => {
      response.resume()
      resolve(new URL(response.headers.location ?? '', url))
    }).once('error', reject)
  })
}

/** Ended by force where it starts something after all. */
function typed(...args: readonly string[]) {
  const entry = join(import.meta.dirname, '../dev.mjs')
  return spawnSync(process.execPath, [entry, ...args], {
    encoding: 'utf8',
    timeout: 5000,
    env: { ...process.env, PORT: 'none' },
  })
}

describe('pnpm dev', () => {
  it.each([['--help'], ['-h'], ['--', '--help']])(
    'says how it is used, and starts nothing: %s %s',
    (...args) => {
      const { status, stdout } = typed(...args)
      expect(status).toBe(0)
      expect(stdout).toMatch(/^Usage: .* dev\n/)
      for (const name of ['AUTH_CONFIG_PATH', 'DOORWARD_BASE_URL', 'PORT']) expect(stdout).toContain(name)
    },
  )

  it.each(['--port', 'auth_config.yml'])('refuses what it does not know: %s', (argument) => {
    const { status, stderr } = typed(argument)
    expect(status).toBe(2)
    expect(stderr).toContain(`does not know "${argument}"`)
    expect(stderr).toContain('--help')
  })

  it.each([
    ['a missing field', GOOD.replace(/ +client_id: .*\n/, ''), ':5:7 error: "client_id" is missing'],
    [
      'an unknown key',
      GOOD.replace('weight', 'wait').replace('name:', 'nome:'),
      ':7:7 error: unknown key "nome"',
    ],
    [
      'a wrong type',
      GOOD.replace('enabled: true', 'enabled: 1'),
      ':2:12 error: "enabled" must be true or false',
    ],
    ['bad YAML', GOOD.replace('enabled: true', 'enabled: [true'), 'error: '],
    ['one id twice', GOOD + GOOD.slice(GOOD.indexOf('    - id')), ':12:11 error: "id" is used twice'],
  ])('starts nothing with %s', async (_, text, complaint) => {
    const path = writeConfig(text)
    const started = await start({ AUTH_CONFIG_PATH: path })
    expect(await started.ended).toBe(1)
    expect(started.output()).toContain(complaint)
    expect(started.output()).toContain('nothing was started')
    expect(started.output()).not.toContain('a-test-only-value')
    expect(started.processes()).toEqual([])
  })

  it.each([
    ['PORT', { PORT: 'http' }, 'is not a port'],
    ['DOORWARD_BASE_URL', { DOORWARD_BASE_URL: 'http://sso.example.com' }, 'it must begin with https://'],
    ['AUTH_CONFIG_PATH', { AUTH_CONFIG_PATH: '/nowhere/auth_config.yml' }, 'there is no such file'],
  ])('says what is wrong with %s', async (_, env, complaint) => {
    const started = await start(env as Record<string, string>)
    expect(await started.ended).toBe(1)
    expect(started.output()).toContain(complaint)
  })

  it('says that the port is taken', async () => {
    const first = await start()
    await first.sees('is running')
    const second = await start({ PORT: new URL(first.url).port })
    expect(await second.ended).toBe(1)
    expect(second.output()).toContain('is in use')
  })

  it('starts no demo identity provider beside a configuration of the person’s own', async () => {
    const started = await start({ AUTH_CONFIG_PATH: writeConfig(GOOD) })
    await started.sees('is running')
    expect(started.output()).not.toContain('engineer@')
    expect(readCommandLines(started).filter((line) => line.includes('idp/process'))).toEqual([])
  })

  it('says who needs keys of ours, and how to give them', async () => {
    const AUTH_CONFIG_PATH = await samlConfig()
    const without = await start({ AUTH_CONFIG_PATH })
    await without.sees('is running')
    expect(without.output()).toContain('DOORWARD_SAML_KEYS is not set, and needed by "acme", which signs')
    expect((await leavesFor(without)).pathname).toBe('/login')

    const commands = without.output().match(/^ {2}\(umask.*\n {2}export .*$/m)?.[0] ?? ''
    const script = `${commands.replace('npx -y pnpm@12.21.0 --silent doorward', `node ${cli}`)}
      printf %s "$DOORWARD_SAML_KEYS"`
    const keys = execFileSync('sh', ['-c', script], {
      cwd: temporaryFolder(),
      encoding: 'utf8',
      stdio: 'pipe',
    })
    const given = await start({ AUTH_CONFIG_PATH, DOORWARD_SAML_KEYS: keys })
    await given.sees('is running')
    expect(given.output()).not.toContain('DOORWARD_SAML_KEYS')
    const { origin, searchParams } = await leavesFor(given)
    expect(origin).toBe('https://login.acme.example')
    expect(searchParams.get('Signature')).toMatch(/^[\w+/]{512}/)
  })

  it('takes a saved change into use, and keeps the last good one after a bad one', async () => {
    const path = writeConfig(GOOD)
    const started = await start({ AUTH_CONFIG_PATH: path })
    await started.sees('is running')
    const modes = ['lowest_weight', 'email_address', 'lowest_weight']
    for (const mode of modes) {
      writeFileSync(path, GOOD.replace('email_address', mode))
      await until(
        async () => (await selectionMode(started)) === mode,
        () => `${mode} is not in use`,
      )
    }
    writeFileSync(path, GOOD.replace('email_address', 'by_weight'))
    await started.sees('"selection_mode" must be one of email_address, lowest_weight')
    await started.sees('The last good configuration stays in use.')
    expect(await selectionMode(started)).toBe('lowest_weight')
  })

  it.each([
    ['Ctrl-C', 'SIGINT', 'group'],
    ['a signal to its group', 'SIGTERM', 'group'],
    ['a signal to the launcher alone', 'SIGTERM', 'launcher'],
    ['a hard kill of the launcher', 'SIGKILL', 'launcher'],
  ] as const)('leaves nothing running after %s', async (_, signal, to) => {
    const started = await start()
    await started.sees('is running')
    expect(started.processes().length).toBeGreaterThan(2)
    started.signal(signal, to)
    await started.ended
    await until(
      () => started.processes().length === 0,
      () => readCommandLines(started).join('\n'),
    )
  })

  it('leaves nothing running after Ctrl-C while it still starts', async () => {
    const started = await start()
    await started.sees('Building')
    started.signal('SIGINT', 'group')
    expect(await started.ended).toBe(0)
    await until(
      () => started.processes().length === 0,
      () => readCommandLines(started).join('\n'),
    )
  })
})

async function selectionMode({ url }: Launch): Promise<string> {
  const response = await fetch(`${url}/api/auth/social`)
  return ((await response.json()) as { sso: { selection_schema: string } }).sso.selection_schema
}

function readCommandLines({ processes }: Launch): string[] {
  return processes().map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '))
}
