/** What a form has in it. */
type Fields = Readonly<Record<string, string>> | URLSearchParams

/** Answers requests as a server would. */
export type Send = (request: Request) => Promise<Response>

/** The part of a browser that a login needs: it keeps cookies, says where a request comes from, and stays put. */
export interface Browser {
  /** By name; what a test wants to take away or to bring back, it takes away or brings back here. */
  readonly cookies: Map<string, string>
  /** Goes to an address as a person would, without following a redirect. */
  navigate(url: string, headers?: Record<string, string>): Promise<Response>
  /** Which of them come with a form that a page of another site posts, or in a frame of it: those that say `SameSite=None`. */
  readonly sentAcrossSites: Set<string>
  /** Posts a form, from a page of another site where nothing else is said, without following a redirect. */
  post(
    url: string,
    fields: Fields,
    from?: 'cross-site' | 'same-origin',
    init?: RequestInit,
  ): Promise<Response>
  /** Calls as our own page would. */
  call(path: string, init?: RequestInit): Promise<Response>
}

/**
 * @param origin whose cookies are kept; other servers get and set none
 * @param send how requests to `origin` are sent
 */
export function createBrowser(origin: string, send: Send): Browser {
  const cookies = new Map<string, string>()

  const sentAcrossSites = new Set<string>()

  async function sendWithCookies(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    const isShown = headers.get('sec-fetch-dest') === 'document'
    const isForeign = headers.get('sec-fetch-site') === 'cross-site' && (init.method === 'POST' || !isShown)
    const sent = [...cookies].filter(([name]) => !isForeign || sentAcrossSites.has(name))
    if (sent.length > 0) headers.set('cookie', sent.map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await send(new Request(url, { ...init, headers, redirect: 'manual' }))
    for (const cookie of response.headers.getSetCookie()) keep(cookies, sentAcrossSites, cookie)
    return response
  }

  return {
    cookies,
    sentAcrossSites,
    navigate(url, headers = {}) {
      const target = new URL(url, origin)
      if (target.origin !== origin) return fetch(target, { redirect: 'manual' })
      return sendWithCookies(target.href, {
        headers: { ...navigation, 'sec-fetch-site': 'none', ...headers },
      })
    },
    post(url, fields, from = 'cross-site', init = {}) {
      const headers = {
        ...navigation,
        'sec-fetch-site': from,
        'content-type': 'application/x-www-form-urlencoded',
      }
      const merged = { ...headers, ...(init.headers as Record<string, string> | undefined) }
      const body = new URLSearchParams(fields as URLSearchParams).toString()
      return sendWithCookies(new URL(url, origin).href, { method: 'POST', body, ...init, headers: merged })
    },
    call(path, init = {}) {
      const headers = {
        accept: 'application/json',
        'sec-fetch-site': 'same-origin',
        'sec-fetch-mode': 'cors',
      }
      const merged = { ...headers, ...(init.headers as Record<string, string> | undefined) }
      return sendWithCookies(new URL(path, origin).href, { ...init, headers: merged })
    },
  }
}

/** As a browser says that a person goes somewhere. */
const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

function keep(cookies: Map<string, string>, sentAcrossSites: Set<string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split('; ')
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  // As browsers do: a cookie with this prefix that does not fit it is not kept at all.
  const whole = ['Secure', 'Path=/'].every((attribute) => attributes.includes(attribute))
  if (name.startsWith('__Host-') && !whole) return
  if (attributes.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, pair.slice(at + 1))
  if (attributes.includes('SameSite=None')) sentAcrossSites.add(name)
  else sentAcrossSites.delete(name)
}
