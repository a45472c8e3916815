/** Where benches run. */
export type RuntimeName = 'node' | 'workerd'

/** One way of doing what a bench measures. */
export interface Contestant {
  readonly name: string
  /** @throws Error unless it accepts a good input, for what it is, and refuses an altered one */
  prove(): Promise<void>
  /** Makes ready for a batch; not timed. */
  prepare?(): void
  /** Does it once. @param index the how-manieth call of the batch it is @returns something truthy: it was accepted */
  run(index: number): Promise<unknown>
  /** How many calls a batch may hold at most, where that is bounded. */
  readonly maxCalls?: number
}

/** What a bench's module of contestants exports. It runs in Node and inside workerd: nothing of a host's own. */
export interface ContestantsModule {
  /** The first one is the floor that the others are compared with. */
  readonly createContestants: () => Promise<readonly Contestant[]>
}

/** What a contestant must reach, as a multiple of the floor. */
export interface Goal {
  readonly contestant: string
  readonly runtime: RuntimeName
  /** Must: more than this fails the run. */
  readonly bar: number
  /** What we are after. */
  readonly aim: number
}

/** A thing to measure, ours against its peers. */
export interface Bench {
  /** What `pnpm bench` knows it by. */
  readonly name: string
  readonly title: string
  /** The URL of its {@link ContestantsModule}. */
  readonly contestants: string
  readonly goals: readonly Goal[]
}
