import type { Bench } from '../../bench.ts'
import { LOADED } from './names.ts'

/** What it costs a new isolate to take a compiled configuration into use. */
export const configBench: Bench = {
  name: 'config',
  title: 'taking a compiled configuration of 1,000 identity providers into use',
  contestants: import.meta.resolve('./contestants.ts'),
  goals: [{ contestant: LOADED, runtime: 'workerd', bar: 3, aim: 1.5 }],
}
