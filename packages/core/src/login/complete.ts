import { fingerprintOf } from '../config/fingerprint.ts'
import { callbackUrl } from '../config/urls.ts'
import { type ErrorDetails, SsoError } from '../errors/index.ts'
import type { Selector } from '../selection/select.ts'
import type { AdmittedIdentity, SessionBeginning } from '../session/record.ts'
import type { BegunSession } from '../session/sessions.ts'
import { type ClaimedLogin, claimLogin } from './claim.ts'
import { admit } from './policy.ts'
import type { ServedConnection, VerifiedAnswer } from './protocol.ts'
import { protocolOf } from './served.ts'
import type { LoginServices } from './services.ts'
import { type LoginTransaction, openTransaction } from './transaction.ts'

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

/** A login that came to be. */
export interface CompletedLogin extends BegunSession {
  /** For the event log: what the configuration looks for and did not come, where there is any. */
  readonly missing: ErrorDetails | undefined
}

/**
 * Second step: lets the protocol verify the answer and the policy decide, claims the login, and begins a session. With a
 * protocol that asks the identity provider, the claim comes first, so that it is asked once whatever happens next; with
 * one whose answer says all by itself, last, so that nothing but an answer that is accepted uses up anything.
 *
 * @param unverifiedAnswer the parameters that the identity provider sent
 * @throws SsoError with the precise reason; no session was begun then
 */
export async function completeLogin(
  login: OpenedLogin,
  unverifiedAnswer: URLSearchParams,
  services: LoginServices,
): Promise<CompletedLogin> {
  const { connection, transaction } = login
  const { baseUrl, protocols, ledger, clock } = services
  const now = clock()
  const protocol = protocolOf(connection, protocols)
  const { id: transactionId, state } = transaction
  const answerUrl = transaction.answerUrl ?? callbackUrl(connection, baseUrl)
  const input = { connection, baseUrl, answerUrl, transactionId, state, unverifiedAnswer, now }
  if (protocol.claims === 'before') {
    const claim = { scope: `login:${transactionId}`, keys: ['answer'], now, ledger } as const
    const claimed = await claimLogin(transaction, claim)
    const answer = await protocol.complete(input)
    const begun = await beginSession(claimed, accept(answer, login, services), services)
    return { ...begun, missing: answer.missing }
  }
  const answer = await protocol.complete(input)
  const beginning = accept(answer, login, services)
  // An assertion's id says nothing of the login it belongs to, so all of a connection are claimed in one place.
  const scope = `${connection.protocol}:${connection.id}`
  const keys = [`login:${transactionId}`, ...answer.usedUp] as const
  const claimed = await claimLogin(transaction, { scope, keys, now, ledger })
  return { ...(await beginSession(claimed, beginning, services)), missing: answer.missing }
}

/** What was verified, if it may come in. Changes nothing. @throws SsoError one of the policy's codes, or `session_ended_early` */
function accept(
  answer: VerifiedAnswer,
  { connection, transaction }: OpenedLogin,
  { selector, clock }: LoginServices,
): SessionBeginning {
  const { providerSession, validUntil } = answer
  const admitted = admitWithHints(answer, connection, selector)
  // Asked this way round, it refuses what is no number too.
  if (validUntil !== undefined && !(validUntil > clock())) {
    throw new SsoError('session_ended_early', 'the session at the identity provider has ended already')
  }
  return { identity: admitted, providerSession, begunAt: transaction.createdAt, validUntil }
}

/** @throws SsoError as `admit`, with what the protocol knows that helps to find the cause */
function admitWithHints(
  { identity, hints }: VerifiedAnswer,
  connection: ServedConnection,
  selector: Selector,
): AdmittedIdentity {
  try {
    return admit(identity, connection, selector)
  } catch (error) {
    if (!(error instanceof SsoError) || !hints) throw error
    throw new SsoError(error.code, error.message, { details: { ...hints, ...error.details } })
  }
}

/** The one place where a login becomes a session, and it takes a claim. */
function beginSession(
  _claimed: ClaimedLogin,
  beginning: SessionBeginning,
  { sessions }: LoginServices,
): Promise<BegunSession> {
  return sessions.begin(beginning)
}
