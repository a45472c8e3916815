import { findBrowser } from '@doorward/tooling/browser'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** Starts a real browser. */
export async function startChromium(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('there is no browser: run "npx -y pnpm@12.21.0 test", which gets one')
  const quiet = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ]
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...asRoot, '--no-first-run', '--disable-gpu', ...quiet] })
}

/** What a page did that it should not have done. */
export interface Misdeeds {
  /** Requests to anybody but the page's own origin. */
  readonly foreign: string[]
  /** What the console calls an error, apart from answers that are an expected part of the contract. */
  readonly errors: string[]
}

/** A page in a context of its own: no cookies but those that it is given from now on. */
export interface WatchedPage {
  readonly context: BrowserContext
  readonly page: Page
  readonly misdeeds: Misdeeds
}

/** @param allowed the origins that the page may call or be sent to */
export async function openPage(browser: Browser, allowed: readonly string[]): Promise<WatchedPage> {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return { context, page, misdeeds: watchPage(page, allowed) }
}

/** Lets requests to `url` through only when the returned function is called. */
export async function hold(page: Page, url: string): Promise<() => void> {
  const held = Promise.withResolvers<void>()
  await page.route(url, async (route) => {
    await held.promise
    await route.continue().catch(() => undefined)
  })
  return held.resolve
}

/** Watches a page from now on. @param allowed other origins that it is sent to on purpose */
function watchPage(page: Page, allowed: readonly string[]): Misdeeds {
  const misdeeds: Misdeeds = { foreign: [], errors: [] }
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol !== 'data:' && !allowed.includes(origin)) misdeeds.foreign.push(request.url())
  })
  page.on('console', (message) => {
    // Chromium reports every answer from 400 on, such as the 401 that says "nobody is signed in".
    const expected = message
      .text()
      .startsWith('Failed to load resource: the server responded with a status of 4')
    if (message.type() === 'error' && !expected) misdeeds.errors.push(message.text())
  })
  page.on('pageerror', (error) => misdeeds.errors.push(String(error)))
  return misdeeds
}
