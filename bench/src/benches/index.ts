import type { Bench } from '../bench.ts'
import { sessionBench } from './session/session.ts'

/** Every bench there is. */
export const benches: readonly Bench[] = [sessionBench]
