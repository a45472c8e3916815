import { SsoError } from '@doorward/core'
import type { Context } from 'hono'

/** More than any form that is for us has. A million of them fit into a body, and would take the memory of an isolate. */
const MAX_FIELDS = 32

/**
 * Reads a body as what a form sends.
 *
 * @throws SsoError `request_invalid` when it does not call itself `application/x-www-form-urlencoded`, is not UTF-8, or
 *   has too many fields
 */
export async function readForm(c: Context): Promise<URLSearchParams> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw new SsoError('request_invalid', 'the body is not application/x-www-form-urlencoded')
  }
  const body = decode(await c.req.arrayBuffer())
  let fields = 1
  for (let at = body.indexOf('&'); at !== -1; at = body.indexOf('&', at + 1)) {
    if (++fields > MAX_FIELDS) throw new SsoError('request_invalid', 'the form has too many fields')
  }
  return new URLSearchParams(body)
}

/** Not `text()`: workerd warns of that for every form. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SsoError('request_invalid', 'the form is not UTF-8')
  }
}
