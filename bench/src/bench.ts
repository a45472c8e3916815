/** Where benches run. */
export type RuntimeName = 'node' | 'workerd'

/** Who takes part, and with what. */
export interface Entry {
  readonly name: string
  /** Which of the bench's inputs it works on, where there are several. */
  readonly input?: string
  /** How large that is, in bytes, where it matters. */
  readonly bytes?: number
  /** Why it does not take part here, when it does not. */
  readonly notRun?: string
}

/** One way of doing what a bench measures. */
export interface Contestant extends Entry {
  /** @throws Error unless it accepts a good input, for what it is, and refuses an altered one */
  prove(): Promise<void>
  /** Makes ready for a batch; not timed. */
  prepare?(): void
  /** Does it once. @param index the how-manieth call of the batch it is @returns something truthy: it was accepted */
  run(index: number): Promise<unknown>
  /** How many calls a batch may hold at most, where that is bounded. */
  readonly maxCalls?: number
}

/** One that runs in a process of its own, and takes the time itself. */
export interface ProcessContestant extends Entry {
  /** As {@link Contestant.prove}. */
  prove(): Promise<void>
  /** @param duration for how long, in milliseconds @returns how long a call took, in microseconds */
  time(duration: number): Promise<number>
  close(): Promise<void>
}

/** One that should be there, and for which something is missing on this machine. */
interface MissingContestant extends Entry {
  readonly notRun: string
}

/** Whoever takes part. */
export type AnyContestant = Contestant | ProcessContestant | MissingContestant

/** What a bench's module of contestants exports. */
export interface ContestantsModule {
  /** The first one of each input is the floor that the others with this input are compared with. */
  readonly createContestants: () => Promise<readonly AnyContestant[]>
}

/** What a contestant must reach. */
export interface Goal {
  readonly contestant: string
  /** With which input, where the bench has several. */
  readonly input?: string
  readonly runtime: RuntimeName
  /** What of it: the time of a call, unless it says otherwise. */
  readonly figure?: Figure
  /** Compared with whom: the floor of the same input, unless it says otherwise. */
  readonly against?: { readonly contestant: string; readonly input?: string }
  /** Multiples of the other's figure, at most; or how many times less it is, at least. */
  readonly sense?: 'at most' | 'times less'
  /** Must: the run fails without. */
  readonly bar: number
  /** What we are after. */
  readonly aim: number
}

/** What is measured of a contestant. The heap is measured in Node only. */
type Figure = 'time' | 'time per byte' | 'heap'

/** A thing to measure, ours against its peers. */
export interface Bench {
  /** What `pnpm bench` knows it by. */
  readonly name: string
  readonly title: string
  /** The URL of its {@link ContestantsModule}, which runs in Node and inside workerd: nothing of a host's own. */
  readonly contestants: string
  /** The one for Node, where there are more of them. */
  readonly contestantsInNode?: string
  /** Its peers are made for Node, and run in workerd with its imitation of it. */
  readonly needsNodejsCompat?: boolean
  /** What is allocated is measured as well. */
  readonly measuresHeap?: boolean
  readonly goals: readonly Goal[]
}
