import type { Registration } from '@doorward/core/config'
import { hasSamlKeys } from './saml-keys-need.ts'
import type { Variables } from './settings.ts'

/** As wide as what may be registered. */
const WIDTH = 36

/** What something that is registered at an identity provider is called, and what it takes that is not here. */
export function registrationName({ what, needs }: Registration, env: Variables): string {
  return needs === undefined || hasSamlKeys(env) ? what : `${what} (needs SAML keys)`
}

/** A line of a list of them. */
export function registrationLine(registration: Registration, env: Variables): string {
  return `  ${registrationName(registration, env).padEnd(WIDTH)} ${registration.url}`
}
