import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { OpenIdProvider } from '@doorward/testkit'
import { startOpenIdProvider } from '@doorward/testkit/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { browserAt } from './browser.ts'

const bin = (name: string): string => join(import.meta.dirname, '../node_modules/.bin', name)

/** How the example is started on each host. */
const hosts: Readonly<Record<'Node' | 'Deno' | 'Bun', readonly [string, ...string[]]>> = {
  Node: [process.execPath],
  Deno: [bin('deno'), 'run', '--allow-all', '--quiet'],
  Bun: [bin('bun')],
}

let folder: string
let origin: string
let provider: OpenIdProvider & { close(): Promise<void> }
let running: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorward-example-'))
  origin = `http://localhost:${await freePort()}`
  provider = await startOpenIdProvider({
    clients: [
      {
        client_id: 'app',
        client_secret: 'a secret for tests',
        redirect_uris: [`${origin}/api/auth/oidc/company/login/callback/`],
      },
    ],
    user: { sub: 'user-1', name: 'Ann Example', email: 'ann@acme.example', email_verified: true },
  })
  await configure()
})

afterEach(async () => {
  await stop()
  await provider.close()
  await rm(folder, { recursive: true })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function configure(clientId = 'app'): Promise<void> {
  const file = `sso:
  enabled: true
  identity_providers:
    - id: company
      protocol: OIDC
      name: Bits & Bobs
      server_url: ${provider.issuer}
      client_id: ${clientId}
      client_secret: \${COMPANY_SECRET}
      email_domain: acme.example
`
  return writeFile(join(folder, 'auth_config.yml'), file)
}

/** Starts the example in a process group of its own: some hosts are started by a script that would survive. */
function start([command, ...args]: readonly [string, ...string[]]): { readonly said: () => string } {
  running = spawn(command, [...args, join(import.meta.dirname, '../app.ts')], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: new URL(origin).port,
      DOORWARD_BASE_URL: origin,
      DOORWARD_SECRET: 'a secret for tests, not for anything else',
      COMPANY_SECRET: 'a secret for tests',
    },
  })
  let output = ''
  for (const stream of [running.stdout, running.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return { said: () => output }
}

async function startAndWait(host: readonly [string, ...string[]]): Promise<void> {
  const { said } = start(host)
  while (!said().includes(`${origin}/`)) {
    if (running?.exitCode !== null) throw new Error(`it did not start: ${said()}`)
    await setTimeout(20)
  }
}

async function stop(): Promise<void> {
  if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return
  const closed = once(running, 'close')
  process.kill(-running.pid, 'SIGKILL')
  await closed
}

const locationOf = (response: Response): string => response.headers.get('location') ?? ''

describe.each(Object.entries(hosts))('the example on %s', (_, host) => {
  it('signs somebody in and out, and knows them after a restart', async () => {
    await startAndWait(host)
    const browser = browserAt(origin)
    const stopped = locationOf(await browser.navigate('/?tab=2'))
    const page = await (await browser.navigate(stopped)).text()
    expect(page).toContain('>Bits &amp; Bobs</a>')
    const [, login = ''] = /href="([^"]+)"/.exec(page) ?? []
    const toProvider = await browser.navigate(login)
    const back = await browser.navigate(locationOf(toProvider))
    const done = await browser.navigate(locationOf(back))
    expect([done.status, locationOf(done)]).toEqual([303, '/?tab=2'])
    expect(await (await browser.navigate('/')).text()).toContain('Ann Example')

    await stop()
    await startAndWait(host)
    expect(await (await browser.navigate('/')).text()).toContain('Ann Example')

    const left = await browser.navigate('/api/auth/logout/', { 'sec-fetch-site': 'same-origin' })
    expect(locationOf(await browser.navigate('/'))).toBe('/login?next=%2F')
    expect(await (await browser.navigate(locationOf(left))).text()).toContain('/login/?prompt=login"')
  })
})

describe('the example', () => {
  it('says what is wrong with the file, and does not start', async () => {
    await writeFile(join(folder, 'auth_config.yml'), 'sso:\n  enabled: yes please\n')
    const { said } = start(hosts.Node)
    await once(running as ChildProcess, 'close')
    expect(running?.exitCode).toBe(1)
    expect(said()).toMatch(/^auth_config\.yml:2:12 error: "enabled" .*\n {2}fix: /)
  })

  it('shows what became of a login that was refused, and nothing of what an address says', async () => {
    await startAndWait(hosts.Node)
    const browser = browserAt(origin)
    const refused = await browser.navigate('/api/auth/oidc/company/login/callback/?state=x&code=y')
    expect(await (await browser.navigate(locationOf(refused))).text()).toContain(
      'That did not work: login_expired',
    )
    const forged = await browser.navigate('/login?error=<script>')
    expect(await forged.text()).not.toContain('<script>')
  })
})
