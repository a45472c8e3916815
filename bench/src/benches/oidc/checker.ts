import type { Contestant } from '../../bench.ts'
import type { Alteration, Callback, Input, Person } from './input.ts'

/** A way of checking callbacks, made ready for one provider: metadata and keys are known. */
export interface Checker<T = unknown> {
  readonly name: string
  /** What it looks at: what is altered elsewhere it does not see. */
  readonly sees: readonly Alteration['where'][]
  /** @returns what it makes of it; undefined when it refuses, which it may throw as well */
  check(callback: Callback): Promise<T | undefined>
  /** Who that is; not timed. */
  personOf(checked: T): { readonly [K in keyof Person]?: unknown }
}

/** Makes a {@link Checker} a contestant that checks its input again and again. */
export function contestantOf<T>(checker: Checker<T>, input: Input): Contestant {
  const { name, check } = checker
  return {
    name,
    input: input.algorithm,
    prove: () => proveChecker(checker, input),
    run: () => check(input.callback),
  }
}

/** @throws Error unless the good callback is accepted as what it says, and each altered one that it looks at is refused */
async function proveChecker<T>({ name, sees, check, personOf }: Checker<T>, input: Input): Promise<void> {
  const { callback, altered, person, algorithm } = input
  const checked = await check(callback)
  if (!checked) throw new Error(`${name}: the good callback with ${algorithm} is not accepted`)
  const said = personOf(checked)
  for (const claim of Object.keys(person) as (keyof Person)[]) {
    if (JSON.stringify(said[claim]) !== JSON.stringify(person[claim])) {
      throw new Error(`${name}: of the good callback with ${algorithm}, ${claim} is not what it says`)
    }
  }
  for (const { what, where, ...other } of altered) {
    const accepted = await check(other).catch(() => undefined)
    if (sees.includes(where) && accepted) throw new Error(`${name}: accepted, with another ${what}`)
  }
}
