import type { Registration } from '@doorward/core/config'
import { hasSamlKeys } from './saml-keys-need.ts'
import type { Variables } from './settings.ts'

/** As wide as what may be registered. */
const WIDTH = 36

/** What something that is registered at an identity provider is called, and what it takes that is not here. */
function registrationName({ what, needs }: Registration, env: Variables): string {
  return needs === undefined || hasSamlKeys(env) ? what : `${what} (needs SAML keys)`
}

/** A list of them, those first that logins need. */
export function registrationLines(registrations: readonly Registration[], env: Variables): readonly string[] {
  const lineOf = (registration: Registration): string =>
    `  ${registrationName(registration, env).padEnd(WIDTH)} ${registration.url}`
  const others = registrations.filter(({ isRequired }) => !isRequired)
  return [
    ...registrations.filter(({ isRequired }) => isRequired).map(lineOf),
    ...(others.length === 0 ? [] : ['  If it has fields for them:', ...others.map(lineOf)]),
  ]
}

/** Stable: programs read it. */
export function registrationJson({ what, url, isRequired, needs }: Registration): object {
  return { what, url, is_required: isRequired, ...(needs === undefined ? {} : { needs }) }
}
