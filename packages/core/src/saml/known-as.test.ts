import { expect, it } from 'vitest'
import type { NameId } from '../ports/session-store.ts'
import { knownAs } from './known-as.ts'
import { nameIdFormats } from './urns.ts'

const parties = { entityId: 'https://idp.example', us: 'https://sso.example.com/metadata' }
const bare: NameId = { value: 'x', format: undefined, nameQualifier: undefined, spNameQualifier: undefined }
const whole = { nameQualifier: parties.entityId, spNameQualifier: parties.us }

it.each(['persistent', 'transient'] as const)(
  'takes a %s name with the qualifiers that go without saying for the same',
  (kind) => {
    const name = { ...bare, format: nameIdFormats[kind] }
    expect(knownAs({ ...name, ...whole }, parties)).toEqual(name)
    expect(knownAs(name, parties)).toEqual(name)
  },
)

it.each(['persistent', 'transient'] as const)('keeps %s names of others apart', (kind) => {
  const name = { ...bare, format: nameIdFormats[kind] }
  for (const other of [
    { nameQualifier: 'https://other.example' },
    { nameQualifier: '' },
    { spNameQualifier: 'https://other.example' },
    { nameQualifier: parties.us, spNameQualifier: parties.entityId },
  ]) {
    expect(knownAs({ ...name, ...other }, parties)).toEqual({ ...name, ...other })
  }
})

it('takes no format and the unspecified one for the same', () => {
  expect(knownAs({ ...bare, format: nameIdFormats.unspecified }, parties)).toEqual(bare)
})

it.each([undefined, nameIdFormats.emailAddress, 'urn:example:format'])(
  'leaves out what says nothing where the format is %s',
  (format) => {
    const other = { nameQualifier: 'https://other.example', spNameQualifier: 'x' }
    expect(knownAs({ ...bare, format, ...other }, parties)).toEqual({ ...bare, format })
  },
)
