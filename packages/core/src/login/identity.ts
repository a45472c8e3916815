import type { Identity } from '../ports/session-store.ts'

declare const brand: unique symbol

/**
 * What a protocol makes of an answer after every check passed: who it is, as the identity provider says. Not yet
 * let in. `emailVerified` is what was said: true, false, or undefined when nothing was said.
 */
export type VerifiedIdentity = Omit<Identity, 'emailVerified' | 'roles'> & {
  readonly emailVerified: boolean | undefined
} & { readonly [brand]: 'VerifiedIdentity' }

/**
 * To be called at the end of a protocol's verification and nowhere else. At many identity providers people write the
 * address of their picture themselves, and applications put it into pages: what is not on the web is no picture.
 */
export function verifiedIdentity(facts: Omit<VerifiedIdentity, typeof brand>): VerifiedIdentity {
  const { picture } = facts
  const isWebAddress = picture !== undefined && /^https?:$/.test(URL.parse(picture)?.protocol ?? '')
  return { ...facts, picture: isWebAddress ? picture : undefined } as VerifiedIdentity
}
