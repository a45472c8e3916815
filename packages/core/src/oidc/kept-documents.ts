import type { FetchedDocument, Lifetime } from '../back-channel/documents.ts'
import { randomReference } from '../encoding/random.ts'
import { SsoError } from '../errors/index.ts'
import type { EventSink } from '../ports/events.ts'

/** How long metadata and keys serve without being asked for again, in milliseconds. */
const FRESH_FOR = 60 * 60 * 1000

/** How long they serve when there are no others, in milliseconds after they were fetched. */
const USABLE_FOR = 24 * FRESH_FOR

/** How long to wait for a new document while an old one would do, in milliseconds: the login goes on with it then. */
export const PATIENCE_WITH_OLD = 3000

/**
 * For an hour, and for a day while a new document can not be had or is refused: people can log in while a part of the
 * provider is down. A key that is gone dies with the next good document.
 */
export const providerLifetime: Lifetime<unknown> = {
  freshUntil: ({ fetchedAt }) => fetchedAt + FRESH_FOR,
  usableUntil: ({ fetchedAt }) => fetchedAt + USABLE_FOR,
}

/**
 * What is done where an old document serves: it is said, for nobody would notice otherwise.
 *
 * @returns a function that throws the error on when it is no refusal but a fault of ours
 */
export function reportKept(connection: string, events: EventSink | undefined) {
  return (kept: FetchedDocument<unknown>, error: unknown): void => {
    if (!(error instanceof SsoError)) throw error
    const { code, message, details } = error
    const until = providerLifetime.usableUntil(kept)
    events?.emit({
      type: 'metadata.kept',
      requestId: randomReference(),
      connection,
      code,
      message,
      details,
      until,
    })
  }
}
