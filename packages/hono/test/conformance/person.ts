import type { LogoutAnswer, SessionAnswer } from '../../src/contract.ts'
import { createBrowser, type Send } from '../browser.ts'
import { formOn } from '../saml/host.ts'
import { location } from '../suite/driver.ts'
import type { Arrival, Person } from './module.ts'
import { ORIGIN, urlOf } from './registration.ts'

/** More pages than any provider has on the way through it. */
const MAX_PAGES = 10

/** What persons are made with. */
interface Surroundings {
  readonly send: Send
  /** Fails unless the person is signed in by this answer. */
  readonly expectSignedIn: (person: Person, answer: Response) => Promise<void>
}

/** @param cookies those of the provider */
export function createPerson(surroundings: Surroundings, cookies: Map<string, string> = new Map()): Person {
  const { send, expectSignedIn } = surroundings
  const browser = createBrowser(ORIGIN, send)

  const leave = (start: string) => browser.navigate(start, { 'sec-fetch-site': 'same-origin' })

  const person: Person = {
    browser,
    elsewhere: () => createPerson(surroundings, cookies),

    async visit(start = urlOf('login/')) {
      const begun = await leave(start)
      if (!isElsewhere(begun)) throw new Error(`nobody is sent to the provider, but to ${location(begun)}`)
      return passThrough({ url: location(begun) }, cookies)
    },

    bring: ({ url, fields }) =>
      fields ? browser.post(url, fields) : browser.navigate(url, { 'sec-fetch-site': 'cross-site' }),

    async logIn() {
      const begun = await leave(urlOf('login/'))
      return isElsewhere(begun) ? person.bring(await passThrough({ url: location(begun) }, cookies)) : begun
    },

    signIn: async () => expectSignedIn(person, await person.logIn()),

    async session() {
      const response = await browser.call('/api/auth/session')
      return response.status === 200 ? ((await response.json()) as SessionAnswer) : undefined
    },

    async signOut() {
      const response = await browser.call('/api/auth/logout', { method: 'POST', body: '{}' })
      return person.visit(((await response.json()) as LogoutAnswer).url)
    },
  }
  return person
}

function isElsewhere(answer: Response): boolean {
  return new URL(location(answer) || '/', ORIGIN).origin !== ORIGIN
}

/** Follows and posts at the provider, as its pages say, until one leads back to Doorward. */
async function passThrough(start: Arrival, cookies: Map<string, string>): Promise<Arrival> {
  let next = start
  for (let page = 0; page < MAX_PAGES; page++) {
    const shown = await open(next, cookies)
    next = await read(shown, next.url)
    if (new URL(next.url).origin === ORIGIN) return next
  }
  throw new Error('there is no way through the provider')
}

async function open({ url, fields }: Arrival, cookies: Map<string, string>): Promise<Response> {
  const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  const form = fields && { method: 'POST', body: new URLSearchParams(fields) }
  const response = await fetch(url, { headers, redirect: 'manual', ...form })
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
  return response
}

/** Where an answer leads. */
async function read(answer: Response, url: string): Promise<Arrival> {
  const text = await answer.text()
  if (location(answer) !== '') return { url: new URL(location(answer), url).href }
  const { action, fields } = formOn(text)
  if (action === '') throw new Error(`the provider shows a page that leads nowhere: ${text.slice(0, 500)}`)
  return { url: new URL(action, url).href, fields }
}
