import { algorithms } from './algorithms.ts'
import { documentTypes } from './document-types.ts'
import { encodings } from './encodings.ts'
import { encryptedAttacks } from './encrypted-attacks.ts'
import { encryptions } from './encryption.ts'
import { floods } from './floods.ts'
import { formsOfContent } from './forms-of-content.ts'
import { formsOfSignature } from './forms-of-signature.ts'
import { formsOfText } from './forms-of-text.ts'
import { identifiers } from './identifiers.ts'
import { messages } from './messages.ts'
import { namespaces } from './namespaces.ts'
import type { SamlPersonality, SamlPersonalityEntry } from './personality.ts'
import { recipients } from './recipients.ts'
import { references } from './references.ts'
import { signaturePlaces } from './signature-places.ts'
import { tampering } from './tampering.ts'
import { textSplitting } from './text-splitting.ts'
import { times } from './times.ts'
import { transforms } from './transforms.ts'
import { values } from './values.ts'
import { wellFormedness } from './well-formedness.ts'
import { wrapping } from './wrapping.ts'

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
  ...formsOfText,
  ...formsOfSignature,
  ...formsOfContent,
  ...wrapping,
  ...signaturePlaces,
  ...identifiers,
  ...references,
  ...tampering,
  ...transforms,
  ...algorithms,
  ...namespaces,
  ...textSplitting,
  ...documentTypes,
  ...wellFormedness,
  ...encodings,
  ...floods,
  ...recipients,
  ...times,
  ...messages,
  ...values,
  ...encryptions,
  ...encryptedAttacks,
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
