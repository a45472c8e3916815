import type { PlannedCase } from '../planned-case.ts'
import { encryptionCases } from './encryption.ts'
import { messageCases } from './messages.ts'
import { peopleCases } from './people.ts'
import { personalityCases } from './personalities.ts'
import { providerCases } from './providers.ts'
import { readerCases } from './reader.ts'
import { signatureCases } from './signatures.ts'

/** All cases of the corpus. */
export const plannedCases: readonly PlannedCase[] = [
  ...personalityCases,
  ...providerCases,
  ...readerCases,
  ...signatureCases,
  ...messageCases,
  ...peopleCases,
  ...encryptionCases,
]
