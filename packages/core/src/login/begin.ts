import { mayCall } from '../config/base-url.ts'
import { fingerprintOf } from '../config/fingerprint.ts'
import { callbackUrl } from '../config/urls.ts'
import { SsoError } from '../errors/index.ts'
import type { SessionKey } from '../ports/session-store.ts'
import type { Departure, ServedConnection } from './protocol.ts'
import type { ReturnTo } from './return-to.ts'
import { protocolOf } from './served.ts'
import type { LoginServices } from './services.ts'
import { newTransactionId, sealTransaction } from './transaction.ts'

/** A login that was just begun. */
export interface BegunLogin {
  /** How to send the browser to the identity provider. */
  readonly departure: Departure
  /** To be kept in a cookie of this browser alone, and given back to `openLogin`. */
  readonly transaction: { readonly id: string; readonly sealed: string }
}

/** What a person asked for when they began a login. */
export interface LoginWishes {
  /** Where to go after it. */
  readonly returnTo: ReturnTo
  /** Whom they say they are, if they said. */
  readonly loginHint: string | undefined
  /** To sign in anew, as after a sign-out: without this the identity provider may just send the same person back. */
  readonly forceLogin: boolean
  /** The session that the browser has until then. */
  readonly replaces?: SessionKey | undefined
  /** Where the answer is to come, if not at the connection's own address. */
  readonly answerUrl?: string | undefined
}

/**
 * Begins a login at `connection`. Writes nothing anywhere: all there is to remember is in the result.
 *
 * @throws SsoError one of the provider codes when the identity provider can not be asked
 */
export async function beginLogin(
  connection: ServedConnection,
  { returnTo, loginHint, forceLogin, replaces, answerUrl }: LoginWishes,
  services: LoginServices,
): Promise<BegunLogin> {
  const { baseUrl, protocols, sealer, clock } = services
  const id = newTransactionId()
  const { departure, state } = await protocolOf(connection, protocols).begin({
    connection,
    baseUrl,
    answerUrl: answerUrl ?? callbackUrl(connection, baseUrl),
    transactionId: id,
    loginHint,
    forceLogin,
  })
  const target = departure.kind === 'form' ? departure.action : departure.url
  if (!mayCall(target, baseUrl)) {
    throw new SsoError('provider_url_refused', 'people are to be sent to an address without https')
  }
  const sealed = await sealTransaction(
    {
      id,
      connection: connection.id,
      fingerprint: await fingerprintOf(connection),
      baseUrl,
      answerUrl,
      returnTo,
      forceLogin,
      replaces,
      createdAt: clock(),
      state,
    },
    sealer,
  )
  return { departure, transaction: { id, sealed } }
}
