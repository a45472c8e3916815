/** Answers requests as a server would. */
export type Send = (request: Request) => Promise<Response>

/** The part of a browser that a login needs: it keeps cookies, says where a request comes from, and stays put. */
export interface Browser {
  /** By name; what a test wants to take away or to bring back, it takes away or brings back here. */
  readonly cookies: Map<string, string>
  /** Goes to an address as a person would, without following a redirect. */
  navigate(url: string, headers?: Record<string, string>): Promise<Response>
  /** Calls as our own page would. */
  call(path: string, init?: RequestInit): Promise<Response>
}

/**
 * @param origin whose cookies are kept; other servers get and set none
 * @param send how requests to `origin` are sent
 */
export function createBrowser(origin: string, send: Send): Browser {
  const cookies = new Map<string, string>()

  async function sendWithCookies(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (cookies.size > 0) {
      headers.set('cookie', Array.from(cookies, ([name, value]) => `${name}=${value}`).join('; '))
    }
    const response = await send(new Request(url, { ...init, headers, redirect: 'manual' }))
    for (const cookie of response.headers.getSetCookie()) keep(cookies, cookie)
    return response
  }

  return {
    cookies,
    navigate(url, headers = {}) {
      const target = new URL(url, origin)
      const navigation = { accept: 'text/html', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
      if (target.origin !== origin) return fetch(target, { redirect: 'manual' })
      return sendWithCookies(target.href, {
        headers: { ...navigation, 'sec-fetch-site': 'none', ...headers },
      })
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

function keep(cookies: Map<string, string>, setCookie: string): void {
  const [pair = '', ...attributes] = setCookie.split('; ')
  const at = pair.indexOf('=')
  const name = pair.slice(0, at)
  // As browsers do: a cookie with this prefix that does not fit it is not kept at all.
  const whole = ['Secure', 'Path=/'].every((attribute) => attributes.includes(attribute))
  if (name.startsWith('__Host-') && !whole) return
  if (attributes.includes('Max-Age=0')) cookies.delete(name)
  else cookies.set(name, pair.slice(at + 1))
}
