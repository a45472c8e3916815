import type { Identity } from '../ports/session-store.ts'

declare const brand: unique symbol

/**
 * What a protocol makes of an answer after every check passed: who it is, as the identity provider says. Not yet
 * let in. `emailVerified` is what was said: true, false, or undefined when nothing was said.
 */
export type VerifiedIdentity = Omit<Identity, 'emailVerified' | 'roles'> & {
  readonly emailVerified: boolean | undefined
} & { readonly [brand]: 'VerifiedIdentity' }

/** To be called at the end of a protocol's verification and nowhere else. */
export function verifiedIdentity(facts: Omit<VerifiedIdentity, typeof brand>): VerifiedIdentity {
  return facts as VerifiedIdentity
}
