import { describe, expect, it } from 'vitest'
import { der, keyDescriptor, metadataWith, wrapped } from '../../../test/idp-metadata.ts'
import { faultOf, read, readWithSkipped } from '../../../test/read-metadata.ts'

describe('the keys', () => {
  const skippedIn = (xml: string) => {
    const { metadata, skipped } = readWithSkipped(xml)
    return { skipped, certificates: metadata.signingCertificates }
  }
  const good = keyDescriptor(der('p256'))

  it('are those for signing and those for anything, each once', () => {
    const keys = [
      good,
      keyDescriptor(der('rsa2048'), ''),
      keyDescriptor(wrapped('p256')),
      keyDescriptor(der('p384'), 'use="encryption"'),
      keyDescriptor(der('p521'), 'use="Signing"'),
      keyDescriptor(der('ed25519')),
    ].join('')
    expect(skippedIn(metadataWith({ keys })).certificates).toEqual([
      der('p256'),
      der('rsa2048'),
      der('ed25519'),
    ])
  })

  it('may be several in one place', () => {
    const two = `${der('p256')}</ds:X509Certificate><ds:X509Certificate>${der('p384')}`
    const more = `</ds:X509Certificate></ds:X509Data><ds:X509Data><ds:X509Certificate>${der('p521')}`
    expect(read(metadataWith({ keys: keyDescriptor(two + more) })).signingCertificates).toEqual([
      der('p256'),
      der('p384'),
      der('p521'),
    ])
  })

  it('may have expired: whoever publishes them vouches for them', () => {
    const keys = keyDescriptor(der('expired')) + keyDescriptor(der('notYetValid'))
    expect(read(metadataWith({ keys })).signingCertificates).toHaveLength(2)
  })

  it.each(['rsa1024', 'rsa2047', 'secp256k1', 'rsaPss'] as const)('%s are passed over', (name) => {
    const weak = keyDescriptor(der(name))
    expect(skippedIn(metadataWith({ keys: weak + good }))).toEqual({
      skipped: [{ kind: 'certificate', text: der(name) }],
      certificates: [der('p256')],
    })
    expect(faultOf(metadataWith({ keys: weak }))).toBe('no_key')
  })

  it.each([
    ['broken base64', `${der('rsa2048')}!`],
    ['half of one', der('rsa2048').slice(0, 200)],
    ['nothing', ' '],
    ['elements', `<x>${der('rsa2048')}</x>`, ''],
  ])('in certificates of %s are passed over', (_, content, text = content) => {
    expect(skippedIn(metadataWith({ keys: keyDescriptor(content) + good }))).toEqual({
      skipped: [{ kind: 'certificate', text }],
      certificates: [der('p256')],
    })
  })

  it('may come in armour, and without padding', () => {
    const unpadded = der('p384').replaceAll('=', '')
    const armoured = `\n-----BEGIN CERTIFICATE-----\n${wrapped('rsa2048')}\n-----END CERTIFICATE-----\n`
    expect(
      skippedIn(metadataWith({ keys: keyDescriptor(armoured) + keyDescriptor(unpadded) })).certificates,
    ).toEqual([der('rsa2048'), der('p384')])
  })

  it.each([
    ['no keys', ''],
    ['keys for encryption alone', keyDescriptor(der('p256'), 'use="encryption"')],
    [
      'a key without certificate',
      '<md:KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyValue/></KeyInfo></md:KeyDescriptor>',
    ],
    ['a certificate in another namespace', good.replace('http://www.w3.org/2000/09/xmldsig#', 'urn:other')],
    ['a certificate at another place', `<md:Extensions>${good}</md:Extensions>`],
  ])('with %s there is none', (_, keys) => {
    expect(faultOf(metadataWith({ keys }))).toBe('no_key')
  })

  it('of other roles do not count', () => {
    const after = `<md:SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${keyDescriptor(der('p384'))}</md:SPSSODescriptor>`
    expect(read(metadataWith({ before: keyDescriptor(der('p521')), after })).signingCertificates).toEqual([
      der('p256'),
    ])
  })

  it('are twenty at most', () => {
    expect(faultOf(metadataWith({ keys: good.repeat(20) }))).toBe('nothing')
    expect(faultOf(metadataWith({ keys: good.repeat(21) }))).toBe('too_many_keys')
  })
})
