import type { Batches } from '../batches.ts'
import type { RuntimeName } from '../bench.ts'

/** A bench made ready in a JavaScript runtime. */
export interface Runtime extends Batches {
  readonly name: RuntimeName
  readonly version: string
  /** How time was taken: which clock, how fine it is. */
  readonly timing: string
  close(): Promise<void>
}
