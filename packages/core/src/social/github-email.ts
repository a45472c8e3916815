import { isJsonObject } from '../encoding/json-object.ts'
import type { ErrorDetails } from '../errors/index.ts'
import { readText } from '../login/facts.ts'
import type { GitHubApi } from './github-api.ts'

/** The address of somebody at GitHub, and what was said about it. */
export interface GitHubEmail {
  readonly address: string | undefined
  readonly isVerified: boolean | undefined
  /** Why there is none. */
  readonly hints?: ErrorDetails
}

const PATH = '/user/emails'

/**
 * Asks for the primary address
 * ([addresses](https://docs.github.com/rest/users/emails#list-email-addresses-for-the-authenticated-user)). What
 * `/user` has as `email` is not looked at: it is what a person shows to others, empty for most.
 *
 * @throws SsoError `provider_response_invalid`, or one of the provider codes
 */
export async function readEmail(api: GitHubApi): Promise<GitHubEmail> {
  const { status, body } = await api.ask(PATH)
  // A GitHub App may not ask without the permission "Email addresses".
  if (status === 403 || status === 404) return none({ path: PATH, status })
  if (status !== 200 || !Array.isArray(body)) throw api.unusable(PATH, status)
  const primary = body.filter(isJsonObject).find((one) => one['primary'] === true)
  const address = readText(primary?.['email'])
  return address === undefined
    ? none({ path: PATH, addresses: body.length })
    : { address, isVerified: primary?.['verified'] === true }
}

function none(hints: ErrorDetails): GitHubEmail {
  return { address: undefined, isVerified: undefined, hints }
}
