import { randomId } from '../../encoding/random.ts'
import type {
  Identity,
  ProviderSession,
  SessionGroup,
  SessionKey,
  SessionRecord,
  SessionStore,
} from '../../ports/session-store.ts'
import { admittedWith, recordWith } from '../people.ts'
import { type Fixture, type Harness, MINUTE, type PortCase } from '../port-case.ts'

/** What the cases of the session store's suite have in common. */

export type StoreCase = PortCase<Harness<SessionStore>>
export type StoreFixture = Fixture<SessionStore>

export const HOUR: number = 60 * MINUTE

export const identity: Identity = admittedWith({ name: 'User Ünïcode 🚪 "quoted"', groups: ['staff'] })

export const sessionOf = (sid: string | undefined): ProviderSession => ({
  protocol: 'oidc',
  sid,
  sealedIdToken: 'sealed',
})

/** A record as of now, after some changes. */
export function recordOf({ clock }: StoreFixture, changes: Partial<SessionRecord> = {}): SessionRecord {
  const name = { id: randomId(32), userId: randomId(32) }
  return recordWith(clock.now(), {
    ...name,
    identity,
    providerSession: sessionOf(undefined),
    ...changes,
  })
}

/** Another session that differs in nothing but its name. */
export const twinOf = (record: SessionRecord): SessionRecord => ({ ...record, id: randomId(32) })

/** Whether a session is found. Uses it, as everything does that finds one. */
export async function isFound({ port, clock }: StoreFixture, key: SessionKey): Promise<boolean> {
  return (await port.touch(key, clock.now() + HOUR)) !== undefined
}

/** A session, and one group of each kind that it belongs to. */
export interface Grouped {
  readonly record: SessionRecord
  readonly groups: readonly [SessionGroup, ...SessionGroup[]]
  readonly byConnection: SessionGroup
}

export function withGroups(fixture: StoreFixture): Grouped {
  const connection = randomId(16)
  const sid = `Sid-${randomId(16)}`
  const record = recordOf(fixture, {
    identity: { ...identity, connection, email: `User-${sid}@acme.example` },
    providerSession: sessionOf(sid),
  })
  const session = { by: 'provider-session', connection, issuer: identity.issuer, sid } as const
  const { userId } = record
  const byConnection = { by: 'connection', connection } as const
  return {
    record,
    byConnection,
    groups: [
      { by: 'user', userId },
      byConnection,
      { ...session, userId },
      { ...session, userId: undefined },
      { by: 'email', email: `user-${sid}@ACME.example` },
    ],
  }
}
