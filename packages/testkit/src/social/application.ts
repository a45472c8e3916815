/** How an application is known to a provider. */
export interface Application {
  readonly client_id: string
  readonly client_secret: string
  /** Compared character by character. */
  readonly redirect_uris: readonly string[]
}

/** One request to a provider, as it arrived on the wire. */
export interface SocialRequest {
  readonly endpoint: string
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** Query parameters of a GET, form parameters of a POST. */
  readonly parameters: URLSearchParams
}

/** Writes down a request. Consumes its body. */
export async function recordRequest(request: Request, endpoint: string): Promise<SocialRequest> {
  const url = new URL(request.url)
  const parameters = request.method === 'POST' ? new URLSearchParams(await request.text()) : url.searchParams
  return { endpoint, method: request.method, url, headers: new Headers(request.headers), parameters }
}

/** What stands in an `Authorization: Bearer` header. */
export function bearerOf(headers: Headers): string | undefined {
  return /^Bearer ([!-~]+)$/.exec(headers.get('authorization') ?? '')?.[1]
}
