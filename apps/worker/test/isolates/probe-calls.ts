import type {
  CompiledConfiguration,
  FoundSession,
  SessionGroup,
  SessionRecord,
  Sessions,
  UnsignedToken,
} from '@doorward/core'
import type { ClaimKeys } from '@doorward/core/ports'

/** What can be asked of one isolate's own parts, beside the worker that runs in it; see entry.ts. */
export interface ProbeCalls {
  /** The ledger's `claim`. */
  claim: { input: { scope: string; keys: ClaimKeys; expiresAt: number }; output: boolean }
  /** Moves the clock of the isolate's sessions to this long after the real one, in milliseconds. */
  setClock: { input: { ahead: number }; output: undefined }
  /** Sessions' calls of the same names. */
  find: {
    input: { token: string; options?: Parameters<Sessions['find']>[1] }
    output: FoundSession | undefined
  }
  end: { input: { token: string }; output: SessionRecord | undefined }
  endAll: { input: { group: SessionGroup }; output: number }
  list: { input: { group: SessionGroup }; output: readonly SessionRecord[] }
  /** Signs with the isolate's signing keys. */
  sign: { input: { token: UnsignedToken }; output: string }
  /** The configuration that is bundled with the worker. */
  deployed: { input: object; output: CompiledConfiguration }
  /** Seals a configuration as `doorward push` does. */
  seal: { input: { compiled: CompiledConfiguration }; output: string }
  /** Writes to KV in the place of what was pushed, as whoever can write there. */
  write: { input: { pushed?: string }; output: undefined }
}

/** How a call travels. */
export type ProbeRequest = {
  [Name in keyof ProbeCalls]: { readonly call: Name; readonly input: ProbeCalls[Name]['input'] }
}[keyof ProbeCalls]

/** How its result travels; absent when there is none. */
export interface ProbeAnswer<Name extends keyof ProbeCalls> {
  readonly result?: ProbeCalls[Name]['output']
}
