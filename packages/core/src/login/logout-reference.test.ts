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

async function seal(of: Parameters<typeof sealLogoutReference>[0] = session) {
  const sealed = await sealLogoutReference(of, acme, at(0))
  if (!sealed) throw new Error('it does not fit into a URL')
  return sealed
}

it('gives back for two minutes what was sealed, and shows nothing of it', async () => {
  const sealed = await seal()
  expect(sealed.reference).toMatch(/^[\w-]+$/)
  expect(await openLogoutReference(sealed, acme, at(119_999))).toEqual(session)
  expect(await openLogoutReference(sealed, acme, at(120_000))).toBeUndefined()
})

it('opens for its own connection alone', async () => {
  expect(await openLogoutReference(await seal(), { id: 'other' }, at(0))).toBeUndefined()
})

it('opens in its own browser alone', async () => {
  const [sealed, other] = [await seal(), await seal()]
  for (const nonce of [undefined, '', other.nonce]) {
    expect(await openLogoutReference({ ...sealed, nonce }, acme, at(0))).toBeUndefined()
  }
})

it('holds nothing but what the identity provider is told', async () => {
  const sealed = await seal({ ...session, knownAs: session.nameId })
  expect(await openLogoutReference(sealed, acme, at(0))).toEqual(session)
})

it.each([undefined, '', 'x', 'A'.repeat(100)])('takes %j for none', async (reference) => {
  const { nonce } = await seal()
  expect(await openLogoutReference({ reference, nonce }, acme, at(0))).toBeUndefined()
})

it('is none where it would not fit into a URL', async () => {
  const nameId = { ...session.nameId, value: 'x'.repeat(4000) }
  expect(await sealLogoutReference({ ...session, nameId }, acme, at(0))).toBeUndefined()
})
