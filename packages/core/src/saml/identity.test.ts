import { describe, expect, it } from 'vitest'
import { samlConnectionWith } from '../../test/configured.ts'
import type { AttributeMapping } from '../config/connection.ts'
import { SsoError } from '../errors/index.ts'
import type { NameId } from '../ports/session-store.ts'
import type { Attribute } from './assertion.ts'
import { missingFrom, readIdentity } from './identity.ts'
import { knownAs } from './known-as.ts'
import type { ValidatedResponse } from './response.ts'
import { nameIdFormats } from './urns.ts'

interface Said {
  readonly attributes?: Readonly<Record<string, readonly (string | undefined)[]>>
  readonly friendly?: Readonly<Record<string, string>>
  readonly nameId?: Partial<NameId>
}

function assertionOf({ attributes = {}, friendly = {}, nameId = {} }: Said): ValidatedResponse['assertion'] {
  const name = { value: 'name-1', format: undefined, nameQualifier: undefined, spNameQualifier: undefined }
  const assertion = {
    nameId: { ...name, ...nameId },
    attributes: Object.entries(attributes).map(
      ([name, values]): Attribute => ({ name, friendlyName: friendly[name], values }),
    ),
  }
  return assertion as unknown as ValidatedResponse['assertion']
}

/** Reads what an assertion says, or the code and message of the refusal. */
function read(mapping: Partial<AttributeMapping>, said: Said, nameIdFormat?: string) {
  const base = samlConnectionWith()
  const connection = { ...base, nameIdFormat, attributes: { ...base.attributes, ...mapping } }
  try {
    const assertion = assertionOf(said)
    const known = knownAs(assertion.nameId, { entityId: connection.entityId, us: 'https://us.example' })
    return readIdentity(connection, { assertion } as ValidatedResponse, known)
  } catch (error) {
    if (error instanceof SsoError) return `${error.code}: ${error.message}`
    throw error
  }
}

const refused = expect.stringMatching(/^saml_attribute_invalid: /)

describe('who it is', () => {
  it('is somebody else by a name of another kind that reads the same', () => {
    const { entityId } = samlConnectionWith()
    const subjects = (names: readonly Partial<NameId>[]) =>
      new Set(names.map((nameId) => (read({}, { nameId }) as { subject: string }).subject))
    const { persistent, emailAddress, unspecified } = nameIdFormats
    expect(
      subjects([
        {},
        { format: persistent },
        { format: emailAddress },
        { format: persistent, nameQualifier: 'https://other.example' },
        { format: persistent, spNameQualifier: 'https://other.example' },
      ]).size,
    ).toBe(5)
    expect(subjects([{}, { format: unspecified }]).size).toBe(1)
    expect(subjects([{ format: persistent }, { format: persistent, nameQualifier: entityId }]).size).toBe(1)
  })

  it.each<[string, Partial<AttributeMapping>, Said, unknown]>([
    ['the NameID', {}, {}, { subject: 'name-1' }],
    ['what uid maps', { uid: ['uid'] }, { attributes: { uid: ['7'] } }, { subject: '7' }],
    ['the first that came', { uid: ['a', 'b'] }, { attributes: { b: ['7'] } }, { subject: '7' }],
    ['nobody where the uid is missing', { uid: ['uid'] }, {}, refused],
    [
      'nobody where it is empty, though another has a value',
      { uid: ['a', 'b'] },
      { attributes: { a: [' '], b: ['7'] } },
      refused,
    ],
    [
      'whom the first names, though another is empty',
      { uid: ['a', 'b'] },
      { attributes: { a: ['7'], b: [''] } },
      { subject: '7' },
    ],
    ['nobody where it has two values', { uid: ['a'] }, { attributes: { a: ['7', '8'] } }, refused],
    ['nobody where it is made of elements', { uid: ['a'] }, { attributes: { a: [undefined] } }, refused],
    [
      'nobody where white space stands around it',
      { uid: ['a'] },
      { attributes: { a: ['7\u00a0'] } },
      refused,
    ],
    ['nobody by a transient NameID', {}, { nameId: { format: nameIdFormats.transient } }, refused],
    [
      'whom a name says before whom a friendly name says',
      { uid: ['a', 'b'] },
      { attributes: { x: ['8'], b: ['7'] }, friendly: { x: 'a' } },
      { subject: '7' },
    ],
  ])('is %s', (_, mapping, said, outcome) => {
    const identity = read(mapping, said)
    if (typeof outcome === 'object' && 'subject' in (outcome as object))
      expect(identity).toMatchObject(outcome as object)
    else expect(identity).toEqual(outcome)
  })

  it('is nobody where the NameID is of another kind than was asked for', () => {
    const format = nameIdFormats.persistent
    expect(read({}, { nameId: { format } }, format)).toMatchObject({
      subject: expect.stringMatching(/^name-1\n/),
    })
    expect(read({}, { nameId: { format: nameIdFormats.unspecified } }, format)).toEqual(refused)
    expect(read({}, {}, format)).toEqual(refused)
    expect(read({ uid: ['a'] }, { attributes: { a: ['7'] } }, format)).toMatchObject({ subject: '7' })
  })
})

describe('the address', () => {
  const nameId = { value: 'user@acme.example', format: nameIdFormats.emailAddress }
  const mapping = { email: ['email'], emailVerified: ['verified'] }

  it.each<[string, Said, string | undefined, boolean | undefined]>([
    [
      'as mapped, said to be verified',
      { attributes: { email: ['a@x.example'], verified: ['Yes'] } },
      'a@x.example',
      true,
    ],
    [
      'as mapped, said not to be',
      { attributes: { email: ['a@x.example'], verified: ['no'] } },
      'a@x.example',
      false,
    ],
    [
      'as mapped, said to be nothing',
      { attributes: { email: ['a@x.example'], verified: [''] } },
      'a@x.example',
      false,
    ],
    [
      'as mapped, of which nothing is said',
      { attributes: { email: ['a@x.example'] } },
      'a@x.example',
      undefined,
    ],
    ['of the NameID', { nameId }, nameId.value, undefined],
    [
      'of the NameID, by a yes that is not about it',
      { nameId, attributes: { verified: ['true'] } },
      nameId.value,
      undefined,
    ],
    ['of the NameID, by a no', { nameId, attributes: { verified: ['false'] } }, nameId.value, false],
    ['none, where the NameID is of no such format', {}, undefined, undefined],
  ])('is %s', (_, said, email, emailVerified) => {
    expect(read(mapping, said)).toMatchObject({ email, emailVerified })
  })
})

describe('groups', () => {
  it('are taken as they are, from wherever they are', () => {
    const groups = ['staff', 'admins\u00a0', '\ufeffadmins']
    expect(read({}, { attributes: { groups } })).toMatchObject({ groups })
  })

  it('that look like another one on paper are not the other one', () => {
    expect(read({}, { attributes: { groups: ['admins '] } })).toMatchObject({ groups: ['admins '] })
  })
})

describe('what was looked for and did not come', () => {
  const nothing: AttributeMapping = {
    uid: [],
    username: [],
    email: [],
    emailVerified: [],
    name: [],
    givenName: [],
    familyName: [],
    picture: [],
    groups: [],
  }

  it.each<[string, Partial<AttributeMapping>, Said, string]>([
    ['nothing, where nothing is', {}, {}, ''],
    ['a name', { groups: ['memberOf'] }, { attributes: { groups: ['staff'] } }, 'memberOf'],
    ['all names of a list', { email: ['mail', 'email'], name: ['cn'] }, {}, 'mail, email, cn'],
    [
      'none of a list of which one came',
      { email: ['mail', 'email'] },
      { attributes: { email: ['a@b'] } },
      '',
    ],
    ['what came empty', { groups: ['a'] }, { attributes: { a: ['', ' '] } }, 'a'],
    ['nothing that came once beside an empty one', { groups: ['a'] }, { attributes: { a: ['', 'b'] } }, ''],
    [
      'nothing that came under its friendly name',
      { name: ['cn'] },
      { attributes: { 'urn:oid:2.5.4.3': ['A'] }, friendly: { 'urn:oid:2.5.4.3': 'cn' } },
      '',
    ],
  ])('is %s', (_, mapping, said, expected) => {
    const connection = samlConnectionWith({ attributes: { ...nothing, ...mapping } })
    expect(missingFrom(connection, assertionOf(said))).toBe(expected)
  })

  it('is no group where groups are left out', () => {
    const attributes = { ...nothing, groups: ['memberOf'], name: ['cn'] }
    const connection = samlConnectionWith({ attributes, synchronizesGroups: false })
    expect(missingFrom(connection, assertionOf({}))).toBe('cn')
  })
})
