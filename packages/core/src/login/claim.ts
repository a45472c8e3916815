import { SsoError } from '../errors/index.ts'
import type { ClaimKeys, Ledger } from '../ports/ledger.ts'
import { type LoginTransaction, TRANSACTION_LIFETIME } from './transaction.ts'
import { useOnce } from './use-once.ts'

declare const brand: unique symbol

/** Proof that a login was claimed: that it is the first and only one to go on. Only {@link claimLogin} makes one. */
export interface ClaimedLogin {
  readonly [brand]: 'ClaimedLogin'
}

/** What is used up with a login. */
interface Claim {
  /** What `keys` belong to. */
  readonly scope: string
  readonly keys: ClaimKeys
  /** The time, in milliseconds since the epoch. */
  readonly now: number
  readonly ledger: Ledger
}

/**
 * Uses up a login and whatever belongs to it, all together or not at all. Is remembered for as long as the transaction
 * lives: past that it is refused for its age, and an answer without its transaction is none.
 *
 * @throws SsoError `transaction_replayed` when any of it was used before, `ledger_unavailable`
 */
export async function claimLogin(transaction: LoginTransaction, claim: Claim): Promise<ClaimedLogin> {
  const { scope, keys, now, ledger } = claim
  const expiresAt = transaction.createdAt + TRANSACTION_LIFETIME
  if (!(await useOnce({ scope, keys, expiresAt }, now, ledger))) {
    throw new SsoError('transaction_replayed', 'the answer was already used')
  }
  return {} as ClaimedLogin
}
