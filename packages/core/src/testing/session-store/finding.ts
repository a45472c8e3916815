import { randomId } from '../../encoding/random.ts'
import { type ProviderSession, type SessionRecord, TOUCH_INTERVAL } from '../../ports/session-store.ts'
import { check, MINUTE, storageCase, unique } from '../port-case.ts'
import { HOUR, identity, isFound, recordOf, type StoreCase } from './store-case.ts'

/** What is found, and until when. */
export const findingCases: readonly StoreCase[] = [
  storageCase('finds what was saved, whole', async (fixture) => {
    const groups = Array.from({ length: 1000 }, (_, i) => `group-${i}-${'x'.repeat(16)}`)
    for (const providerSession of oneOfEachProtocol) {
      const { protocol } = providerSession
      const record = recordOf(fixture, { identity: { ...identity, protocol, groups }, providerSession })
      check((await fixture.port.save(record)) === true, 'a record is kept')
      const found = await fixture.port.touch(record, record.idleUntil)
      check(isSame(found, record), `that of ${protocol} comes back to the letter`)
      check(found?.identity.username === undefined, 'what was absent stays absent')
    }
  }),

  storageCase('finds a session by user and id together only, to the letter', async (fixture) => {
    const record = recordOf(fixture, { id: unique('Id'), userId: unique('User') })
    const { id, userId } = record
    await fixture.port.save(record)
    const others = [
      recordOf(fixture),
      { id, userId: randomId(32) },
      { id, userId: userId.toLowerCase() },
      { id: id.toLowerCase(), userId },
      { id: userId, userId: id },
    ]
    for (const other of others) {
      check(!(await isFound(fixture, other)), 'neither an unknown session is found nor that of another user')
      check((await fixture.port.end(other)) === undefined, 'nor ended')
    }
    check(await isFound(fixture, record), 'the session itself is found')
  }),

  storageCase('finds no session past its absolute end, however much it is used', async (fixture) => {
    const record = recordOf(fixture, { expiresAt: fixture.clock.now() + 10 * MINUTE })
    await fixture.port.save(record)
    fixture.clock.advance(10 * MINUTE - 1)
    check(await isFound(fixture, record), 'it is found until the last millisecond')
    fixture.clock.advance(1)
    check(!(await isFound(fixture, record)), 'and not after it')
    check((await fixture.port.end(record)) === undefined, 'and counts as ended')
    check((await fixture.port.endAll({ by: 'user', userId: record.userId })) === 0, 'with its group too')
  }),

  storageCase('finds no session that was idle for too long, and puts the end off by use', async (fixture) => {
    const [used, idle] = [recordOf(fixture), recordOf(fixture)]
    await fixture.port.save(used)
    await fixture.port.save(idle)
    fixture.clock.advance(HOUR - MINUTE)
    const now = fixture.clock.now()
    const touched = await fixture.port.touch(used, now + HOUR)
    check(touched?.idleUntil === now + HOUR && touched.usedAt === now, 'a use is noted')
    fixture.clock.advance(MINUTE)
    check(await isFound(fixture, used), 'what was used is found')
    check(!(await isFound(fixture, idle)), 'what was not used has ended')
    check(!(await isFound(fixture, idle)), 'and asking for it does not bring it back')
    check((await fixture.port.endAll({ by: 'user', userId: idle.userId })) === 0, 'nor is it there to end')
  }),

  storageCase('notes a use when the last one is a minute old, and never an earlier end', async (fixture) => {
    const record = recordOf(fixture)
    await fixture.port.save(record)
    fixture.clock.advance(TOUCH_INTERVAL)
    const touched = await fixture.port.touch(record, fixture.clock.now() + HOUR)
    check(touched?.idleUntil === record.idleUntil + TOUCH_INTERVAL, 'a minute later it is noted')
    const earlier = await fixture.port.touch(record, fixture.clock.now() + MINUTE)
    check(earlier?.idleUntil === touched?.idleUntil, 'an earlier end does not replace a later one')
  }),
]

const oneOfEachProtocol: readonly ProviderSession[] = [
  { protocol: 'oidc', sid: 'Sid "1"', sealedIdToken: 'sealed' },
  {
    protocol: 'saml',
    sessionIndex: '_Index <1> ',
    nameId: {
      value: ' Üser-1 ',
      format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      nameQualifier: 'https://idp.example/Metadata?a=1&b=2',
      spNameQualifier: 'https://sso.example.com/saml/Äcme',
    },
  },
  { protocol: 'social' },
]

function isSame(found: SessionRecord | undefined, saved: SessionRecord): boolean {
  return JSON.stringify(sorted(found)) === JSON.stringify(sorted(saved))
}

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
