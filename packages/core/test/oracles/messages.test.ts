import { inflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { redirectUrl } from '../../src/saml/bindings.ts'
import { signMessage } from '../../src/saml/sign.ts'
import { writeXml } from '../../src/saml/xml/writer.ts'
import { generateKeyPair } from '../key-pairs.ts'
import { messages } from '../messages.ts'
import { ask, certificateFile, file, schemaProblems } from './programs.ts'

const keyPair = await generateKeyPair()
const otherPair = await generateKeyPair()

const ours = certificateFile(keyPair.certificate)
const another = certificateFile(otherPair.certificate)

/** Every kind of message, as itself and as its root is called. */
const cases = Object.entries(messages).map(([name, message]) => ({ name, message, root: message.name }))

describe.each(cases)('$name', ({ message, root }) => {
  it('is valid by the schema of SAML, signed or not', async () => {
    for (const xml of [writeXml(message), await signMessage(message, keyPair)]) {
      expect(schemaProblems('protocol', xml)).toBe('')
    }
  })

  it('is still in canonical form when it is signed', async () => {
    const xml = await signMessage(message, keyPair)
    expect(ask('xmllint', ['--nonet', '--exc-c14n', '-'], xml).output).toBe(xml)
  })

  it('has a signature that xmlsec1 verifies, with our key alone and while nothing is changed', async () => {
    const xml = await signMessage(message, keyPair)
    const verify = (text: string, certificate: string) =>
      ask('xmlsec1', [
        '--verify',
        '--enabled-key-data',
        'rsa',
        '--id-attr:ID',
        root.replace(/^samlp/, 'urn:oasis:names:tc:SAML:2.0:protocol'),
        '--pubkey-cert-pem',
        certificate,
        file(text),
      ])
    expect(verify(xml, ours)).toMatchObject({ isContent: true, complaints: expect.stringContaining('OK') })
    expect(verify(xml, another).isContent).toBe(false)
    for (const changed of [
      xml.replace('metadata/', 'metadatA/'),
      xml.replace('Version="2.0"', 'Version="2.1"'),
    ]) {
      expect(changed).not.toBe(xml)
      expect(verify(changed, ours).isContent).toBe(false)
    }
  })

  it('has a signed query that openssl verifies, and a message in it that zlib inflates', async () => {
    const url = await redirectUrl({
      location: 'https://idp.example/sso',
      message: { parameter: 'SAMLRequest', xml: writeXml(message) },
      relayState: "a state with &=+%!'()*~ä",
      keyPair,
    })
    const [signed = '', signature = ''] = url.search.slice(1).split('&Signature=')
    const publicKey = file(ask('openssl', ['x509', '-noout', '-pubkey', '-in', ours]).output)
    const verify = (text: string) =>
      ask('openssl', [
        'dgst',
        '-sha256',
        '-verify',
        publicKey,
        '-signature',
        file(Buffer.from(decodeURIComponent(signature), 'base64')),
        file(text),
      ])
    expect(verify(signed).output).toBe('Verified OK\n')
    expect(verify(`${signed} `).isContent).toBe(false)
    const parameters = new URLSearchParams(url.search)
    const compressed = Buffer.from(parameters.get('SAMLRequest') ?? '', 'base64')
    expect(inflateRawSync(compressed).toString()).toBe(writeXml(message))
    expect(parameters.get('RelayState')).toBe("a state with &=+%!'()*~ä")
  })
})
