import { answerTo, createSamlHost, type SamlHost } from '@doorward/hono/testing'
import { type Listener, listen } from '@doorward/testkit/node'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { expectAccessible, expectFits } from './accessible.ts'
import { startChromium } from './chromium.ts'

// What a real browser makes of the forms of a login by SAML: which cookies it sends with them, and whether the policy of
// our pages lets them go. Two sites, as in life: ours is localhost, the identity provider's is 127.0.0.1.

let browser: Browser
let host: SamlHost
let ours: Listener
let theirs: Listener
let context: BrowserContext
let page: Page
/** What happens while the person is at the identity provider. */
let meanwhile: () => Promise<void>

beforeAll(async () => {
  theirs = await listen(async () => ({ fetch: identityProvider }), { host: '127.0.0.1' })
  ours = await listen(
    async (origin) => {
      host = createSamlHost({ origin, identityProviders: theirs.url })
      return { fetch: (request) => host.app.fetch(request) }
    },
    { host: 'localhost' },
  )
  browser = await startChromium()
})

afterAll(async () => {
  await browser?.close()
  await ours?.close()
  await theirs?.close()
})

beforeEach(async () => {
  meanwhile = async () => undefined
  await open()
})
afterEach(() => context.close())

async function open(options: { readonly javaScriptEnabled?: boolean } = {}): Promise<void> {
  await context?.close()
  context = await browser.newContext(options)
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
}

/** Answers whatever it is asked, with a form that is posted back; asked for nothing, it does so too. */
async function identityProvider(request: Request): Promise<Response> {
  await meanwhile()
  const { pathname, searchParams } = new URL(request.url)
  const asked = request.method === 'POST' ? new URLSearchParams(await request.text()) : searchParams
  const transaction = asked.get('RelayState') ?? ''
  const inputs = Object.entries(answerTo(transaction, transaction ? {} : { inResponseTo: undefined })).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${value}">`,
  )
  const form = `<form method="post" action="${ours.url}/api/auth/saml${pathname}/acs/">${inputs.join('')}`
  const html = `<!doctype html><title>Provider</title>${form}<button>Sign in</button></form>`
  return new Response(`${html}<script>document.forms[0].submit()</script>`, {
    headers: { 'content-type': 'text/html' },
  })
}

const login = (id: string) => `${ours.url}/api/auth/saml/${id}/login/?next=/deep`

async function sessionIdp(): Promise<string | undefined> {
  const response = await context.request.get(`${ours.url}/api/auth/session`)
  return response.ok() ? ((await response.json()) as { user: { idp: string } }).user.idp : undefined
}

describe('in a real browser, a login by SAML', () => {
  it.each(['acme', 'posting'])('goes through by itself at %s', async (id) => {
    await page.goto(login(id), { waitUntil: 'commit' })
    await page.waitForURL(`${ours.url}/deep`)
    expect(await sessionIdp()).toBe(id)
  })

  it('leaves no page in the history that would post its form again', async () => {
    await page.goto('about:blank')
    await page.goto(login('posting'), { waitUntil: 'commit' })
    await page.waitForURL(`${ours.url}/deep`)
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
  })

  it('goes on without its cookie from the form of another site, by our own page', async () => {
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.headers()['origin'] ?? '')
    })
    meanwhile = async () => {
      // As browsers do that take SameSite=None for Strict.
      const cookies = await context.cookies()
      await context.addCookies(cookies.map((cookie) => ({ ...cookie, sameSite: 'Strict' as const })))
    }
    await page.goto(login('acme'), { waitUntil: 'commit' })
    await page.waitForURL(`${ours.url}/deep`)
    expect(posts).toHaveLength(2)
    expect(await sessionIdp()).toBe('acme')
  })

  it('ends with a reason when its cookie is gone', async () => {
    meanwhile = () => context.clearCookies()
    await page.goto(login('acme'), { waitUntil: 'commit' })
    await page.waitForURL(/\/login\?error=login_expired/)
  })

  it('that began at the portal is asked for, and goes through', async () => {
    await page.goto(`${theirs.url}/portal`, { waitUntil: 'commit' })
    await page.waitForURL(`${ours.url}/`)
    expect(await sessionIdp()).toBe('portal')
  })

  it('replaces the session that was there', async () => {
    await page.goto(login('acme'), { waitUntil: 'commit' })
    await page.waitForURL(`${ours.url}/deep`)
    const before = host.events.length
    await page.goto(login('posting'), { waitUntil: 'commit' })
    await page.waitForURL(`${ours.url}/deep`)
    expect(await sessionIdp()).toBe('posting')
    expect(host.events.slice(before)).toContainEqual(
      expect.objectContaining({ type: 'sessions.ended', by: 'login', connection: 'acme' }),
    )
  })

  it('goes through without scripts, by buttons that everybody can use', async () => {
    await open({ javaScriptEnabled: false })
    await page.goto(login('posting'))
    expect(await page.title()).toBe('Signing in')
    await page.getByRole('heading', { name: 'Signing in' }).waitFor()
    await page.keyboard.press('Tab')
    const button = page.getByRole('button', { name: 'Continue' })
    const look = await button.evaluate((element) => {
      const { backgroundColor, outlineStyle, outlineWidth } = getComputedStyle(element)
      return { backgroundColor, outlineStyle, outlineWidth, height: element.clientHeight }
    })
    expect(look).toMatchObject({
      backgroundColor: 'rgb(11, 90, 82)',
      outlineStyle: 'solid',
      outlineWidth: '3px',
    })
    expect(look.height).toBeGreaterThan(44)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL(`${ours.url}/deep`)
    expect(await sessionIdp()).toBe('posting')
  })

  it('has pages that are accessible', async () => {
    // The form stays where it is: its request is not answered.
    await page.route(`${theirs.url}/**`, (route) => route.abort())
    await page.route(`${ours.url}/**`, async (route) => {
      const response = await route.fetch()
      const headers = { ...response.headers(), 'content-security-policy': '' }
      await route.fulfill({
        response,
        headers,
        body: (await response.text()).replace(/<script>.*<\/script>/, ''),
      })
    })
    await page.setViewportSize({ width: 320, height: 480 })
    await page.goto(login('posting'))
    await expectAccessible(page)
    await expectFits(page)
  })
})
