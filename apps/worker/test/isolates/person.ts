import { createBrowser } from '@doorward/hono/testing'
import type { Isolate } from './isolates.ts'
import { CONNECTION, ORIGIN } from './names.ts'
import { hintOf, type Visit } from './provider.ts'

const SESSION_COOKIE = '__Host-doorward-session'

/** Somebody with a browser, whose requests come out at one isolate or another. */
export interface Person {
  /** What the session's cookie holds; empty without one. */
  token(): string
  setToken(token: string): void
  /** Begins a login. @returns where the identity provider sends the browser back to */
  begin(at: Isolate, visit: Visit): Promise<string>
  /** Brings an identity provider's answer. @returns how that ended: `signed in`, or the code of the refusal */
  complete(at: Isolate, callback: string): Promise<string>
  /** Both halves of a login in one place. */
  logIn(at: Isolate, visit: Visit): Promise<string>
  /** @returns the status of `/api/auth/session` */
  session(at: Isolate): Promise<number>
  signOut(at: Isolate): Promise<void>
  /** Somebody else who has got hold of all the cookies. */
  copy(): Person
}

/** @param stolen the cookies to begin with */
export function createPerson(stolen: Iterable<readonly [string, string]> = []): Person {
  let at: Isolate | undefined
  const browser = createBrowser(ORIGIN, async (request) => {
    if (!at) throw new Error('nobody said where to')
    return at.send(request)
  })
  for (const [name, value] of stolen) browser.cookies.set(name, value)

  const person: Person = {
    token: () => browser.cookies.get(SESSION_COOKIE) ?? '',
    setToken: (token) => void browser.cookies.set(SESSION_COOKIE, token),

    async begin(isolate, visit) {
      at = isolate
      const query = new URLSearchParams({ login_hint: hintOf(visit) })
      const started = await browser.navigate(`/api/auth/oidc/${CONNECTION}/login/?${query}`)
      if (started.status !== 302) throw new Error(`the login did not begin: ${outcomeOf(started)}`)
      return locationOf(await browser.navigate(locationOf(started)))
    },

    async complete(isolate, callback) {
      at = isolate
      return outcomeOf(await browser.navigate(callback))
    },

    logIn: async (isolate, visit) => person.complete(isolate, await person.begin(isolate, visit)),

    async session(isolate) {
      at = isolate
      return (await browser.call('/api/auth/session')).status
    },

    async signOut(isolate) {
      at = isolate
      const { status } = await browser.call('/api/auth/logout', { method: 'POST' })
      if (status !== 200) throw new Error(`nobody was signed out: ${status}`)
    },

    copy: () => createPerson(browser.cookies),
  }
  return person
}

function locationOf(response: Response): string {
  return response.headers.get('location') ?? ''
}

/** How a navigation ended, in the words of the contract. */
function outcomeOf(response: Response): string {
  if (response.status !== 303) return `status ${response.status}`
  const page = new URL(locationOf(response), ORIGIN)
  return page.pathname === '/' ? 'signed in' : (page.searchParams.get('error') ?? page.href)
}
