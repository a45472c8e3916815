import { fingerprintOf } from '../config/fingerprint.ts'
import type { ServedConnection } from './protocol.ts'
import type { ReturnTo } from './return-to.ts'
import type { LoginServices } from './services.ts'
import { newTransactionId, sealTransaction } from './transaction.ts'

/** A login that was just begun. */
export interface BegunLogin {
  /** Where to send the browser. */
  readonly url: URL
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
}

/**
 * Begins a login at `connection`. Writes nothing anywhere: all there is to remember is in the result.
 *
 * @throws SsoError one of the provider codes when the identity provider can not be asked
 */
export async function beginLogin(
  connection: ServedConnection,
  { returnTo, loginHint, forceLogin }: LoginWishes,
  services: LoginServices,
): Promise<BegunLogin> {
  const { baseUrl, protocols, sealer, clock } = services
  const id = newTransactionId()
  const begun = await protocols[connection.protocol].begin({
    connection,
    baseUrl,
    transactionId: id,
    loginHint,
    forceLogin,
  })
  const sealed = await sealTransaction(
    {
      id,
      connection: connection.id,
      fingerprint: await fingerprintOf(connection),
      baseUrl,
      returnTo,
      forceLogin,
      createdAt: clock(),
      state: begun.state,
    },
    sealer,
  )
  return { url: begun.url, transaction: { id, sealed } }
}
