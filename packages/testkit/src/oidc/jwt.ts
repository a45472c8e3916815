import { base64url, CompactSign } from 'jose'
import { utf8 } from './encoding.ts'
import type { SigningKey } from './keys.ts'
import type { JsonObject } from './respond.ts'

/**
 * Signs as an honest provider does: the algorithm is the key's. RFC 7515 section 5.1.
 *
 * @param extensions - header members to mark as critical, which are added with the value true. RFC 7515
 * section 4.1.11.
 */
export async function signJwt(
  header: JsonObject,
  claims: JsonObject,
  key: SigningKey,
  extensions: readonly string[] = [],
): Promise<string> {
  const critical = Object.fromEntries(extensions.map((name) => [name, true]))
  const crit = extensions.length === 0 ? {} : { ...critical, crit: [...extensions] }
  return new CompactSign(utf8(JSON.stringify(claims)))
    .setProtectedHeader({ ...header, ...crit, alg: key.alg })
    .sign(key.privateKey, { crit: critical })
}

/** Everything before the last dot. RFC 7515 section 2, "JWS Signing Input". */
function signingInput(header: JsonObject, claims: JsonObject): string {
  return `${base64url.encode(JSON.stringify(header))}.${base64url.encode(JSON.stringify(claims))}`
}

/** An unsecured JWT, made by hand because honest libraries refuse to. RFC 7519 section 6. */
export function unsecuredJwt(header: JsonObject, claims: JsonObject): string {
  return `${signingInput(header, claims)}.`
}

/** A JWT under HMAC with whatever bytes the forger takes for the secret. RFC 7518 section 3.2. */
export async function hmacJwt(
  header: JsonObject,
  claims: JsonObject,
  secret: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const input = signingInput(header, claims)
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return `${input}.${base64url.encode(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(input))))}`
}
