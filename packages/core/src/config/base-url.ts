declare const brand: unique symbol

/** An origin that was checked to be fit for logins: `https:`, or `http:` on loopback. Without a final slash. */
export type BaseUrl = string & { readonly [brand]: 'BaseUrl' }

/** @returns whether `hostname`, as the URL class writes it, is this machine alone */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** @returns whether a host is a single word, and not this machine: a name that only its own network can know */
export function isOneLabel({ hostname }: URL): boolean {
  return !/[.:]/.test(hostname) && hostname !== 'localhost'
}

/**
 * Checks the address under which people reach this installation.
 *
 * @param text such as `https://sso.example.com`; a final slash is allowed, a path is not
 * @returns the origin, or why it will not do: lower case, no final stop
 */
export function parseBaseUrl(text: string): { baseUrl: BaseUrl } | { problem: string } {
  const url = URL.parse(text)
  if (!url) return { problem: 'it is not a URL such as https://sso.example.com' }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return { problem: 'it must begin with https:// (http:// is for localhost alone)' }
  }
  if (url.username || url.password) return { problem: 'it must not hold a user name or a password' }
  if (url.pathname !== '/' || url.search || url.hash) {
    return { problem: 'it must be an origin: scheme, host and port, without a path' }
  }
  return { baseUrl: url.origin as BaseUrl }
}

/**
 * Whether a server of an identity provider may be called: `https:`, or `http:` on loopback when we run on loopback
 * ourselves, for trying things out on one machine.
 */
export function mayCall(url: URL, baseUrl: BaseUrl): boolean {
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && isLoopback(url.hostname) && isLoopback(new URL(baseUrl).hostname)
}
