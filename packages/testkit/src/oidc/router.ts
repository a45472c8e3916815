import type { EndpointUrls } from './endpoints/discovery.ts'

/** Where a request goes. */
export interface Route {
  readonly target: Exclude<keyof EndpointUrls, 'elsewhere'>
  /** The request came to the second address of the endpoint, where redirecting personalities lead. */
  readonly elsewhere: boolean
}

/**
 * Makes the table of a provider's addresses. Hosts do not count, so that the handler works behind any name.
 */
export function createRouter({ elsewhere, ...urls }: EndpointUrls): (url: URL) => Route | undefined {
  const routes = new Map<string, Route>()
  for (const [name, url] of Object.entries(urls)) {
    const target = name as Route['target']
    routes.set(new URL(url).pathname, { target, elsewhere: false })
    routes.set(new URL(`${elsewhere}/${target}`).pathname, { target, elsewhere: true })
  }
  return (url) => routes.get(url.pathname)
}
