/** A way to attack a service provider, or a fault that somebody shipped. */
export interface Attack {
  /** What cases call it. */
  readonly id: string
  readonly part: AttackPart
  /** What is done, in one sentence. */
  readonly attack: string
  /** What keeps it out here, in one sentence. */
  readonly answer: string
  /** Who made it known, or who fell to it. */
  readonly sources: readonly string[]
  /** Cases of `reject/` that are it. */
  readonly cases: readonly string[]
  /** Tests of what no case can be: what happens before or after an answer is read. Paths from the repository's root. */
  readonly tests?: readonly string[]
}

/** What is attacked. */
export type AttackPart = 'wrapping' | 'signature' | 'keys' | 'reader' | 'protocol' | 'encryption' | 'people'
