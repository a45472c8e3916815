import { randomId } from '../encoding/random.ts'
import {
  type Identity,
  type ProviderSession,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type SessionStore,
  TOMBSTONE_LIFETIME,
  TOUCH_INTERVAL,
} from '../ports/session-store.ts'
import { type Bench, check, type Harness, MINUTE, type PortCase, storageCase } from './port-case.ts'

const HOUR = 60 * MINUTE

const identity: Identity = {
  connection: 'acme',
  protocol: 'oidc',
  issuer: 'https://idp.example',
  subject: 'user-1',
  email: 'user@acme.example',
  emailVerified: true,
  username: undefined,
  name: 'User Ünïcode 🚪 "quoted"',
  givenName: undefined,
  familyName: undefined,
  picture: undefined,
  groups: ['staff'],
}

const sessionOf = (sid: string | undefined): ProviderSession => ({
  protocol: 'oidc',
  sid,
  sealedIdToken: 'sealed',
})

/** A record as of now, after some changes. */
function recordOf({ clock }: Bench<SessionStore>, changes: Partial<SessionRecord> = {}): SessionRecord {
  const now = clock.now()
  return {
    id: randomId(32),
    userId: randomId(32),
    identity,
    providerSession: sessionOf(undefined),
    begunAt: now,
    createdAt: now,
    usedAt: now,
    idleUntil: now + HOUR,
    expiresAt: now + 12 * HOUR,
    ...changes,
  }
}

/** Whether a session is found. Uses it, as everything does that finds one. */
async function isFound({ port, clock }: Bench<SessionStore>, key: SessionKey): Promise<boolean> {
  return (await port.touch(key, clock.now() + HOUR)) !== undefined
}

/** A session and the groups it belongs to. */
function withGroups(bench: Bench<SessionStore>): { record: SessionRecord; groups: SessionGroup[] } {
  const connection = randomId(16)
  const sid = randomId(16)
  const record = recordOf(bench, {
    identity: { ...identity, connection, email: `User-${sid}@acme.example` },
    providerSession: sessionOf(sid),
  })
  const session = { by: 'provider-session', connection, issuer: identity.issuer, sid } as const
  const { userId } = record
  return {
    record,
    groups: [
      { by: 'user', userId },
      { by: 'connection', connection },
      { ...session, userId },
      { ...session, userId: undefined },
      { by: 'email', email: `user-${sid}@ACME.example` },
    ],
  }
}

/** The promises of {@link SessionStore}. */
export const sessionStoreSuite: readonly PortCase<Harness<SessionStore>>[] = [
  storageCase('finds what was saved, whole', async (bench) => {
    const groups = Array.from({ length: 1000 }, (_, i) => `group-${i}-${'x'.repeat(16)}`)
    const record = recordOf(bench, { identity: { ...identity, groups } })
    check((await bench.port.save(record)) === true, 'a record is kept')
    const found = await bench.port.touch(record, record.idleUntil)
    check(JSON.stringify(sorted(found)) === JSON.stringify(sorted(record)), 'it comes back to the letter')
    check(found?.identity.username === undefined, 'what was absent stays absent')
  }),

  storageCase('finds a session by user and id together only', async (bench) => {
    const record = recordOf(bench)
    await bench.port.save(record)
    check(!(await isFound(bench, recordOf(bench))), 'an unknown session is not found')
    check(!(await isFound(bench, { ...record, userId: randomId(32) })), 'nor that of another user')
    check((await bench.port.end({ ...record, userId: randomId(32) })) === undefined, 'nor ended')
    check(await isFound(bench, record), 'the session itself is found')
  }),

  storageCase('finds no session past its absolute end, however much it is used', async (bench) => {
    const record = recordOf(bench, { expiresAt: bench.clock.now() + 10 * MINUTE })
    await bench.port.save(record)
    bench.clock.advance(10 * MINUTE - 1)
    check(await isFound(bench, record), 'it is found until the last millisecond')
    bench.clock.advance(1)
    check(!(await isFound(bench, record)), 'and not after it')
    check((await bench.port.end(record)) === undefined, 'and counts as ended')
  }),

  storageCase('finds no session that was idle for too long, and puts the end off by use', async (bench) => {
    const [used, idle] = [recordOf(bench), recordOf(bench)]
    await bench.port.save(used)
    await bench.port.save(idle)
    bench.clock.advance(HOUR - MINUTE)
    const now = bench.clock.now()
    const touched = await bench.port.touch(used, now + HOUR)
    check(touched?.idleUntil === now + HOUR && touched.usedAt === now, 'a use is noted')
    bench.clock.advance(MINUTE)
    check(await isFound(bench, used), 'what was used is found')
    check(!(await isFound(bench, idle)), 'what was not used has ended')
    check(!(await isFound(bench, idle)), 'and asking for it does not bring it back')
  }),

  storageCase('notes a use when the last one is a minute old, and never an earlier end', async (bench) => {
    const record = recordOf(bench)
    await bench.port.save(record)
    bench.clock.advance(TOUCH_INTERVAL)
    const touched = await bench.port.touch(record, bench.clock.now() + HOUR)
    check(touched?.idleUntil === record.idleUntil + TOUCH_INTERVAL, 'a minute later it is noted')
    const earlier = await bench.port.touch(record, bench.clock.now() + MINUTE)
    check(earlier?.idleUntil === touched?.idleUntil, 'an earlier end does not replace a later one')
  }),

  storageCase('ends one session, and says which', async (bench) => {
    const [one, two] = [recordOf(bench), recordOf(bench)]
    await bench.port.save(one)
    await bench.port.save(two)
    const ended = await bench.port.end(one)
    check(ended?.id === one.id && ended.identity.email === one.identity.email, 'what was ended is returned')
    check(!(await isFound(bench, one)), 'it is not found again')
    check(await isFound(bench, two), 'the other one is')
    check((await bench.port.end(one)) === undefined, 'ending it twice is fine')
  }),

  storageCase('ends all sessions of a group, and no other', async (bench) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(bench)
      const [group] = groups.splice(index, 1)
      if (!group) throw new Error('there are five groups')
      const twin = { ...record, id: randomId(32) }
      const strangers = [
        recordOf(bench),
        recordOf(bench, {
          identity: { ...record.identity, email: undefined },
          providerSession: sessionOf('another'),
        }),
      ]
      for (const each of [record, twin, ...strangers]) await bench.port.save(each)
      const strangersOfGroup = group.by === 'connection' ? 1 : 0
      check((await bench.port.endAll(group)) === 2 + strangersOfGroup, `all by ${group.by} are counted`)
      check(!(await isFound(bench, record)) && !(await isFound(bench, twin)), `all by ${group.by} are ended`)
      check(await isFound(bench, strangers[0] as SessionRecord), 'nobody else is')
      check(
        (await isFound(bench, strangers[1] as SessionRecord)) === (group.by !== 'connection'),
        'colleagues only when their connection is',
      )
    }
  }),

  storageCase('keeps apart what only looks alike', async (bench) => {
    const { record, groups } = withGroups(bench)
    await bench.port.save(record)
    const { connection, issuer } = record.identity
    const sid = groups.flatMap((group) => ('sid' in group ? [group.sid] : []))[0] ?? ''
    const session = { by: 'provider-session', connection, issuer, sid, userId: undefined } as const
    const others: SessionGroup[] = [
      { ...session, issuer: `${issuer}/` },
      { ...session, connection: `${connection}x` },
      { ...session, sid: sid.toLowerCase() },
      { ...session, sid: '' },
      { ...session, userId: randomId(32) },
      { by: 'connection', connection: connection.slice(1) },
      { by: 'user', userId: connection },
      { by: 'email', email: `x${record.identity.email}` },
    ]
    for (const other of others) check((await bench.port.endAll(other)) === 0, 'another group is empty')
    check(await isFound(bench, record), 'the session goes on')
  }),

  storageCase('gives no session to a login that its end has overtaken', async (bench) => {
    for (const index of [0, 1, 2, 3, 4]) {
      const { record, groups } = withGroups(bench)
      bench.clock.advance(1)
      await bench.port.endAll(groups[index] as SessionGroup)
      const atOnce = { ...record, id: randomId(32), begunAt: bench.clock.now() }
      bench.clock.advance(MINUTE)
      check((await bench.port.save(record)) === false, 'a login that was begun before is refused')
      check(!(await isFound(bench, record)), 'and has no session')
      const later = { ...record, id: randomId(32), begunAt: bench.clock.now() }
      check((await bench.port.save(later)) === true, 'one that was begun after is not')
      check(await isFound(bench, later), 'and has its session')
      check((await bench.port.save(atOnce)) === true, 'nor one of the very same millisecond')
    }
  }),

  storageCase('lets no session slip through while its group is ended', async (bench) => {
    const { record, groups } = withGroups(bench)
    bench.clock.advance(1)
    const records = Array.from({ length: 40 }, () => ({ ...record, id: randomId(32) }))
    const saves = records.map((each) => bench.port.save(each))
    const ended = bench.port.endAll(groups[1] as SessionGroup)
    const late = records.map(({ id }) => bench.port.save({ ...record, id: `${id}-late` }))
    await Promise.all([...saves, ended, ...late])
    const found = await Promise.all(records.map((each) => isFound(bench, each)))
    check(!found.includes(true), 'none is found that was saved before')
    const foundLate = await Promise.all(
      records.map(({ id }) => isFound(bench, { ...record, id: `${id}-late` })),
    )
    check(!foundLate.includes(true), 'nor one that was saved meanwhile')
  }),

  storageCase('does not bring a session back that is used while it is ended', async (bench) => {
    const { record, groups } = withGroups(bench)
    await bench.port.save(record)
    bench.clock.advance(MINUTE)
    const uses = () => Array.from({ length: 20 }, () => isFound(bench, record))
    await Promise.all([...uses(), bench.port.endAll(groups[2] as SessionGroup), ...uses()])
    check(!(await isFound(bench, record)), 'it stays ended')
    check((await bench.port.list(groups[0] as SessionGroup)).length === 0, 'and is in no list')
  }),

  storageCase('keeps sessions, ends and tombstones over a restart', async (bench) => {
    const { record, groups } = withGroups(bench)
    bench.clock.advance(1)
    const [kept, ended] = [recordOf(bench), recordOf(bench)]
    await bench.port.save(kept)
    await bench.port.save(ended)
    await bench.port.end(ended)
    await bench.port.endAll(groups[3] as SessionGroup)
    const restarted = { ...bench, port: await bench.open() }
    check(await isFound(restarted, kept), 'a session survives a restart')
    check(!(await isFound(restarted, ended)), 'so does its end')
    check((await restarted.port.save(record)) === false, 'so does a tombstone')
  }),

  storageCase('removes what has expired, and nothing else', async (bench) => {
    const { record, groups } = withGroups(bench)
    await bench.port.save(record)
    await bench.port.save(recordOf(bench, { expiresAt: bench.clock.now() + MINUTE }))
    await bench.port.save(recordOf(bench, { idleUntil: bench.clock.now() + 2 * MINUTE }))
    check((await bench.purge()) === 3, 'nothing is removed early')
    bench.clock.advance(MINUTE)
    check((await bench.purge()) === 2, 'past its end a session is removed')
    bench.clock.advance(MINUTE)
    check((await bench.purge()) === 1, 'and when it was idle for too long')
    await bench.port.endAll(groups[0] as SessionGroup)
    check((await bench.purge()) === 1, 'a tombstone is kept')
    bench.clock.advance(TOMBSTONE_LIFETIME - 1)
    check((await bench.purge()) === 1, 'to the last millisecond')
    bench.clock.advance(1)
    check((await bench.purge()) === 0, 'and then removed')
  }),

  storageCase('lists the sessions of a group, page by page', async (bench) => {
    const { record, groups } = withGroups(bench)
    const total = SESSION_PAGE * 2 + 1
    const records = Array.from({ length: total }, () => ({
      ...record,
      id: randomId(32),
      userId: randomId(32),
    }))
    await Promise.all([recordOf(bench), ...records].map((each) => bench.port.save(each)))
    const listed: SessionRecord[] = []
    const sizes: number[] = []
    for (let page = 0; page < 4; page++) {
      const found = await bench.port.list(groups[1] as SessionGroup, listed.at(-1))
      sizes.push(found.length)
      listed.push(...found)
    }
    check(sizes.join() === `${SESSION_PAGE},${SESSION_PAGE},1,0`, 'pages are full but for the last one')
    const ids = new Set(listed.map(({ id }) => id))
    check(ids.size === total && records.every(({ id }) => ids.has(id)), 'each session is listed once')
    check(listed[0]?.identity.email === record.identity.email, 'with its record')
    bench.clock.advance(HOUR)
    check((await bench.port.list(groups[1] as SessionGroup)).length === 0, 'an expired one is not listed')
  }),
]

/** Members in one order, absent ones left out: storage may do both. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  )
}
