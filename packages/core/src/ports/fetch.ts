/**
 * Calls another server. The host's `fetch` serves; a test may answer itself. Must not follow redirects when
 * `redirect` is `manual`, and must stop when `signal` fires.
 */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>
