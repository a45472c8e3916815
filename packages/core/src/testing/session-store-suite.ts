import type { SessionStore } from '../ports/session-store.ts'
import type { Harness, PortCase } from './port-case.ts'
import { endingCases } from './session-store/ending.ts'
import { findingCases } from './session-store/finding.ts'
import { keepingCases } from './session-store/keeping.ts'
import { listingCases } from './session-store/listing.ts'
import { namingCases } from './session-store/naming.ts'
import { overtakingCases } from './session-store/overtaking.ts'

/** The promises of {@link SessionStore}. */
export const sessionStoreSuite: readonly PortCase<Harness<SessionStore>>[] = [
  ...findingCases,
  ...endingCases,
  ...overtakingCases,
  ...namingCases,
  ...listingCases,
  ...keepingCases,
]
