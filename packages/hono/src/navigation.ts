/** Whether a browser is about to show the answer to a person. */
export function isNavigation({ headers }: Request): boolean {
  const mode = headers.get('sec-fetch-mode')
  return mode === null ? (headers.get('accept') ?? '').includes('text/html') : mode === 'navigate'
}

/**
 * Whether a person of ours goes here from a page of ours, in the browser's own words
 * ([Fetch Metadata](https://www.w3.org/TR/fetch-metadata/)): not an image, not a frame, and not the browser alone,
 * which fetches pages before anybody has asked for them ([`Sec-Purpose`](https://fetch.spec.whatwg.org/#sec-purpose-header)).
 */
export function isOwnNavigation({ method, headers }: Request): boolean {
  return (
    method === 'GET' &&
    headers.get('sec-fetch-site') === 'same-origin' &&
    headers.get('sec-fetch-mode') === 'navigate' &&
    headers.get('sec-fetch-dest') === 'document' &&
    !['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => headers.has(name))
  )
}

/**
 * Whether the session's cookie has come if there is one: it says `SameSite=Lax`, so browsers keep it from what another site
 * posts, and shows in a frame ([RFC 6265bis, section 5.6.7](https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis)).
 */
export function tellsOfSession({ method, headers }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'cross-site') return true
  const dest = headers.get('sec-fetch-dest')
  // Old browsers do not say: what is posted may come from anywhere then.
  return method === 'GET' && (dest === null || dest === 'document')
}
