import { expect, it } from 'vitest'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import type { SessionRecord } from '../ports/session-store.ts'
import { newRecord } from '../session/record.ts'
import { beginningWith, recordWith } from '../testing/people.ts'
import { openLogoutReference, sealLogoutReference } from './logout-reference.ts'

const sealer = createSealer([new Secret('a secret for tests, not for anything else')])
const acme = { id: 'acme', protocol: 'saml' } as const
const at = (now: number) => ({ now, sealer })
const nameId = { value: 'Zoë', format: 'urn:x', nameQualifier: 'q', spNameQualifier: 'sp' } as const
const session = { protocol: 'saml', sessionIndex: '_1', nameId } as const
const said = { ...session, issuer: 'https://idp.example' }

async function seal(of: SessionRecord = recordWith(0, { providerSession: session })) {
  const sealed = await sealLogoutReference(of, at(0))
  if (!sealed) throw new Error('it does not fit into a URL')
  return sealed
}

it('gives back for two minutes what was sealed, and shows nothing of it', async () => {
  const sealed = await seal()
  expect(sealed.reference).toMatch(/^[\w-]+$/)
  expect(await openLogoutReference(sealed, acme, at(119_999))).toEqual(said)
  expect(await openLogoutReference(sealed, acme, at(120_000))).toBeUndefined()
})

it('opens for its own connection alone, and while that is of the same protocol', async () => {
  expect(await openLogoutReference(await seal(), { ...acme, id: 'other' }, at(0))).toBeUndefined()
  expect(await openLogoutReference(await seal(), { ...acme, protocol: 'oidc' }, at(0))).toBeUndefined()
})

it('opens in its own browser alone', async () => {
  const [sealed, other] = [await seal(), await seal()]
  for (const nonce of [undefined, '', other.nonce]) {
    expect(await openLogoutReference({ ...sealed, nonce }, acme, at(0))).toBeUndefined()
  }
})

it('holds nothing but what the identity provider is told', async () => {
  const sealed = await seal(recordWith(0, { providerSession: { ...session, knownAs: nameId } }))
  expect(await openLogoutReference(sealed, acme, at(0))).toEqual(said)
})

it('holds the ID Token of a login, the longest that is kept too', async () => {
  const idToken = 'x'.repeat(5120)
  const providerSession = { protocol: 'oidc', sid: 'sid-1', idToken: new Secret(idToken) } as const
  const sealed = await seal(await newRecord(beginningWith(0, { providerSession }), 0, sealer))
  const of = { ...acme, protocol: 'oidc' } as const
  expect(await openLogoutReference(sealed, of, at(0))).toEqual({
    protocol: 'oidc',
    issuer: 'https://idp.example',
    idToken,
  })
  // The headers of a request, cookies included, are 16 KiB at most where we run.
  expect(sealed.reference.length).toBeLessThan(8 * 1024)
})

it('is there without an ID Token, where none was kept', async () => {
  const of = { ...acme, protocol: 'oidc' } as const
  expect(await openLogoutReference(await seal(recordWith(0)), of, at(0))).toEqual({
    protocol: 'oidc',
    issuer: 'https://idp.example',
  })
})

it.each([undefined, '', 'x', 'A'.repeat(100)])('takes %j for none', async (reference) => {
  const { nonce } = await seal()
  expect(await openLogoutReference({ reference, nonce }, acme, at(0))).toBeUndefined()
})

it('is none where it would not fit into a URL, or there is no logout', async () => {
  const long = { ...session, nameId: { ...nameId, value: 'x'.repeat(8000) } }
  expect(await sealLogoutReference(recordWith(0, { providerSession: long }), at(0))).toBeUndefined()
  const social = recordWith(0, { providerSession: { protocol: 'social' } })
  expect(await sealLogoutReference(social, at(0))).toBeUndefined()
})
