import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startChromium } from './chromium.ts'
import { freePort, type Launch, launch, temporaryFolder } from './launcher.ts'

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
  async (_, line, expectsPkce) => {
    const port = await freePort()
    const client = {
      clientId: 'app',
      clientSecret: 'a-test-only-secret:with%and+and=',
      redirectUri: `http://localhost:${port}/api/auth/oidc/company/login/callback/`,
    }
    const issuer = await startProvider(client)
    const path = join(temporaryFolder(), 'auth_config.yml')
    writeFileSync(
      path,
      `sso:
  enabled: true
  selection_mode: email_address
${line}  identity_providers:
    - id: company
      protocol: OIDC
      name: Company
      server_url: ${issuer}
      client_id: app
      client_secret: "${client.clientSecret}"
      email_domain: acme.example
      synchronize_groups: false
`,
    )
    doorward = await launch({ AUTH_CONFIG_PATH: path, PORT: String(port) })
    await doorward.sees('is running')

    const page = await browser.newPage()
    page.setDefaultTimeout(15_000)
    const authorizations: URL[] = []
    page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.origin === issuer && url.pathname === '/auth') authorizations.push(url)
    })
    await page.goto(doorward.url)
    await page.getByLabel('Work e-mail').fill('manager@acme.example')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'manager@acme.example' }).click()
    await page.getByRole('heading', { name: 'You’re signed in' }).waitFor()
    const shown = await page.getByRole('main').innerText()
    expect(shown).toContain('manager@acme.example')
    // Nobody is left to guess whether groups came.
    expect(shown).toMatch(/Groups\s+None/)
    expect(authorizations[0]?.searchParams.get('code_challenge_method')).toBe(expectsPkce ? 'S256' : null)
    expect(authorizations[0]?.searchParams.get('nonce')).toMatch(/^.{22}$/)
    expect(doorward.output().includes('without PKCE')).toBe(!expectsPkce)
    await page.close()
  },
)

function startProvider(client: object): Promise<string> {
  const module = join(import.meta.dirname, '../src/idp/process.ts')
  provider = spawn(process.execPath, [module], {
    env: { ...process.env, DOORWARD_SETTINGS: JSON.stringify(client) },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return new Promise((resolve) => {
    provider?.once('message', (message) => resolve((message as { ready: string }).ready))
  })
}
