import { aliasCases } from './suite/aliases.ts'
import { answerCases } from './suite/answers.ts'
import { backChannelCases } from './suite/back-channel-logout.ts'
import { createDriver, type Host } from './suite/driver.ts'
import { frontChannelCases } from './suite/front-channel-logout.ts'
import { initiatedCases } from './suite/initiated.ts'
import { leavingCases } from './suite/leaving.ts'
import { operatorCases } from './suite/operator.ts'
import { postedCases } from './suite/posted.ts'
import { providerCases } from './suite/providers.ts'
import { requestCases } from './suite/requests.ts'
import { samlCases } from './suite/saml.ts'
import { selectionCases } from './suite/selection.ts'
import { signInCases } from './suite/sign-in.ts'
import { signOutCases } from './suite/sign-out.ts'

/**
 * What every host of the HTTP contract must do, at HTTP level: the login that succeeds, and all that is refused.
 *
 * @param host gives the running host; called in each test
 */
export function loginSuite(host: () => Host): void {
  const driver = createDriver(host)
  signInCases(driver)
  signOutCases(driver)
  leavingCases(driver)
  backChannelCases(driver)
  frontChannelCases(driver)
  operatorCases(driver)
  answerCases(driver)
  initiatedCases(driver)
  aliasCases(driver)
  postedCases(driver)
  providerCases(driver)
  samlCases(driver)
  selectionCases(driver)
  requestCases(driver)
}
