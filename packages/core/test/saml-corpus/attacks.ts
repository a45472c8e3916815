import type { Attack } from './attacks/attack.ts'
import { encryptionAttacks } from './attacks/encryption.ts'
import { keysAttacks } from './attacks/keys.ts'
import { peopleAttacks } from './attacks/people.ts'
import { protocolAttacks } from './attacks/protocol.ts'
import { readerAttacks } from './attacks/reader.ts'
import { signatureAttacks } from './attacks/signature.ts'
import { wrappingAttacks } from './attacks/wrapping.ts'

export type { Attack, AttackPart } from './attacks/attack.ts'

/** Every way to attack that applies to us, part by part. */
export const attacks: readonly Attack[] = [
  ...wrappingAttacks,
  ...signatureAttacks,
  ...keysAttacks,
  ...readerAttacks,
  ...protocolAttacks,
  ...encryptionAttacks,
  ...peopleAttacks,
]
