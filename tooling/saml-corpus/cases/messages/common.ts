import type { SamlHooks } from '@doorward/testkit/saml'
import { type PlannedCase, type Refusal, refused } from '../../planned-case.ts'
import { assertion } from '../refusals.ts'

/** Where what an assertion says is written. */
export const core = 'saml-core section'

/** Where what a service provider checks is written. */
export const profiles = 'saml-profiles section'

/** How far clocks may differ, in milliseconds. */
export const SKEW = 60_000

/** In milliseconds. */
export const MINUTE = 60_000

/** In milliseconds. */
export const HOUR = 60 * MINUTE

/** Of a value that can not be read. */
export const unreadable = assertion('a value is empty, or has elements in it')

/** Of a time that is none. */
export const notATime = assertion('a time is not written as SAML writes it, in UTC')

/** A case in which the provider signs something that must not be accepted. */
export function changed(
  name: string,
  change: string,
  hooks: SamlHooks,
  refusal: Refusal,
  specification: string = `${core} 2.3.3`,
): PlannedCase {
  return refused(name, change, { specification, hooks, refusal })
}

/** A time as SAML writes it, with milliseconds. */
export const instant = (time: number): string => new Date(time).toISOString()
