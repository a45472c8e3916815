import type { Bench, Goal } from '../../bench.ts'
import { ALGORITHMS, type Algorithm, DOORWARD } from './names.ts'

/** What of one bare verification a callback may take at most, and what we are after. */
const GOALS: Readonly<Record<Algorithm, { readonly bar: number; readonly aim: number }>> = {
  RS256: { bar: 2, aim: 1.5 },
  ES256: { bar: 1.3, aim: 1.1 },
  EdDSA: { bar: 1.3, aim: 1.1 },
}

/** What it costs to check what comes back from an OpenID Provider, from the callback's parameters to who it is. */
export const oidcBench: Bench = {
  name: 'oidc',
  title: 'checking the callback of a login by OpenID Connect: RS256 with 2048 bits, ES256, EdDSA',
  contestants: import.meta.resolve('./contestants.ts'),
  goals: ALGORITHMS.map(ofTheFloor),
}

function ofTheFloor(input: Algorithm): Goal {
  return { contestant: DOORWARD, input, runtime: 'workerd', ...GOALS[input] }
}
