/** A JSON object on its way to the wire, right or wrong. */
export type JsonObject = Record<string, unknown>

/** JSON, by default not to be stored, as RFC 6749 section 5.1 demands of anything with tokens in it. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
  })
}

/** An error as RFC 6749 section 5.2 writes it. */
export function oauthError(
  error: string,
  error_description: string,
  status = 400,
  headers: Record<string, string> = {},
): Response {
  return json({ error, error_description }, status, headers)
}

/** Sends the browser on. */
export function redirect(location: string, status: 302 | 307 = 302): Response {
  return new Response(null, { status, headers: { location, 'cache-control': 'no-store' } })
}

/** The endpoint is there, the method is not. RFC 9110 section 15.5.6. */
export function methodNotAllowed(allow: string): Response {
  return json({ error: 'invalid_request', error_description: `use ${allow}` }, 405, { allow })
}
