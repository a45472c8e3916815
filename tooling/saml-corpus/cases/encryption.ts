import type { PlannedCase } from '../planned-case.ts'
import { ciphers } from './encryption/ciphers.ts'
import { contents } from './encryption/contents.ts'
import { keys } from './encryption/keys.ts'

/** What is encrypted, and how. */
export const encryptionCases: readonly PlannedCase[] = [...ciphers, ...keys, ...contents]
