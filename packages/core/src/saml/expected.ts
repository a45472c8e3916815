import type { SamlConnection } from '../config/connection.ts'
import type { VerificationKey } from './keys.ts'
import type { KeyPair } from './sp-keys.ts'

/** What a response must be to count as the answer to one login. Nothing of it comes from the response. */
export interface ExpectedResponse {
  /** The identity provider's entity ID, as configured. */
  readonly entityId: string
  /** The keys that it signs with, as configured or from its metadata. */
  readonly keys: readonly VerificationKey[]
  /** Our own entity ID. */
  readonly audience: string
  /** The URL of our assertion consumer service for this connection. */
  readonly acsUrl: string
  /** The ID of the request that this browser took to the identity provider. */
  readonly requestId: string
  /** Whether the assertion itself must be signed, and not only the response around it. */
  readonly wantsSignedAssertions: boolean
  /** Whether the response must be signed, and not only the assertion in it. */
  readonly wantsSignedResponse: boolean
  /** Since when the person must have signed in, where they were to do so anew; milliseconds since the epoch. */
  readonly authenticatedSince: number | undefined
  /** How the person must have signed in, where that was asked for. */
  readonly authnContext: SamlConnection['authnContext']
  /** Our own, for what is encrypted; without one nothing that is encrypted is accepted. */
  readonly keyPairs: readonly KeyPair[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** By how much the clocks of two servers may differ, in milliseconds. */
export const CLOCK_SKEW = 60_000
