import type { SamlPersonality, SamlPersonalityEntry } from './personality.ts'

export type { SamlPersonality } from './personality.ts'

const good = {
  good: {
    wrong: 'nothing',
    specification: 'saml-profiles section 4.1.4',
    login: 'must-succeed',
    hooks: {},
  },
} as const satisfies Record<string, SamlPersonalityEntry>

const entries = {
  ...good,
}

/** Every name in the table. */
export type SamlPersonalityName = keyof typeof entries

/** The names, in the order of the table. */
export const samlPersonalityNames: readonly SamlPersonalityName[] = Object.keys(
  entries,
) as SamlPersonalityName[]

/** Every way for an identity provider to answer, by name. */
export const samlPersonalities: Readonly<Record<SamlPersonalityName, SamlPersonality>> = Object.fromEntries(
  Object.entries<SamlPersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
) as Record<SamlPersonalityName, SamlPersonality>
