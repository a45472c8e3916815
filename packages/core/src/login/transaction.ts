import { randomId } from '../encoding/random.ts'
import type { Sealer } from '../encoding/seal.ts'
import { SsoError } from '../errors/index.ts'
import type { SessionKey } from '../ports/session-store.ts'
import type { ProtocolState } from './protocol.ts'
import type { ReturnTo } from './return-to.ts'

/** How long a person may take at the identity provider, in milliseconds. */
export const TRANSACTION_LIFETIME = 10 * 60 * 1000

/**
 * A login that was begun and not yet completed. It lives in a cookie of the browser that began it, sealed, and
 * nowhere else: nothing is written until somebody is signed in.
 */
export interface LoginTransaction {
  /** 128 random bits. Travels in the clear as `state`; says which cookie belongs to an answer. */
  readonly id: string
  readonly connection: string
  /** Of the connection's configuration at that time. */
  readonly fingerprint: string
  readonly baseUrl: string
  /** Where the answer was asked to come, if not at the connection's own address: a code is good for one address alone. */
  readonly answerUrl?: string | undefined
  readonly returnTo: ReturnTo
  /** Whether the person was to sign in anew. */
  readonly forceLogin: boolean
  /** The session that the browser had: the cookie that stands for it does not come with an answer that another site posts. */
  readonly replaces?: SessionKey | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly state: ProtocolState
}

/** @returns an id for a new transaction */
export function newTransactionId(): string {
  return randomId(16)
}

/** @returns whether `text` can be the id of a transaction; anything else came from somewhere else */
export function isTransactionId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text)
}

/** Seals a transaction, under a key of its own. */
export function sealTransaction(transaction: LoginTransaction, sealer: Sealer): Promise<string> {
  const { id, ...rest } = transaction
  return sealer.seal('login-transaction', id, JSON.stringify(rest))
}

/**
 * Opens the transaction that an answer claims to belong to.
 *
 * @param id from the answer
 * @param sealed the value of the cookie that this browser keeps for `id`, if it has one
 * @param now the time, in milliseconds since the epoch
 * @throws SsoError `transaction_missing`, `transaction_unreadable` or `transaction_expired`
 */
export async function openTransaction(
  id: string,
  sealed: string | undefined,
  now: number,
  sealer: Sealer,
): Promise<LoginTransaction> {
  if (sealed === undefined) {
    throw new SsoError('transaction_missing', 'this browser has no cookie for the state of the answer')
  }
  const text = await sealer.open('login-transaction', id, sealed)
  if (text === undefined) {
    throw new SsoError('transaction_unreadable', 'the cookie of this login can not be opened')
  }
  const transaction: LoginTransaction = { id, ...(JSON.parse(text) as Omit<LoginTransaction, 'id'>) }
  if (now >= transaction.createdAt + TRANSACTION_LIFETIME) {
    const ageSeconds = Math.round((now - transaction.createdAt) / 1000)
    throw new SsoError('transaction_expired', 'the login was begun too long ago', { details: { ageSeconds } })
  }
  return transaction
}
