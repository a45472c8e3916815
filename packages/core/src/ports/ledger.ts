/**
 * Remembers what was used, so that nothing is used twice: logins, and later assertions and one-time codes.
 *
 * **Promises** that of any number of claims of one key, at the same moment and from any number of hosts, at most one
 * gets `true`, for as long as the claim is kept; and that a claim that got `true` survives a restart.
 * **Does not promise** to keep a claim longer than until `expiresAt`: what is claimed must itself expire by then.
 * **When it can not be reached** it rejects, and the login is refused: fail closed.
 */
export interface Ledger {
  /**
   * Claims `key` for ever, as far as its user can tell.
   *
   * @param key what is used up; at most 512 characters
   * @param expiresAt until when the claim must be kept, in milliseconds since the epoch
   * @returns true for the first to claim `key`, false for everybody after
   */
  claim(key: string, expiresAt: number): Promise<boolean>
}
