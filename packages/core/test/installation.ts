import { randomId } from '../src/encoding/random.ts'
import { createSealer, type Sealer } from '../src/encoding/seal.ts'
import { Secret } from '../src/encoding/secret.ts'
import { createMemorySessionStore } from '../src/ports/memory/session-store.ts'
import type { SessionStore } from '../src/ports/session-store.ts'
import {
  type BegunSession,
  createSessions,
  type SessionServices,
  type Sessions,
} from '../src/session/sessions.ts'
import { createFixedClock, type FixedClock } from '../src/testing/fixed-clock.ts'
import { beginningWith } from '../src/testing/people.ts'

/** One installation, and how to reach it: each isolate has a memory of its own, and all share one store. */
export interface Installation {
  readonly clock: FixedClock
  readonly store: SessionStore
  readonly sealer: Sealer
  isolate(changes?: Partial<SessionServices>): Sessions
}

/** The connections of its configuration are `acme` and `other`. */
export function createInstallation(): Installation {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const store = createMemorySessionStore(clock.now)
  const sealer = createSealer([new Secret(randomId(32))])
  const services = { store, sealer, clock: clock.now, connections: ['acme', 'other'] }
  return { clock, store, sealer, isolate: (changes) => createSessions({ ...services, ...changes }) }
}

/** A session of an installation, and the isolate that began it. */
export interface InstalledSession extends Installation, BegunSession {
  readonly sessions: Sessions
}

/**
 * A session, begun now, in an installation of its own.
 *
 * @param changes for the isolate that begins it
 */
export async function createSession(changes: Partial<SessionServices> = {}): Promise<InstalledSession> {
  const installation = createInstallation()
  const sessions = installation.isolate(changes)
  const begun = await sessions.begin(beginningWith(installation.clock.now()))
  return { ...installation, sessions, ...begun }
}
