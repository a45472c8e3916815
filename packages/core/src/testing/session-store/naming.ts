import { randomId } from '../../encoding/random.ts'
import type { NameId, SessionGroup, SessionRecord } from '../../ports/session-store.ts'
import { check, storageCase } from '../port-case.ts'
import { identity, isFound, recordOf, type StoreCase, type StoreFixture, twinOf } from './store-case.ts'

/** What a SAML identity provider ends: the sessions of a person, by the name that it has for them. */
export const namingCases: readonly StoreCase[] = [
  storageCase('ends the sessions of a NameID: one by its SessionIndex, or all of them', async (fixture) => {
    const person = somebody(fixture)
    const [one, two, unnamed] = [person.session('_1'), person.session('_2'), person.session(undefined)]
    const twin = twinOf(one)
    const stranger = somebody(fixture, { value: person.nameId.value }).session('_1')
    const all = [one, twin, two, unnamed, stranger]
    for (const each of all) await fixture.port.save(each)
    check((await fixture.port.list(person.group('_1'))).length === 2, 'those with an index are listed')
    check((await fixture.port.endAll(person.group('_1'))) === 2, 'and ended')
    const found = () => Promise.all(all.map((each) => isFound(fixture, each)))
    check((await found()).join() === 'false,false,true,true,true', 'the others go on')
    check((await fixture.port.endAll(person.group(undefined))) === 2, 'all of the person are ended')
    check((await found()).join() === 'false,false,false,false,true', 'those without an index too')
  }),

  storageCase('ends no session of a NameID that only looks alike', async (fixture) => {
    const person = somebody(fixture)
    const session = person.session('_1')
    await fixture.port.save(session)
    const group = person.group('_1')
    const { nameId } = person
    const names: readonly NameId[] = [
      { ...nameId, value: nameId.value.toLowerCase() },
      { ...nameId, value: `${nameId.value} ` },
      { ...nameId, format: undefined },
      { ...nameId, format: nameId.format?.toUpperCase() },
      { ...nameId, nameQualifier: '' },
      { ...nameId, nameQualifier: 'null' },
      { ...nameId, spNameQualifier: undefined },
      { ...nameId, nameQualifier: nameId.spNameQualifier, spNameQualifier: undefined },
    ]
    const others: SessionGroup[] = [
      ...names.flatMap((name): SessionGroup[] => [
        { ...group, nameId: name },
        { ...group, nameId: name, sessionIndex: undefined },
      ]),
      { ...group, connection: `${group.connection}x` },
      { ...group, issuer: `${group.issuer}/` },
      { ...group, sessionIndex: '_10' },
      { ...group, sessionIndex: '' },
    ]
    for (const other of others) check((await fixture.port.endAll(other)) === 0, 'another group is empty')
    check(await isFound(fixture, session), 'the session goes on')
    const later = person.session('_1')
    check((await fixture.port.save(later)) === true, 'and a login of the person is let in')
    check((await fixture.port.endAll(group)) === 2, 'until they are ended by their own name')
  }),

  storageCase('gives no session to a login that the end of its NameID has overtaken', async (fixture) => {
    for (const sessionIndex of ['_1', undefined]) {
      const person = somebody(fixture)
      const [overtaken, other] = [person.session('_1'), person.session('_2')]
      fixture.clock.advance(1)
      await fixture.port.endAll(person.group(sessionIndex))
      check((await fixture.port.save(overtaken)) === false, 'it is refused')
      const isAll = sessionIndex === undefined
      check((await fixture.port.save(other)) === !isAll, 'one with another index when all were ended')
      const later = { ...twinOf(overtaken), begunAt: fixture.clock.now() }
      check((await fixture.port.save(later)) === true, 'one that was begun after is not')
    }
  }),

  storageCase('finds the sessions of a NameID after a restart', async (fixture) => {
    const person = somebody(fixture)
    await fixture.port.save(person.session('_1'))
    const restarted = await fixture.open()
    check((await restarted.endAll(person.group(undefined))) === 1, 'they are ended then')
  }),
]

/** Somebody at an identity provider of their own, and what is theirs. */
function somebody(fixture: StoreFixture, changes: Partial<NameId> = {}) {
  const connection = randomId(16)
  const nameId: NameId = {
    value: `Name-${randomId(16)}`,
    format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    nameQualifier: undefined,
    spNameQualifier: 'https://sso.example.com/saml',
    ...changes,
  }
  return {
    nameId,
    session: (sessionIndex: string | undefined): SessionRecord =>
      recordOf(fixture, {
        identity: { ...identity, protocol: 'saml', connection },
        providerSession: { protocol: 'saml', sessionIndex, nameId },
      }),
    group: (sessionIndex: string | undefined) =>
      ({ by: 'name-id', connection, issuer: identity.issuer, nameId, sessionIndex }) as const,
  }
}
