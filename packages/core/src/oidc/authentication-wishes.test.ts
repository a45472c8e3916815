import { expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import { createScenario, urlOf } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { callbackUrl } from '../config/urls.ts'

interface Wishes {
  readonly loginHint?: string
  readonly forceLogin?: boolean
}

/** What a browser takes along to the provider. */
async function askedWith(
  wishes: Wishes,
  changes: Partial<OidcConnection> = {},
  issuer = 'https://idp.example',
): Promise<URLSearchParams> {
  const { connection, protocol } = await createScenario({ connection: changes, provider: { issuer } })
  const { departure } = await protocol.begin({
    connection,
    baseUrl,
    answerUrl: callbackUrl(connection, baseUrl),
    transactionId: 'a'.repeat(22),
    loginHint: wishes.loginHint,
    forceLogin: wishes.forceLogin ?? false,
  })
  return urlOf(departure).searchParams
}

it('who the person says they are is taken along, and stays within its parameter', async () => {
  const asked = await askedWith({ loginHint: 'user+1@acme.example&prompt=none' })
  expect(asked.getAll('login_hint')).toEqual(['user+1@acme.example&prompt=none'])
  expect(asked.has('prompt')).toBe(false)
})

it('a person who is to sign in anew is asked to', async () => {
  expect((await askedWith({ forceLogin: true })).getAll('prompt')).toEqual(['login'])
  expect((await askedWith({})).has('prompt')).toBe(false)
})

it('at Google it is asked which account, in the one word for it that Google knows', async () => {
  const serverUrl = 'https://accounts.google.com'
  const asked = await askedWith({ forceLogin: true }, { serverUrl }, serverUrl)
  expect(asked.getAll('prompt')).toEqual(['select_account'])
})

it('the resource that tokens are for is named, where one is configured', async () => {
  const resource = 'urn:microsoft:userinfo'
  expect((await askedWith({}, { resource })).getAll('resource')).toEqual([resource])
  expect((await askedWith({})).has('resource')).toBe(false)
})
