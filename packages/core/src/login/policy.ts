import type { Connection } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import type { Identity } from '../ports/session-store.ts'
import { parseEmailAddress } from '../selection/address.ts'
import type { Selector } from '../selection/select.ts'
import type { AdmittedIdentity } from '../session/record.ts'
import type { VerifiedIdentity } from './identity.ts'

/**
 * Decides whether a genuine identity may come in: the one place where e-mail addresses are judged.
 *
 * - A connection that names domains brings only addresses in them, and none that its identity provider calls
 *   unverified. Saying nothing counts as verified there: the administrator vouches for that provider and domain.
 * - A domain that one connection names is brought by no other connection.
 * - Any other address is let in, verified only if the identity provider said so.
 *
 * @throws SsoError `email_missing`, `email_invalid`, `email_outside_domain`, `email_unverified` or
 *   `email_domain_of_another_connection`
 */
export function admit(
  identity: VerifiedIdentity,
  connection: Connection,
  selector: Selector,
): AdmittedIdentity {
  const bound = connection.emailDomains.length > 0
  if (identity.email === undefined) {
    if (bound) throw refusal('email_missing', 'the identity provider sent no e-mail address')
    return admitted(identity, { email: undefined, emailVerified: false })
  }
  const address = parseEmailAddress(identity.email)
  if (!address)
    throw refusal('email_invalid', 'the identity provider sent something that is not an e-mail address')
  if (bound && !connection.emailDomains.includes(address.domain)) {
    throw refusal('email_outside_domain', "the e-mail address is not in the connection's email_domain")
  }
  if (selector.isForeignDomain(address.domain, connection)) {
    throw refusal(
      'email_domain_of_another_connection',
      'only another connection may bring addresses of that domain',
    )
  }
  if (bound && identity.emailVerified === false) {
    throw refusal('email_unverified', 'the identity provider says that the e-mail address is not verified')
  }
  return admitted(identity, { email: address.text, emailVerified: identity.emailVerified ?? bound })
}

function admitted(
  identity: VerifiedIdentity,
  email: Pick<Identity, 'email' | 'emailVerified'>,
): AdmittedIdentity {
  return { ...identity, ...email } as Identity as AdmittedIdentity
}

function refusal(
  code:
    | 'email_missing'
    | 'email_invalid'
    | 'email_outside_domain'
    | 'email_unverified'
    | 'email_domain_of_another_connection',
  message: string,
): SsoError {
  return new SsoError(code, message)
}
