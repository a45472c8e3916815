import { type EmailAddress, parseEmailAddress } from '../config/address.ts'
import type { Connection, Reach } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import type { Identity } from '../ports/session-store.ts'
import type { Selector } from '../selection/select.ts'
import type { AdmittedIdentity } from '../session/record.ts'
import type { VerifiedIdentity } from './identity.ts'
import { rolesOf } from './roles.ts'

/**
 * Decides whether a genuine identity may come in: the one place where e-mail addresses are judged.
 *
 * - A connection that names addresses or domains brings only those, and none that its identity provider calls
 *   unverified. Saying nothing counts as verified there: the administrator vouches for that provider and domain.
 * - An address is brought only by the connections that name it most exactly, if any does.
 * - Any other address is let in, verified only if the identity provider said so.
 * - With `emailVerification: 'require'`, only an address that the identity provider calls verified.
 *
 * @throws SsoError `email_missing`, `email_invalid`, `email_outside_domain`, `email_unverified` or
 *   `email_domain_of_another_connection`
 */
export function admit(
  identity: VerifiedIdentity,
  connection: Connection,
  selector: Selector,
): AdmittedIdentity {
  const { reach, emailVerification } = connection
  const isBound = reach.addresses.length + reach.domains.length + reach.wildcards.length > 0
  const mustBeVerified = emailVerification === 'require'
  if (identity.email === undefined) {
    if (isBound || mustBeVerified)
      throw refusal('email_missing', 'the identity provider sent no e-mail address')
    return admitted(identity, connection, { email: undefined, emailVerified: false })
  }
  const address = parseEmailAddress(identity.email)
  if (!address)
    throw refusal('email_invalid', 'the identity provider sent something that is not an e-mail address')
  if (isBound && !names(reach, address)) {
    throw refusal('email_outside_domain', "the e-mail address is not in the connection's email_domain")
  }
  if (!selector.mayBring(connection, address)) {
    throw refusal('email_domain_of_another_connection', 'only another connection may bring that address')
  }
  if ((isBound && identity.emailVerified === false) || (mustBeVerified && identity.emailVerified !== true)) {
    const message =
      identity.emailVerified === false
        ? 'the identity provider says that the e-mail address is not verified'
        : 'the identity provider does not say that the e-mail address is verified, which email_verification requires'
    throw refusal('email_unverified', message)
  }
  const emailVerified = identity.emailVerified ?? isBound
  return admitted(identity, connection, { email: address.text, emailVerified })
}

function names({ addresses, domains, wildcards }: Reach, { key, domain }: EmailAddress): boolean {
  return (
    addresses.includes(key) ||
    domains.includes(domain) ||
    wildcards.some((wildcard) => domain.endsWith(`.${wildcard}`))
  )
}

function admitted(
  identity: VerifiedIdentity,
  connection: Connection,
  email: Pick<Identity, 'email' | 'emailVerified'>,
): AdmittedIdentity {
  const groups = connection.synchronizesGroups ? identity.groups : []
  const roles = rolesOf(groups, connection.roles)
  return { ...identity, ...email, groups, roles } as Identity as AdmittedIdentity
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
