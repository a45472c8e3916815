import { expect, it } from 'vitest'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { openLogoutReference, sealLogoutReference } from './logout-reference.ts'

const sealer = createSealer([new Secret('a secret for tests, not for anything else')])
const acme = { id: 'acme' }
const at = (now: number) => ({ now, sealer })
const session = {
  protocol: 'saml',
  sessionIndex: '_1',
  nameId: { value: 'Zoë', format: 'urn:x', nameQualifier: 'q', spNameQualifier: 'sp' },
} as const

it('gives back for two minutes what was sealed, and shows nothing of it', async () => {
  const reference = (await sealLogoutReference(session, acme, at(0))) ?? ''
  expect(reference).toMatch(/^[\w-]+$/)
  expect(await openLogoutReference(reference, acme, at(119_999))).toEqual(session)
  expect(await openLogoutReference(reference, acme, at(120_000))).toBeUndefined()
})

it('opens for its own connection alone', async () => {
  const reference = await sealLogoutReference(session, acme, at(0))
  expect(await openLogoutReference(reference, { id: 'other' }, at(0))).toBeUndefined()
})

it.each([undefined, '', 'x', 'A'.repeat(100)])('takes %j for none', async (reference) => {
  expect(await openLogoutReference(reference, acme, at(0))).toBeUndefined()
})

it('is none where it would not fit into a URL', async () => {
  const nameId = { ...session.nameId, value: 'x'.repeat(4000) }
  expect(await sealLogoutReference({ ...session, nameId }, acme, at(0))).toBeUndefined()
})
