import { fingerprintOf } from '../config/fingerprint.ts'
import { SsoError } from '../errors/index.ts'
import type { BegunSession } from '../session/sessions.ts'
import { admit } from './policy.ts'
import type { ServedConnection } from './protocol.ts'
import type { LoginServices } from './services.ts'
import { type LoginTransaction, openTransaction, TRANSACTION_LIFETIME } from './transaction.ts'
import { useOnce } from './use-once.ts'

declare const brand: unique symbol

/** A login that this browser began, at this connection, under this configuration: ready for its answer. */
export interface OpenedLogin {
  readonly connection: ServedConnection
  readonly transaction: LoginTransaction
  readonly [brand]: 'OpenedLogin'
}

/** What an answer says about the login it belongs to, and what this browser knows of it. */
export interface LoginReference {
  /** From the URL that the answer arrived at, never from the answer itself. */
  readonly connection: ServedConnection
  /** Which login the answer claims to belong to. */
  readonly transactionId: string
  /** What this browser's cookie for that login holds, if there is one. */
  readonly sealedTransaction: string | undefined
}

/**
 * First step of completing a login: finds the transaction in the browser's own cookie and compares it. An answer
 * counts only where, and under the configuration for which, it was asked for.
 *
 * @throws SsoError one of the transaction codes
 */
export async function openLogin(reference: LoginReference, services: LoginServices): Promise<OpenedLogin> {
  const { connection, transactionId, sealedTransaction } = reference
  const { baseUrl, sealer, clock } = services
  const transaction = await openTransaction(transactionId, sealedTransaction, clock(), sealer)
  const differs =
    (transaction.connection !== connection.id && 'connection') ||
    (transaction.baseUrl !== baseUrl && 'base URL') ||
    (transaction.fingerprint !== (await fingerprintOf(connection)) && 'configuration')
  if (differs) {
    const details = { differs }
    throw new SsoError('transaction_mismatch', 'the login was begun under other circumstances', { details })
  }
  return { connection, transaction } as OpenedLogin
}

/**
 * Second step: claims the transaction, so that it is used once whatever happens next, lets the protocol verify the
 * answer and the policy decide, and begins a session.
 *
 * @param unverifiedAnswer the parameters that the identity provider sent
 * @throws SsoError with the precise reason; no session was begun then
 */
export async function completeLogin(
  login: OpenedLogin,
  unverifiedAnswer: URLSearchParams,
  services: LoginServices,
): Promise<BegunSession> {
  const { connection, transaction } = login
  const { baseUrl, protocols, selector, sessions, clock } = services
  const now = clock()
  await claimTransaction(transaction, now, services)
  const { identity, providerSession } = await protocols[connection.protocol].complete({
    connection,
    baseUrl,
    transactionId: transaction.id,
    state: transaction.state,
    unverifiedAnswer,
    now,
  })
  const admitted = admit(identity, connection, selector)
  return sessions.begin({ identity: admitted, providerSession, begunAt: transaction.createdAt })
}

async function claimTransaction(
  { id, createdAt }: LoginTransaction,
  now: number,
  { ledger }: LoginServices,
): Promise<void> {
  // Past its lifetime a transaction is refused for its age, and the claim may be forgotten.
  const answer = {
    scope: `login:${id}`,
    keys: ['answer'],
    expiresAt: createdAt + TRANSACTION_LIFETIME,
  } as const
  if (!(await useOnce(answer, now, ledger))) {
    throw new SsoError('transaction_replayed', 'the answer was already used')
  }
}
