/**
 * Remembers what was used, so that nothing is used twice: answers to logins, and later assertions, logout messages and
 * one-time codes.
 *
 * **Promises** that of any number of claims of one key, at the same moment and from any number of hosts, at most one
 * gets `true`, for as long as the claim is kept; that keys claimed together are claimed all or none; and that a claim
 * that got `true` survives a restart.
 * **Does not promise** to keep a claim longer than until `expiresAt`: what is claimed must itself expire by then.
 * **When it can not be reached** it rejects, and the login is refused: fail closed.
 */
export interface Ledger {
  /**
   * Claims `keys` for ever, as far as their user can tell.
   *
   * @param scope what the keys belong to. One host decides for the whole of a scope, so keys that are ever claimed
   *   together share one; keys of two scopes never meet
   * @param keys what is used up, in one step: one that was claimed before refuses them all, and claims none
   * @param expiresAt until when the claim must be kept, in milliseconds since the epoch; at most
   *   {@link MAX_CLAIM_LIFETIME} from now
   * @returns true for the first to claim, false for everybody after
   * @throws RangeError when the claim can not be kept as asked; see {@link checkClaim}
   */
  claim(scope: string, keys: ClaimKeys, expiresAt: number): Promise<boolean>
}

/** At least one. */
export type ClaimKeys = readonly [string, ...string[]]

/** The longest that anything is remembered, in milliseconds: what claims take up stays bounded. */
export const MAX_CLAIM_LIFETIME = 24 * 60 * 60 * 1000

/** More than any protocol claims at once. */
const MAX_KEYS = 8
const MAX_LENGTH = 512

/**
 * For adapters: whether a claim can be kept as promised. Called by each of them before anything is written.
 *
 * @param now the time, in milliseconds since the epoch
 * @throws RangeError when it would have to be kept for longer than {@link MAX_CLAIM_LIFETIME}, has expired already (it
 *   would be forgotten, and won again), or is too large
 */
export function checkClaim(scope: string, keys: ClaimKeys, expiresAt: number, now: number): void {
  if (!(expiresAt > now)) throw new RangeError('the claim has expired already')
  if (expiresAt > now + MAX_CLAIM_LIFETIME) throw new RangeError('the claim would be kept for too long')
  if (keys.length === 0 || keys.length > MAX_KEYS)
    throw new RangeError('too few or too many keys in one claim')
  if ([scope, ...keys].some((text) => text.length > MAX_LENGTH)) throw new RangeError('a key is too long')
}
