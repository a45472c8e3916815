import type { PersonalityName } from '@doorward/testkit'
import { expect } from 'vitest'
import type { PublicErrorCode, SessionAnswer } from '../../src/contract.ts'
import { type Browser, createBrowser, type Send } from '../browser.ts'
import { hint, type users } from '../providers.ts'

/** A running Doorward with the suite's configuration. */
export interface Host {
  readonly origin: string
  readonly send: Send
  /** How many token requests the provider behind `acme` has seen. */
  tokenRequests(): Promise<number>
}

/** A login as a test wants it; a good one at `acme` where nothing else is said. */
interface Login {
  readonly connection?: string
  readonly personality?: PersonalityName
  readonly user?: keyof typeof users
  readonly next?: string
  /** What the provider calls its session; a new name where nothing is said. */
  readonly sid?: string
}

/** What tests do with a host. */
export interface Driver {
  readonly host: () => Host
  /** A browser without cookies. */
  open(): Browser
  /** Begins a login. @returns where the identity provider sends the browser back to */
  begin(browser: Browser, login?: Login): Promise<string>
  /** Begins a login and brings the answer back. @returns what the callback says */
  logIn(browser: Browser, login?: Login): Promise<Response>
  /** Who is signed in. */
  session(browser: Browser): Promise<SessionAnswer | undefined>
  /** Asks as the page does where to log in. */
  loginUrl(browser: Browser, body: { email: string; next?: string }): Promise<Response>
  /** Fails unless the browser is sent to the page with this code, and nobody is signed in. */
  expectRefused(browser: Browser, response: Response, code: PublicErrorCode): Promise<void>
}

/** @param host gives the running host; called in each test */
export function createDriver(host: () => Host): Driver {
  const driver: Driver = {
    host,
    open: () => createBrowser(host().origin, host().send),

    async begin(browser, { connection = 'acme', personality = 'good', user = 'member', next, sid } = {}) {
      const login_hint = hint(personality, user, sid)
      const query = new URLSearchParams({ login_hint, ...(next ? { next } : {}) })
      const started = await browser.navigate(`/api/auth/oidc/${connection}/login/?${query}`)
      expect(started.status).toBe(302)
      return location(await browser.navigate(location(started)))
    },

    logIn: async (browser, login) => browser.navigate(await driver.begin(browser, login)),

    async session(browser) {
      const response = await browser.call('/api/auth/session')
      expect([200, 401]).toContain(response.status)
      return response.status === 200 ? ((await response.json()) as SessionAnswer) : undefined
    },

    loginUrl: (browser, body) =>
      browser.call('/api/auth/sso/login-url/', { method: 'POST', body: JSON.stringify(body) }),

    async expectRefused(browser, response, code) {
      expect(response.status).toBe(303)
      const page = new URL(location(response), host().origin)
      expect(page.pathname).toBe('/login')
      expect(page.searchParams.get('error')).toBe(code)
      expect(page.searchParams.get('request_id')).toBe(response.headers.get('x-request-id'))
      expect(await driver.session(browser)).toBeUndefined()
    },
  }
  return driver
}

/** Where an answer leads; empty when it leads nowhere. */
export function location(response: Response): string {
  return response.headers.get('location') ?? ''
}
