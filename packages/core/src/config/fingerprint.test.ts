import { expect, it } from 'vitest'
import { connectionWith } from '../../test/configured.ts'
import { Secret } from '../encoding/secret.ts'
import type { OidcConnection } from './connection.ts'
import { fingerprintOf } from './fingerprint.ts'

const changes: Partial<OidcConnection>[] = [
  { id: 'other' },
  { name: 'Other' },
  { emailDomains: ['acme.example'] },
  { weight: 11 },
  { serverUrl: 'https://other.example' },
  { clientId: 'client-2' },
  { clientAuthentication: 'client_secret_post' },
  { pkce: false },
]

it.each(changes)('changes with %j', async (change) => {
  expect(await fingerprintOf(connectionWith(change))).not.toBe(await fingerprintOf(connectionWith()))
})

it('tests a change of every setting but the protocol and the secret', () => {
  const settings = Object.keys(connectionWith()).filter((key) => !['protocol', 'clientSecret'].includes(key))
  expect(changes.flatMap((change) => Object.keys(change)).sort()).toEqual(settings.sort())
})

it('stays the same when only the secret is replaced', async () => {
  const replaced = connectionWith({ clientSecret: new Secret('another secret') })
  expect(await fingerprintOf(replaced)).toBe(await fingerprintOf(connectionWith()))
})

it('is the same for the same configuration read again, and the next time', async () => {
  const connection = connectionWith()
  const first = await fingerprintOf(connection)
  expect(await fingerprintOf(connection)).toBe(first)
  expect(await fingerprintOf(connectionWith())).toBe(first)
})

it('is short and safe in a key', async () => {
  expect(await fingerprintOf(connectionWith())).toMatch(/^[A-Za-z0-9_-]{22}$/)
})
