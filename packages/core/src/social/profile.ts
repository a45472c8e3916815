import type { BackChannel } from '../back-channel/back-channel.ts'
import { isJsonObject, type JsonObject } from '../encoding/json-object.ts'
import { SsoError } from '../errors/index.ts'

/** Where something about a person is, and what goes with the question. */
export interface ProfileRequest {
  readonly url: string
  readonly accessToken: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What came back. */
export interface ProfileAnswer {
  readonly status: number
  /** Undefined when it is no JSON. */
  readonly body: unknown
}

/** Asks a provider's API something about the person whose access token this is. @throws SsoError one of the provider codes */
export async function askProfile(
  { url, accessToken, headers = {} }: ProfileRequest,
  backChannel: BackChannel,
): Promise<ProfileAnswer> {
  const response = await backChannel.fetch(url, {
    method: 'GET',
    headers: { accept: 'application/json', ...headers, authorization: `Bearer ${accessToken}` },
  })
  const body: unknown = await response.json().catch(() => undefined)
  return { status: response.status, body }
}

/** @throws SsoError `provider_response_invalid` unless it is a JSON object that came with status 200 */
export function objectOf({ status, body }: ProfileAnswer, { url }: ProfileRequest): JsonObject {
  if (status !== 200 || !isJsonObject(body)) throw unusable(status, url)
  return body
}

/** Why an API's answer is of no use. */
export function unusable(status: number, url: string): SsoError {
  const { host, pathname: path } = new URL(url)
  const message = 'the API of the provider did not answer as it is documented'
  return new SsoError('provider_response_invalid', message, { details: { host, path, status } })
}
