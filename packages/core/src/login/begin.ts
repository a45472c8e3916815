import type { Connection } from '../config/connection.ts'
import { fingerprintOf } from '../config/fingerprint.ts'
import type { ReturnTo } from './return-to.ts'
import type { LoginServices } from './services.ts'
import { newTransactionId, sealTransaction } from './transaction.ts'

/** A login that was just begun. */
export interface BegunLogin {
  /** Where to send the browser. */
  readonly url: URL
  /** To be kept in a cookie of this browser alone, and given back to `completeLogin`. */
  readonly transaction: { readonly id: string; readonly sealed: string }
}

/**
 * Begins a login at `connection`. Writes nothing anywhere: all there is to remember is in the result.
 *
 * @param returnTo where to go after the login
 * @param loginHint whom the person says they are, if they said
 * @throws SsoError one of the provider codes when the identity provider can not be asked
 */
export async function beginLogin(
  connection: Connection,
  { returnTo, loginHint }: { readonly returnTo: ReturnTo; readonly loginHint: string | undefined },
  services: LoginServices,
): Promise<BegunLogin> {
  const { baseUrl, protocols, sealer, clock } = services
  const id = newTransactionId()
  const begun = await protocols[connection.protocol].begin({
    connection,
    baseUrl,
    transactionId: id,
    loginHint,
  })
  const sealed = await sealTransaction(
    {
      id,
      connection: connection.id,
      fingerprint: await fingerprintOf(connection),
      baseUrl,
      returnTo,
      createdAt: clock(),
      state: begun.state,
    },
    sealer,
  )
  return { url: begun.url, transaction: { id, sealed } }
}
