import type { Bench } from '../../bench.ts'
import { FIRST_SIGHT, SEEN_BEFORE } from './names.ts'

/** What it costs to know who sends a request. */
export const sessionBench: Bench = {
  name: 'session',
  title: 'Session verification per request',
  contestants: import.meta.resolve('./contestants.ts'),
  goals: [
    { contestant: SEEN_BEFORE, runtime: 'workerd', bar: 0.1, aim: 0.05 },
    { contestant: FIRST_SIGHT, runtime: 'workerd', bar: 3.5, aim: 2 },
  ],
}
