import { arrivalCases } from './saml/arrival.ts'
import { bodyCases } from './saml/bodies.ts'
import type { CreateSamlHost } from './saml/host.ts'
import { leavingCases } from './saml/leaving.ts'
import { loginCases } from './saml/login.ts'
import { logoutCases } from './saml/logout.ts'
import { pageCases } from './saml/pages.ts'
import { unsolicitedCases } from './saml/unsolicited.ts'

/**
 * What every host must do around a login by SAML, whatever is in the messages.
 *
 * @param create makes a host of its own, for tests that change something
 */
export function samlSuite(create: CreateSamlHost): void {
  loginCases(create)
  arrivalCases(create)
  pageCases(create)
  unsolicitedCases(create)
  bodyCases(create)
  logoutCases(create)
  leavingCases(create)
}
