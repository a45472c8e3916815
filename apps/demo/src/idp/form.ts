import type { IncomingMessage } from 'node:http'

/** The longest body that is read, in characters: a signed message of SAML is a few thousand. */
const LIMIT = 64 * 1024

/** Reads what a form posts; what is too long is cut off. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > LIMIT) break
  }
  return new URLSearchParams(text)
}
