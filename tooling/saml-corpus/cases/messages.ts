import type { PlannedCase } from '../planned-case.ts'
import { assertions } from './messages/assertions.ts'
import { demands } from './messages/demands.ts'
import { responses } from './messages/responses.ts'
import { times } from './messages/times.ts'

/** What a response and its assertion say. */
export const messageCases: readonly PlannedCase[] = [...responses, ...assertions, ...times, ...demands]
