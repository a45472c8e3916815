import { isJsonObject } from '../encoding/json-object.ts'
import { SsoError, shown } from '../errors/index.ts'
import { bodyOf } from './received.ts'

/** As `Response.json()` decodes: without a byte order mark, and with a sign in place of what is no UTF-8. */
const decoder = new TextDecoder()

/**
 * Reads a JSON object. The content type is not looked at: providers get it wrong, and JSON says what it is.
 *
 * @throws SsoError `provider_response_invalid`
 */
export async function readJsonObject(
  response: Response,
  url: string,
): Promise<Readonly<Record<string, unknown>>> {
  const value = await readJson(response)
  if (!isJsonObject(value)) {
    const contentType = shown(response.headers.get('content-type')?.split(';')[0])
    const { host, pathname: path } = new URL(url)
    const message = 'the identity provider did not answer with a JSON object'
    throw new SsoError('provider_response_invalid', message, { details: { host, path, contentType } })
  }
  return value
}

/** @returns undefined when it is not JSON */
async function readJson(response: Response): Promise<unknown> {
  try {
    const bytes = bodyOf(response)
    return bytes ? JSON.parse(decoder.decode(bytes)) : await response.json()
  } catch {
    return undefined
  }
}
