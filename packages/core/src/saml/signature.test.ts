import { describe, expect, it } from 'vitest'
import { corpusCases, sharedFacts } from '../../test/saml-corpus/load.ts'
import { bytesOf } from '../../test/saml-corpus/outcome.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { createVerificationKey } from './keys.ts'
import { type UnverifiedElement, verifiedChild, verifySignature } from './signature.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'
import { parseXml } from './xml/reader.ts'
import { elementsOf, type XmlElement } from './xml/tree.ts'

// What a signature must be, the corpus says; here is what callers can get wrong.

const good = corpusCases.find(({ kind, name }) => kind === 'accept' && name === 'response-signed')
const xml = good ? new TextDecoder().decode(bytesOf(good)) : ''
const key = createVerificationKey(sharedFacts.certificates.current)
const keys = key ? [key] : []

function rootOf(text: string): UnverifiedElement {
  const document = parseXml(encodeUtf8(text), MESSAGE_LIMITS)
  return { document, element: document.root }
}

describe('a signature', () => {
  it('makes of the element that holds it a verified one', async () => {
    const unverified = rootOf(xml)
    expect((await verifySignature(unverified, keys)).element).toBe(unverified.element)
  })

  it('is missing where there is none', async () => {
    const unsigned = xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '')
    await expect(verifySignature(rootOf(unsigned), keys)).rejects.toMatchObject({
      code: 'saml_signature_missing',
    })
  })

  it('is refused where there are two, whoever looked before', async () => {
    const twice = xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '$&$&')
    await expect(verifySignature(rootOf(twice), keys)).rejects.toMatchObject({
      code: 'saml_signature_refused',
      message: 'the element has several signatures',
    })
  })
})

describe('what is within a verified element', () => {
  it('is verified where it is a child of it, and not where it is anything else', async () => {
    const verified = await verifySignature(rootOf(xml), keys)
    const child = elementsOf(verified.element).at(-1) as XmlElement
    const grandchild = elementsOf(child)[0] as XmlElement
    expect(verifiedChild(verified, child).element).toBe(child)
    expect(() => verifiedChild(verified, grandchild)).toThrow(TypeError)
    expect(() => verifiedChild(verified, rootOf(xml).element)).toThrow(TypeError)
  })
})
