import type { Provider } from './input.ts'

/** What stands for the network. */
type Fetch = (url: string) => Promise<Response>

const headers = { 'content-type': 'application/json' }

/**
 * A provider within the process: its token endpoint, and what it publishes for those who have not got it yet.
 *
 * @param tokenResponse what the token endpoint answers now
 */
export function createTokenEndpoint({ metadata, keySet }: Provider, tokenResponse: () => string): Fetch {
  const published = new Map<string, string>([
    [`${metadata.issuer}/.well-known/openid-configuration`, JSON.stringify(metadata)],
    [metadata.jwks_uri, JSON.stringify(keySet)],
  ])
  return async (url) => {
    const body = url === metadata.token_endpoint ? tokenResponse() : published.get(url)
    return body === undefined ? new Response(null, { status: 404 }) : new Response(body, { headers })
  }
}
