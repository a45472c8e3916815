import { describe, expect, it } from 'vitest'
import type { NameId, SessionGroup } from '../../ports/session-store.ts'
import { brokenPromisesOf } from '../complaints.ts'
import { namingCases } from './naming.ts'
import { disguised, endEach, type SpoiledStore, spoiledBy } from './spoiled.ts'

type ByName = Extract<SessionGroup, { by: 'name-id' }>

const asked = (name: string, change: (group: ByName) => Partial<ByName>): SpoiledStore => [
  name,
  (good) => ({
    endAll: (group) => good.endAll(group.by === 'name-id' ? { ...group, ...change(group) } : group),
  }),
]

/** A store that takes two NameIDs for one. */
const blurred = (name: string, blur: (nameId: NameId) => Partial<NameId>): SpoiledStore => [
  name,
  (good) => {
    const blurredNameId = (nameId: NameId): NameId => ({ ...nameId, ...blur(nameId) })
    const hidden = disguised(good, ({ providerSession: session }) => ({
      providerSession:
        session.protocol === 'saml' ? { ...session, nameId: blurredNameId(session.nameId) } : session,
    }))
    return {
      ...hidden,
      endAll: (group) =>
        hidden.endAll(group.by === 'name-id' ? { ...group, nameId: blurredNameId(group.nameId) } : group),
    }
  },
]

/** Stores that are good but for one promise. */
const stores: SpoiledStore[] = [
  [
    'ends nothing by a NameID',
    (good) => ({ endAll: async (group) => (group.by === 'name-id' ? 0 : good.endAll(group)) }),
  ],
  [
    'lists nothing by a NameID',
    (good) => ({ list: async (group) => (group.by === 'name-id' ? [] : good.list(group)) }),
  ],
  asked('ends all of a person for one session', () => ({ sessionIndex: undefined })),
  asked('ends one of a person for all', ({ sessionIndex }) => ({ sessionIndex: sessionIndex ?? '_2' })),
  asked('takes an empty index for none', ({ sessionIndex }) => ({ sessionIndex: sessionIndex || undefined })),
  asked('takes issuers that differ by a slash for one', ({ issuer }) => ({
    issuer: issuer.replace(/\/$/, ''),
  })),
  [
    'ends the whole connection',
    (good) => ({
      endAll: (group) =>
        good.endAll(group.by === 'name-id' ? { by: 'connection', connection: group.connection } : group),
    }),
  ],
  blurred('does not tell capitals of a NameID apart', ({ value }) => ({ value: value.toLowerCase() })),
  blurred('trims a NameID', ({ value }) => ({ value: value.trim() })),
  blurred('does not look at the format', () => ({ format: undefined })),
  blurred('takes a qualifier that is empty for none', ({ nameQualifier }) => ({
    nameQualifier: nameQualifier || undefined,
  })),
  blurred('takes a qualifier that is the text null for none', ({ nameQualifier }) => ({
    nameQualifier: nameQualifier === 'null' ? undefined : nameQualifier,
  })),
  blurred('does not look at the SPNameQualifier', () => ({ spNameQualifier: undefined })),
  blurred('takes one qualifier for the other', ({ nameQualifier, spNameQualifier }) => ({
    nameQualifier: nameQualifier ?? spNameQualifier,
    spNameQualifier: undefined,
  })),
  [
    'remembers no end by a NameID',
    (good) => ({
      endAll: (group) => (group.by === 'name-id' ? endEach(good, group) : good.endAll(group)),
    }),
  ],
  [
    'remembers no end of one session of a NameID',
    (good) => ({
      endAll: (group) =>
        group.by === 'name-id' && group.sessionIndex !== undefined
          ? endEach(good, group)
          : good.endAll(group),
    }),
  ],
]

describe('the suite of the session store, on what SAML calls people', () => {
  it.each(stores)('notices one that %s', async (_, spoil) => {
    expect(await brokenPromisesOf(namingCases, spoiledBy(spoil))).not.toEqual([])
  })
})
