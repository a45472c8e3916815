import type { Bench } from '../../bench.ts'
import { nameOf } from './names.ts'

/** What it costs to find the identity provider of an address, however many there are. */
export const selectBench: Bench = {
  name: 'select',
  title: 'finding the identity provider of an e-mail address among 10, 1,000 and 100,000',
  contestants: import.meta.resolve('./contestants.ts'),
  goals: [{ contestant: nameOf(100_000), runtime: 'workerd', bar: 3, aim: 1.5 }],
}
