import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DemoClient } from '../src/idp/provider.ts'
import { startChromium } from './chromium.ts'
import { freePort, type Launch, launch, temporaryFolder } from './launcher.ts'
import { signInAs } from './person.ts'

// npm's oidc-provider as a customer would run it: apart from us, known to us only by auth_config.yml.

let browser: Browser
let doorward: Launch | undefined
let provider: ChildProcess | undefined

beforeAll(async () => {
  browser = await startChromium()
})

afterEach(async () => {
  await doorward?.close()
  provider?.disconnect()
})

afterAll(() => browser?.close())

it.each([
  ['absent', '', true],
  ['true', '  enable_pkce: true\n', true],
  ['false', '  enable_pkce: false\n', false],
])(
  'signs in at a provider that is configured by a file, with enable_pkce %s',
  async (_, section, expectsPkce) => {
    const { asked, output } = await signIn({ section, entry: UNPUSHED })
    expect(asked.get('code_challenge_method')).toBe(expectsPkce ? 'S256' : null)
    expect(asked.get('nonce')).toMatch(/^.{22}$/)
    expect(output().includes('without PKCE')).toBe(!expectsPkce)
  },
)

it('signs in by an answer that the provider has the browser post', async () => {
  const { asked, posts } = await signIn({ entry: `      response_mode: form_post\n${UNPUSHED}` })
  expect(asked.get('response_mode')).toBe('form_post')
  // Another site than ours, so that the cookie is one that has to say SameSite=None.
  expect(posts).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:/)])
})

it('signs in by an ID Token that the provider has the browser post', async () => {
  const { asked, posts, output } = await signIn({
    client: null,
    entry: '      response_type: id_token\n',
    registration: {
      // The one way to have an address without https for this flow.
      application_type: 'native',
      response_types: ['id_token'],
      grant_types: ['implicit'],
      token_endpoint_auth_method: 'none',
    },
  })
  expect([asked.get('response_type'), asked.get('response_mode')]).toEqual(['id_token', 'form_post'])
  expect(asked.has('code_challenge')).toBe(false)
  expect(posts).toHaveLength(1)
  expect(output()).toContain('implicit flow')
})

it('signs in by a request that was pushed, with a key in place of a secret', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const { asked } = await signIn({
    client: `      client_private_key: |\n${pem.replace(/^/gm, '        ').trimEnd()}\n`,
    registration: {
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'EdDSA',
      require_pushed_authorization_requests: true,
      jwks: { keys: [publicKey.export({ format: 'jwk' })] },
    },
  })
  expect([...asked.keys()].sort()).toEqual(['client_id', 'request_uri'])
})

describe('a sign-out', () => {
  it('here goes on to the provider, which ends its session too, and comes back', async () => {
    const { issuer } = await start({ entry: '      idp_logout: true\n' })
    const page = await openPage()
    await signInAs(page, url(), 'manager@acme.example')
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL(`${issuer}/session/end?**`)
    expect(await isSignedIn(page)).toBe(false)
    // With an ID Token it knows who it is about, and still asks.
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await page.getByText('You’re signed out here and at your identity provider.').waitFor()
    expect(page.url().startsWith(`${url()}/login`)).toBe(true)
    await expectAskedAnew(page, issuer)
    await page.context().close()
  })

  it('at the provider ends the session here, in the browser and in no other', async () => {
    const { issuer } = await start()
    const [page, other] = [await openPage(), await openPage()]
    for (const one of [page, other]) {
      await signInAs(one, url(), 'manager@acme.example')
      await one.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    }
    await page.goto(`${issuer}/session/end`)
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
    await doorward?.sees('sessions ended by the identity provider (1)')
    expect(await isSignedIn(page)).toBe(false)
    expect(await isSignedIn(other)).toBe(true)
    for (const one of [page, other]) await one.context().close()
  })
})

/** So that a test sees in the browser what is asked for. */
const UNPUSHED = '      pushed_authorization_requests: never\n'

/** What a test adds to `sso` and to the provider's entry. */
interface Lines {
  readonly section?: string
  readonly entry?: string
  /** How we prove who we are, where it is not by a secret. */
  readonly client?: string | null
  readonly registration?: DemoClient['registration']
}

/** Starts both. @returns the provider's issuer, and how we are registered there */
async function start({ section = '', entry = '', client: credential, registration }: Lines = {}) {
  const port = await freePort()
  const base = `http://localhost:${port}/api/auth/oidc/company`
  const client = {
    clientId: 'app',
    clientSecret: 'a-test-only-secret:with%and+and=',
    redirectUri: `${base}/login/callback/`,
    postLogoutRedirectUri: `${base}/post-logout/`,
    backChannelLogoutUri: `${base}/backchannel-logout/`,
    registration,
  }
  const secret = `      client_secret: "${client.clientSecret}"\n`
  const issuer = await startProvider(client)
  const path = join(temporaryFolder(), 'auth_config.yml')
  writeFileSync(
    path,
    `sso:
  enabled: true
  selection_mode: email_address
${section}  identity_providers:
    - id: company
      protocol: OIDC
      name: Company
      server_url: ${issuer}
      client_id: app
      email_domain: acme.example
      synchronize_groups: false
${credential === undefined ? secret : (credential ?? '')}${entry}`,
  )
  doorward = await launch({ AUTH_CONFIG_PATH: path, PORT: String(port) })
  await doorward.sees('is running')
  return { issuer, client }
}

/** Signs a person in, and looks that they are. @returns what was asked, what was posted to us from where, and what `dev` printed */
async function signIn(lines: Lines) {
  const { issuer, client } = await start(lines)
  const page = await openPage()
  const authorizations: URL[] = []
  const posts: string[] = []
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.origin === issuer && asked.pathname === '/auth') authorizations.push(asked)
    if (asked.href === client.redirectUri) posts.push(request.headers()['origin'] ?? '')
  })
  await signInAs(page, url(), 'manager@acme.example')
  await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
  const shown = await page.getByRole('main').innerText()
  expect(shown).toContain('manager@acme.example')
  // Nobody is left to guess whether groups came.
  expect(shown).toMatch(/Groups\s+None/)
  await page.context().close()
  const output = () => doorward?.output() ?? ''
  return { asked: authorizations[0]?.searchParams ?? new URLSearchParams(), posts, output }
}

const url = () => doorward?.url ?? ''

async function openPage(): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  page.setDefaultTimeout(15_000)
  return page
}

async function isSignedIn(page: Page): Promise<boolean> {
  return (await page.request.get(`${url()}/api/auth/session`)).ok()
}

/** The provider does not know the person any more: it asks who it is, though nobody tells it to. */
async function expectAskedAnew(page: Page, issuer: string): Promise<void> {
  await page.goto(`${url()}/api/auth/oidc/company/login/`)
  await page.getByRole('button', { name: 'manager@acme.example' }).waitFor()
  expect(new URL(page.url()).origin).toBe(issuer)
}

function startProvider(client: DemoClient): Promise<string> {
  const module = join(import.meta.dirname, '../src/idp/process.ts')
  provider = spawn(process.execPath, [module], {
    env: { ...process.env, DOORWARD_SETTINGS: JSON.stringify(client) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve) => {
    provider?.once('message', (message) => resolve((message as { ready: string }).ready))
  })
}
