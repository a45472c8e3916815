import { beforeAll, describe, expect, it } from 'vitest'
import { generateKeyPair, spkiOf } from '../../test/key-pairs.ts'
import { messages } from '../../test/messages.ts'
import { decodeBase64 } from '../encoding/base64.ts'
import { decodeUtf8, encodeUtf8 } from '../encoding/bytes.ts'
import { postForm, redirectUrl, sendMessage } from './bindings.ts'
import { readPostMessage, readRedirectMessage } from './incoming-bindings.ts'
import type { KeyPair } from './sp-keys.ts'
import { writeXml } from './xml/writer.ts'

const xml = '<a>ä & "b"</a>'
const message = { parameter: 'SAMLRequest', xml } as const
const location = 'https://idp.example/sso'

let keyPair: KeyPair
beforeAll(async () => {
  keyPair = await generateKeyPair()
})

async function isSignedByUs(text: string, signature: string): Promise<boolean> {
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('spki', spkiOf(keyPair), rsa, false, ['verify'])
  return crypto.subtle.verify(rsa, key, decodeBase64(signature) ?? new Uint8Array(), encodeUtf8(text))
}

describe('a redirect', () => {
  it('carries the message compressed, and RelayState as it is', async () => {
    const url = await redirectUrl({ location, message, relayState: 'R', keyPair: undefined })
    expect(url.href).toMatch(/^https:\/\/idp\.example\/sso\?SAMLRequest=[\w%]+&RelayState=R$/)
    const read = await readRedirectMessage(url.search)
    expect({ ...read, unverifiedXml: decodeUtf8(read.unverifiedXml) }).toEqual({
      parameter: 'SAMLRequest',
      unverifiedXml: xml,
      relayState: 'R',
    })
  })

  it('has no RelayState when there is none', async () => {
    const url = await redirectUrl({ location, message, relayState: undefined, keyPair })
    expect([...url.searchParams.keys()]).toEqual(['SAMLRequest', 'SigAlg', 'Signature'])
  })

  it.each([
    'https://idp.example/sso?tenant=1',
    'https://idp.example/sso?tenant=1#there',
    'https://idp.example/sso?',
  ])('keeps the query of %s, and nothing of a fragment', async (address) => {
    const url = await redirectUrl({ location: address, message, relayState: 'R', keyPair: undefined })
    const own = address.includes('tenant') ? ['tenant'] : []
    expect([...url.searchParams.keys()]).toEqual([...own, 'SAMLRequest', 'RelayState'])
    expect(url.hash).toBe('')
  })

  it('is signed over the very characters that are sent, in the order of the standard', async () => {
    const relayState = ' !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~\u00e4\u{1f511}'
    const url = await redirectUrl({ location: `${location}?tenant=1`, message, relayState, keyPair })
    const [sent = '', signature = ''] = new URL(url.href).search.slice(1).split('&Signature=')
    expect(sent).toMatch(
      /^tenant=1&SAMLRequest=[\w%]+&RelayState=[^&]+&SigAlg=http%3A%2F%2Fwww\.w3\.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256$/,
    )
    expect(await isSignedByUs(sent.replace('tenant=1&', ''), decodeURIComponent(signature))).toBe(true)
    expect(url.searchParams.get('RelayState')).toBe(relayState)
  })
})

describe('a form', () => {
  it('carries the message in base64', () => {
    const form = postForm({ location: 'https://idp.example/sso?a=1', message, relayState: 'R' })
    expect(form).toEqual({
      kind: 'form',
      action: new URL('https://idp.example/sso?a=1'),
      fields: { SAMLRequest: expect.stringMatching(/^[\w+/]+=*$/), RelayState: 'R' },
    })
    const read = readPostMessage(new URLSearchParams(form.fields))
    expect(decodeUtf8(read.unverifiedXml)).toBe(xml)
    expect(read).toMatchObject({ parameter: 'SAMLRequest', relayState: 'R' })
  })

  it('has no RelayState when there is none', () => {
    expect(postForm({ location, message, relayState: undefined }).fields).toEqual({
      SAMLRequest: expect.any(String),
    })
  })
})

describe('a message that is sent', () => {
  const [logout] = Object.values(messages)
  if (!logout) throw new Error('there are no messages')
  const sending = { location, parameter: 'SAMLResponse', message: logout, relayState: 'R' } as const

  it('by redirect is signed outside', async () => {
    const sent = await sendMessage({ ...sending, binding: 'redirect', keyPair })
    if (sent.kind !== 'redirect') throw new Error('it is a form')
    expect(sent.url.searchParams.has('Signature')).toBe(true)
    const { unverifiedXml } = await readRedirectMessage(sent.url.search)
    expect(decodeUtf8(unverifiedXml)).toBe(writeXml(logout))
  })

  it('by post is signed inside', async () => {
    const sent = await sendMessage({ ...sending, binding: 'post', keyPair })
    if (sent.kind !== 'form') throw new Error('it is a redirect')
    expect(Object.keys(sent.fields)).toEqual(['SAMLResponse', 'RelayState'])
    const { unverifiedXml } = readPostMessage(new URLSearchParams(sent.fields))
    expect(decodeUtf8(unverifiedXml)).toContain('</saml:Issuer><ds:Signature ')
  })

  it('without a key goes unsigned', async () => {
    const redirect = await sendMessage({ ...sending, binding: 'redirect', keyPair: undefined })
    const form = await sendMessage({ ...sending, binding: 'post', keyPair: undefined })
    if (redirect.kind !== 'redirect' || form.kind !== 'form') throw new Error('they are mixed up')
    expect([...redirect.url.searchParams.keys()]).toEqual(['SAMLResponse', 'RelayState'])
    const { unverifiedXml } = readPostMessage(new URLSearchParams(form.fields))
    expect(decodeUtf8(unverifiedXml)).toBe(writeXml(logout))
  })
})
