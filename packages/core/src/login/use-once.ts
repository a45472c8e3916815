import { sha256 } from '../encoding/digest.ts'
import { SsoError } from '../errors/index.ts'
import { type ClaimKeys, type Ledger, MAX_CLAIM_LIFETIME } from '../ports/ledger.ts'

/** Something that counts once. */
export interface SingleUse {
  /** What the keys belong to; keys that are ever used up together share one. */
  readonly scope: string
  /** What is used up, all together or not at all; of any length, as providers make their ids. */
  readonly keys: ClaimKeys
  /** When it expires by itself, in milliseconds since the epoch. */
  readonly expiresAt: number
}

/** For how much longer a claim is kept than what it claims is good for, in milliseconds: hosts' clocks differ. */
const MARGIN = 60_000

/**
 * Uses something up. The one way to the ledger for whoever must not accept a thing twice. What it is called stands in the
 * ledger as a hash: of one length, and readable for nobody.
 *
 * @param now the time, in milliseconds since the epoch
 * @returns whether this was the first time
 * @throws SsoError `lifetime_too_long` for what is good for more than a day less a minute: it could not be remembered
 *   for that long; `ledger_unavailable` when it can not be told whether it was used before
 */
export async function useOnce(
  { scope, keys, expiresAt }: SingleUse,
  now: number,
  ledger: Ledger,
): Promise<boolean> {
  // Asked this way round, it refuses what is no number too.
  if (!(expiresAt + MARGIN <= now + MAX_CLAIM_LIFETIME)) {
    const details = { lifetimeSeconds: Math.round((expiresAt - now) / 1000) }
    throw new SsoError('lifetime_too_long', 'what may be used once is good for more than a day', { details })
  }
  const [first, ...others] = keys
  const names: ClaimKeys = [await sha256(first), ...(await Promise.all(others.map(sha256)))]
  try {
    return await ledger.claim(scope, names, expiresAt + MARGIN)
  } catch (cause) {
    throw new SsoError('ledger_unavailable', 'the ledger of what was used can not be reached', { cause })
  }
}
