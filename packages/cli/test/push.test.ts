import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSealer, openConfiguration, Secret } from '@doorward/core'
import { type CompiledConfiguration, parseBaseUrl } from '@doorward/core/config'
import { afterAll, describe, expect, it } from 'vitest'

const program = join(import.meta.dirname, '../bin/doorward.mjs')
const worker = join(import.meta.dirname, '../../../apps/worker')
const folder = mkdtempSync(join(tmpdir(), 'doorward-push-test-'))

afterAll(() => rmSync(folder, { recursive: true }))

const SECRET = 'a-secret-for-tests-and-for-nothing-else'
const SITE = 'https://sso.example.com'

const GOOD = `sso:
  enabled: true
  identity_providers:
    - id: acme
      protocol: OIDC
      name: Acme
      server_url: https://login.acme.example
      client_id: doorward
      client_secret: \${ACME_SECRET}
      email_domain: acme.example
    - id: partner
      protocol: OIDC
      name: Partner
      server_url: https://login.partner.example
      client_id: doorward
      client_secret: written-in-the-file
      email_domain: partner.example
`
const good = join(folder, 'good.yml')
writeFileSync(good, GOOD)

/** Runs `doorward push`, in a folder of its own so that nothing is left in the temporary one unnoticed. */
function push(args: readonly string[], env: Record<string, string> = { DOORWARD_SECRET: SECRET }) {
  const { PATH, HOME } = process.env
  return spawnSync(process.execPath, [program, 'push', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH, HOME, TMPDIR: folder, ...env },
  })
}

function open(sealed: string, site = SITE, secret = SECRET): Promise<CompiledConfiguration> {
  const parsed = parseBaseUrl(site)
  if ('problem' in parsed) throw new Error(parsed.problem)
  const sealer = createSealer([new Secret(secret)])
  return openConfiguration(sealed, { sealer, baseUrl: parsed.baseUrl, now: Date.now() })
}

describe('doorward push --out', () => {
  const out = join(folder, 'sealed')

  it('writes what the worker opens, for its owner alone, and says what the worker must have', async () => {
    const before = Date.now()
    const { status, stdout, stderr } = push([good, '--base-url', SITE, '--out', 'sealed'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const sealed = readFileSync(out, 'utf8')
    const { version, connections } = await open(sealed)
    expect(connections.map(({ id }) => id)).toEqual(['acme', 'partner'])
    expect(version).toBeGreaterThanOrEqual(before)
    expect(stdout).toContain('2 identity providers')
    expect(stdout).toContain('wrangler secret put ACME_SECRET')
    expect(stdout).toContain(new Date(version).toISOString())
    expect(stdout + sealed).not.toContain('written-in-the-file')
    expect(statSync(out).mode & 0o777).toBe(0o600)
  })

  it('seals with the first of several secrets', async () => {
    const both = `${'the-new-secret-of-these-tests-and-of-nothing'}\n ${SECRET}`
    expect(push([good, '--base-url', SITE, '--out', 'sealed'], { DOORWARD_SECRET: both }).status).toBe(0)
    const sealed = readFileSync(out, 'utf8')
    await expect(open(sealed)).rejects.toMatchObject({ code: 'configuration_unreadable' })
    expect((await open(sealed, SITE, 'the-new-secret-of-these-tests-and-of-nothing')).base_url).toBe(SITE)
  })

  it('writes nothing for a configuration with a mistake, and leaves what was there', () => {
    writeFileSync(out, 'the last good one')
    writeFileSync(join(folder, 'bad.yml'), GOOD.replace('client_id: doorward', 'clinet_id: doorward'))
    const { status, stderr } = push(['bad.yml', '--base-url', SITE, '--out', 'sealed'])
    expect(status).toBe(1)
    expect(stderr).toContain('clinet_id')
    expect(stderr).toContain('Nothing was pushed')
    expect(readFileSync(out, 'utf8')).toBe('the last good one')
  })

  it.each([
    ['no secret', {}, 'DOORWARD_SECRET is not set'],
    ['nothing but white space', { DOORWARD_SECRET: ' \n' }, 'DOORWARD_SECRET is not set'],
    ['a short secret', { DOORWARD_SECRET: 'hunter2' }, 'shorter than 32 characters'],
  ])('explains itself for %s', (_, env, words) => {
    const { status, stdout, stderr } = push([good, '--base-url', SITE, '--out', 'sealed'], env)
    expect(status).toBe(2)
    expect(stderr).toContain(words)
    expect(stdout + stderr).not.toContain('hunter2')
  })

  it.each([
    ['an address of this machine alone', ['--base-url', 'http://localhost:8787'], 1, 'this machine alone'],
    ['a place for what is not local', ['--base-url', SITE, '--persist-to', 'x'], 2, '--local only'],
    ['a file and a worker', ['--base-url', SITE, '--out', 'x', '--worker', '.'], 2, 'leave --worker'],
    ['a folder without a worker', ['--base-url', SITE, '--worker', '.'], 2, 'there is no wrangler.jsonc'],
  ])('explains itself for %s', (_, args, code, words) => {
    const { status, stderr } = push([good, ...args])
    expect({ status, stderr }).toEqual({ status: code, stderr: expect.stringContaining(words) })
  })

  it('explains itself for a worker without wrangler', () => {
    mkdirSync(join(folder, 'bare'), { recursive: true })
    writeFileSync(join(folder, 'bare/wrangler.jsonc'), '{}')
    const { status, stderr } = push([good, '--base-url', SITE, '--worker', 'bare'])
    expect(status).toBe(2)
    expect(stderr).toContain('wrangler is not installed')
  })
})

describe('doorward push', { timeout: 60_000 }, () => {
  const LOCAL = 'http://localhost:8787'

  it('writes to where the worker reads, and leaves nothing behind', async () => {
    const state = join(folder, 'state')
    const pushed = push([good, '--base-url', LOCAL, '--local', '--persist-to', 'state'])
    expect({ status: pushed.status, stderr: pushed.stderr }).toEqual({ status: 0, stderr: '' })
    expect(pushed.stdout).toContain('within two minutes')
    expect(readdirSync(folder).filter((name) => /^doorward-push-/.test(name))).toEqual([])

    const wrangler = join(worker, 'node_modules/wrangler/bin/wrangler.js')
    const get = ['kv', 'key', 'get', 'configuration', '--binding', 'STATE', '--local', '--persist-to', state]
    const read = spawnSync(process.execPath, [wrangler, ...get], { cwd: worker, encoding: 'utf8' })
    expect((await open(read.stdout.trim(), LOCAL)).connections).toHaveLength(2)
  })

  it('shows what wrangler says when it can not write', () => {
    const env = { DOORWARD_SECRET: SECRET, HOME: folder, CI: '1' }
    const { status, stderr } = push([good, '--base-url', SITE], env)
    expect(status).toBe(1)
    expect(stderr).toContain('CLOUDFLARE_API_TOKEN')
    expect(stderr).toContain('Nothing was pushed')
    expect(readdirSync(folder).filter((name) => /^doorward-push-/.test(name))).toEqual([])
  })
})
