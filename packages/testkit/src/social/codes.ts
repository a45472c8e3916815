import { createBoundedMap } from '../oidc/bounded-map.ts'
import { randomToken, sha256Base64url } from '../oidc/encoding.ts'

/** What a code was issued for. */
interface Issued<Grant> {
  readonly grant: Grant
  readonly clientId: string
  readonly redirectUri: string
  readonly challenge: string | null
}

/** Codes that are good once, for one application and one address. */
export interface Codes<Grant> {
  /** @param parameters of the authorization request */
  issue(grant: Grant, parameters: URLSearchParams): string
  /**
   * @param parameters of the token request
   * @returns what it was issued for, or what does not fit
   */
  redeem(clientId: string, parameters: URLSearchParams): Promise<{ grant: Grant } | Unfit>
}

/** The code itself, its address, or PKCE's verifier (RFC 7636 section 4.6). */
type Unfit = 'code' | 'redirect_uri' | 'code_verifier'

/** More than any test has under way. */
const limit = 1000

/** Keeps codes in memory. */
export function createCodes<Grant>(): Codes<Grant> {
  const issued = createBoundedMap<Issued<Grant>>(limit)
  return {
    issue(grant, parameters) {
      const code = randomToken(20)
      issued.set(code, {
        grant,
        clientId: parameters.get('client_id') ?? '',
        redirectUri: parameters.get('redirect_uri') ?? '',
        challenge: parameters.get('code_challenge'),
      })
      return code
    },
    async redeem(clientId, parameters) {
      const code = parameters.get('code') ?? ''
      const found = issued.get(code)
      issued.delete(code)
      if (found === undefined || found.clientId !== clientId) return 'code'
      if (parameters.get('redirect_uri') !== found.redirectUri) return 'redirect_uri'
      const verifier = parameters.get('code_verifier')
      const made = verifier === null ? null : await sha256Base64url(verifier)
      return made === found.challenge ? { grant: found.grant } : 'code_verifier'
    },
  }
}
