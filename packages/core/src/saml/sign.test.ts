import { beforeAll, describe, expect, it } from 'vitest'
import { generateKeyPair, spkiOf } from '../../test/key-pairs.ts'
import { messages } from '../../test/messages.ts'
import { decodeBase64, encodeBase64 } from '../encoding/base64.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { createVerificationKey } from './keys.ts'
import { signMessage } from './sign.ts'
import { verifySignature } from './signature.ts'
import type { KeyPair } from './sp-keys.ts'
import { NS } from './urns.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'
import { parseXml } from './xml/reader.ts'
import { element, writeXml } from './xml/writer.ts'

// That the signatures are what others take for valid is in test/oracles.

let keyPair: KeyPair
beforeAll(async () => {
  keyPair = await generateKeyPair()
})

describe.each(Object.entries(messages))('%s, signed', (_, message) => {
  it('is the message, with a signature behind the Issuer', async () => {
    const xml = await signMessage(message, keyPair)
    const signature = /<ds:Signature .*<\/ds:Signature>/.exec(xml)?.[0] ?? ''
    expect(xml.replace(signature, '')).toBe(writeXml(message))
    const { root } = parseXml(encodeUtf8(xml), MESSAGE_LIMITS)
    const names = root.children.map((child) => (typeof child === 'string' ? child : child.tag.localName))
    expect(names.slice(0, 2)).toEqual(['Issuer', 'Signature'])
  })

  it('has the digest of the message without its signature, and refers to it', async () => {
    const xml = await signMessage(message, keyPair)
    const digest = await crypto.subtle.digest('SHA-256', encodeUtf8(writeXml(message)))
    expect(xml).toContain(`<ds:DigestValue>${encodeBase64(new Uint8Array(digest))}</ds:DigestValue>`)
    expect(xml).toContain(`<ds:Reference URI="#${message.attributes['ID']}">`)
  })

  it('has a signature over SignedInfo that our certificate verifies', async () => {
    const xml = await signMessage(message, keyPair)
    const [, signedInfo = '', value = ''] =
      /<ds:SignedInfo>(.*)<\/ds:SignedInfo><ds:SignatureValue>(.*)<\/ds:SignatureValue>/.exec(xml) ?? []
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const key = await crypto.subtle.importKey('spki', spkiOf(keyPair), rsa, false, ['verify'])
    const signed = `<ds:SignedInfo xmlns:ds="${NS.ds}">${signedInfo}</ds:SignedInfo>`
    const signature = decodeBase64(value) ?? new Uint8Array()
    expect(await crypto.subtle.verify(rsa, key, signature, encodeUtf8(signed))).toBe(true)
  })
})

describe('signMessage', () => {
  it('takes nothing without an ID or an Issuer', async () => {
    const issuer = element('saml:Issuer', {}, ['https://sso.example.com'])
    for (const message of [
      element('samlp:LogoutRequest', {}, [issuer]),
      element('samlp:LogoutRequest', { ID: '_1' }),
    ]) {
      await expect(signMessage(message, keyPair)).rejects.toThrow('a message has an ID and an Issuer')
    }
  })

  it.each(Object.values(messages))('makes what our own verifier takes for signed', async (message) => {
    const document = parseXml(encodeUtf8(await signMessage(message, keyPair)), MESSAGE_LIMITS)
    const key = createVerificationKey(keyPair.certificate)
    if (!key) throw new Error('the key is not accepted')
    const verified = await verifySignature({ document, element: document.root }, [key])
    expect(verified.element).toBe(document.root)
  })

  it('says how it was made', async () => {
    const [message] = Object.values(messages)
    if (!message) throw new Error('there are no messages')
    const xml = await signMessage(message, keyPair)
    const algorithms = [...xml.matchAll(/<ds:(\w+) Algorithm="http:\/\/www\.w3\.org\/([^"]*)"/g)]
    expect(algorithms.map(([, name, uri]) => `${name} ${uri}`)).toEqual([
      'CanonicalizationMethod 2001/10/xml-exc-c14n#',
      'SignatureMethod 2001/04/xmldsig-more#rsa-sha256',
      'Transform 2000/09/xmldsig#enveloped-signature',
      'Transform 2001/10/xml-exc-c14n#',
      'DigestMethod 2001/04/xmlenc#sha256',
    ])
  })

  it('names the certificate', async () => {
    const [message] = Object.values(messages)
    if (!message) throw new Error('there are no messages')
    expect(await signMessage(message, keyPair)).toContain(
      `<ds:X509Certificate>${keyPair.certificate}</ds:X509Certificate>`,
    )
  })

  it('signs nothing that has no ID or no Issuer', async () => {
    const issuer = element('saml:Issuer', {}, ['us'])
    await expect(signMessage(element('samlp:X', {}, [issuer]), keyPair)).rejects.toThrow(TypeError)
    await expect(signMessage(element('samlp:X', { ID: '_1' }), keyPair)).rejects.toThrow(TypeError)
  })
})
