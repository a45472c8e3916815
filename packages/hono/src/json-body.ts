import { SsoError } from '@doorward/core'

/**
 * Reads a body as a JSON object, whatever it calls itself.
 *
 * @throws SsoError `request_invalid` when it is anything else
 */
export function readJsonObject(body: string): Readonly<Record<string, unknown>> {
  const value = parse(body)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SsoError('request_invalid', 'the body is not a JSON object')
  }
  return value as Readonly<Record<string, unknown>>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
