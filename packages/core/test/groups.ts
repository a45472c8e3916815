import type { SessionGroup, SessionRecord } from '../src/ports/session-store.ts'
import type { SessionBeginning } from '../src/session/record.ts'
import { admittedWith } from '../src/testing/people.ts'

const session = {
  by: 'provider-session',
  connection: 'acme',
  issuer: 'https://idp.example',
  sid: 'sid-1',
} as const

/** The groups that the session of somebody from people.ts belongs to, by their kinds. */
const groups: Readonly<Record<string, (record: SessionRecord) => SessionGroup>> = {
  user: ({ userId }) => ({ by: 'user', userId }),
  connection: () => ({ by: 'connection', connection: 'acme' }),
  address: () => ({ by: 'email', email: 'USER@acme.example' }),
  'session at the provider': () => ({ ...session, userId: undefined }),
  'session at the provider, of one user': ({ userId }) => ({ ...session, userId }),
}

export const kinds: readonly string[] = Object.keys(groups)

/** One of those groups. @throws Error when there is no such kind */
export function groupOf(record: SessionRecord, kind: string): SessionGroup {
  const group = groups[kind]
  if (!group) throw new Error(`no group by ${kind}`)
  return group(record)
}

/** All of them. */
export function groupsOf(record: SessionRecord): SessionGroup[] {
  return kinds.map((kind) => groupOf(record, kind))
}

/** What a session is begun with that belongs to none of those groups. */
export const stranger: Pick<SessionBeginning, 'identity' | 'providerSession'> = {
  identity: admittedWith({ connection: 'other', subject: 'user-2', email: 'second@acme.example' }),
  providerSession: { protocol: 'social' },
}
