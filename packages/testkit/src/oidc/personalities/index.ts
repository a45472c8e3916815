import { authorizationResponsePersonalities } from './authorization-response.ts'
import { codeRedemptionPersonalities } from './code-redemption.ts'
import { discoveryPersonalities } from './discovery.ts'
import { idTokenClaimPersonalities } from './id-token-claims.ts'
import { idTokenSignaturePersonalities } from './id-token-signature.ts'
import type { Personality, PersonalityEntry } from './personality.ts'
import { tokenResponsePersonalities } from './token-response.ts'
import { transportPersonalities } from './transport.ts'
import { userClaimPersonalities } from './user-claims.ts'

export type { Personality } from './personality.ts'

const good = {
  good: {
    wrong: 'nothing',
    specification: 'OpenID Connect Core 1.0 section 3.1',
    login: 'must-succeed',
    hooks: {},
  },
} as const satisfies Record<string, PersonalityEntry>

const entries = {
  ...good,
  ...idTokenClaimPersonalities,
  ...idTokenSignaturePersonalities,
  ...authorizationResponsePersonalities,
  ...tokenResponsePersonalities,
  ...userClaimPersonalities,
  ...codeRedemptionPersonalities,
  ...discoveryPersonalities,
  ...transportPersonalities,
}

/** Every name in the table. */
export type PersonalityName = keyof typeof entries

/** The names, in the order of the table. */
export const personalityNames: readonly PersonalityName[] = Object.keys(entries) as PersonalityName[]

/** Every way for a provider to be, by name. */
export const personalities: Readonly<Record<PersonalityName, Personality>> = Object.fromEntries(
  Object.entries<PersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
) as Record<PersonalityName, Personality>
