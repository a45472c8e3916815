import type { PersonalityHooks } from '@doorward/testkit'
import type { Behaviour } from './module.ts'

/** A way to be that is no personality of testkit, because nothing is wrong with it or no other test wants it. */
export function differing(name: string, hooks: PersonalityHooks): Behaviour {
  const specification = 'the module of the conformance suite'
  return { personality: { name, wrong: name, specification, login: 'may-succeed', hooks } }
}
