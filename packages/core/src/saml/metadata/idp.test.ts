import { describe, expect, it } from 'vitest'
import { testCertificates } from '../../../test/certificates.ts'
import { baseUrl } from '../../../test/configured.ts'
import {
  der,
  ENTITY_ID,
  entityWith,
  keyDescriptor,
  metadataWith,
  providerMetadata,
  wrapped,
} from '../../../test/idp-metadata.ts'
import { detailsOf, faultOf, read, readAt } from '../../../test/read-metadata.ts'
import { encodeUtf8 } from '../../encoding/bytes.ts'
import { SsoError } from '../../errors/index.ts'
import { readIdpMetadata } from './idp.ts'

const MD = 'urn:oasis:names:tc:SAML:2.0:metadata'
const list = (entities: string, attributes = '') =>
  `<m:EntitiesDescriptor xmlns:m="${MD}" ${attributes}>${entities}</m:EntitiesDescriptor>`

describe('metadata in the manner of', () => {
  it.each(Object.keys(providerMetadata))('%s is read', (name) => {
    const { entityId, xml, expected } = providerMetadata[name] ?? { entityId: '', xml: '', expected: {} }
    expect(read(xml, { entityId })).toMatchObject({ entityId, ...expected })
  })
})

describe('the form', () => {
  it('may be anything that XML allows', () => {
    const plain = read(metadataWith())
    const forms = [
      `\uFEFF${metadataWith()}`,
      `\n\n  ${metadataWith()}`,
      metadataWith().replaceAll('><', '>\r\n\t<'),
      metadataWith().replaceAll('md:', 'x-1.y:').replaceAll('xmlns:md', 'xmlns:x-1.y'),
      metadataWith({ before: '<!-- a comment -->' }),
      metadataWith({ keys: keyDescriptor(wrapped('p256').replaceAll('\n', '\r\n   ')) }),
      metadataWith({ keys: keyDescriptor(testCertificates.p256.pem) }),
      metadataWith().replace('/sso"', '/&#115;so"'),
    ]
    for (const form of forms) expect(read(form)).toEqual(plain)
  })

  it('comes back from JSON as it went', () => {
    const metadata = read(metadataWith())
    expect(JSON.parse(JSON.stringify(metadata))).toEqual(metadata)
  })

  it.each([
    ['a web page', '<!DOCTYPE html><html></html>', 'web_page'],
    ['a web page of a kind that is not declared', '\n<HTML><body>Sign in<br></body></HTML>', 'web_page'],
    ['an entity that is declared', `<!DOCTYPE x [<!ENTITY a "b">]>${entityWith()}`, 'not_xml'],
    [
      'a bomb of entities',
      `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>${entityWith()}`,
      'not_xml',
    ],
    ['a file of another', `<!DOCTYPE x SYSTEM "https://other.example/x.dtd">${entityWith()}`, 'not_xml'],
    ['JSON', '{}', 'not_xml'],
    ['nothing', '', 'not_xml'],
    ['half a document', metadataWith().slice(0, -5), 'not_xml'],
    ['two documents', `${entityWith()}${entityWith()}`, 'not_xml'],
    ['other XML', '<rss/>', 'not_metadata'],
    ['no namespace', '<EntityDescriptor/>', 'not_metadata'],
    ['another namespace', metadataWith().replace(MD, 'urn:oasis:names:tc:SAML:1.0:metadata'), 'not_metadata'],
    ['an empty list', list(''), 'not_metadata'],
    ['a message', '<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"/>', 'not_metadata'],
  ])('that is %s is refused', (_, xml, fault) => {
    expect(faultOf(xml)).toBe(fault)
  })

  it('may have blank lines of any kind in front of its XML declaration', () => {
    for (const blank of [' ', '\n', '\r', '\t', '\r\n \t']) {
      expect(read(`${blank}${metadataWith()}`)).toEqual(read(metadataWith()))
    }
  })

  it('of bytes that are no UTF-8 is refused', () => {
    const bytes = Uint8Array.of(0xff, 0xfe, 0x3c, 0x00)
    expect(() => readIdpMetadata(bytes, { entityId: ENTITY_ID, now: readAt, baseUrl })).toThrow(
      expect.objectContaining({ code: 'saml_metadata_invalid' }),
    )
  })
})

describe('the entity', () => {
  const other = entityWith({ entityId: 'https://other.example', keys: keyDescriptor(der('p384')) })

  it('is found among others, however deep', () => {
    const xml = list(`${other}${list(list(entityWith()))}${other.replaceAll('other', 'third')}`)
    expect(read(xml)).toEqual(read(metadataWith()))
  })

  it.each([
    ['a final slash', `${ENTITY_ID}/`, 'final slash'],
    ['another scheme', ENTITY_ID.replace('https', 'http'), 'scheme'],
    ['other letters', ENTITY_ID.toUpperCase(), 'upper and lower case'],
    ['white space', ` ${ENTITY_ID} `, 'white space'],
    ['a scheme and a slash', `${ENTITY_ID.replace('https', 'http')}/`, 'several'],
  ])('with %s is not the configured one, and the log says so', (_, entityId, differs) => {
    expect(detailsOf(metadataWith({ entityId }))).toMatchObject({
      code: 'saml_metadata_invalid',
      fault: 'entity_missing',
      expected: ENTITY_ID,
      entities: 1,
      differs,
    })
  })

  it('is not any other one', () => {
    const details = detailsOf(list(other.repeat(3)))
    expect(details).toMatchObject({ fault: 'entity_missing', received: 'https://other.example', entities: 3 })
    expect(details).not.toHaveProperty('differs')
  })

  it('may not be there twice, wherever', () => {
    expect(faultOf(list(entityWith().repeat(2)))).toBe('entity_twice')
    expect(faultOf(list(`${entityWith()}${list(entityWith({ keys: keyDescriptor(der('p384')) }))}`))).toBe(
      'entity_twice',
    )
  })

  it('is not what hides in extensions or within another entity', () => {
    const hidden = `<md:Extensions>${entityWith()}</md:Extensions>`
    expect(faultOf(metadataWith({ entityId: 'https://other.example', before: hidden }))).toBe(
      'entity_missing',
    )
    expect(faultOf(list(`<x>${entityWith()}</x>`))).toBe('not_metadata')
    expect(faultOf(metadataWith({ entityId: 'https://other.example', before: entityWith() }))).toBe(
      'entity_missing',
    )
  })

  it('is one without namespace in its name', () => {
    const xml = metadataWith().replace('entityID=', `xmlns:a="${MD}" a:entityID=`)
    expect(faultOf(xml)).toBe('entity_missing')
  })
})

describe('the role', () => {
  const roleNamed = (name: string) => metadataWith().replaceAll('IDPSSODescriptor', name)

  it.each([
    ['SPSSODescriptor', true],
    ['AttributeAuthorityDescriptor', false],
  ])('%s is none of an identity provider', (name, isServiceProvider) => {
    expect(detailsOf(roleNamed(name))).toMatchObject({ fault: 'no_identity_provider', isServiceProvider })
  })

  const supporting = (protocols: string) =>
    metadataWith().replace(/protocolSupportEnumeration="[^"]*"/, `protocolSupportEnumeration="${protocols}"`)

  it.each([
    'urn:oasis:names:tc:SAML:1.1:protocol',
    'urn:oasis:names:tc:SAML:2.0:protocolx',
    'urn:oasis:names:tc:SAML:2.0:protocol/',
    '',
  ])('that supports %j alone is not for SAML 2.0', (protocols) => {
    expect(faultOf(supporting(protocols))).toBe('no_saml2')
  })

  it('may support other protocols too', () => {
    const protocols = 'urn:oasis:names:tc:SAML:1.1:protocol&#10;\n urn:oasis:names:tc:SAML:2.0:protocol'
    expect(faultOf(supporting(protocols.replace('&#10;', '')))).toBe('nothing')
  })

  it('is the first for SAML 2.0 that has not expired, and nothing is mixed', () => {
    const roleOf = (xml: string) => /<md:IDPSSODescriptor.*<\/md:IDPSSODescriptor>/.exec(xml)?.[0] ?? ''
    const before = [
      roleOf(supporting('urn:oasis:names:tc:SAML:1.1:protocol')),
      roleOf(entityWith({ roleAttributes: 'validUntil="2020-01-01T00:00:00Z"' })),
      roleOf(
        entityWith({ keys: keyDescriptor(der('rsa2048')), roleAttributes: 'WantAuthnRequestsSigned="true"' }),
      ),
    ].join('')
    const metadata = read(metadataWith({ before }))
    expect(metadata.signingCertificates).toEqual([der('rsa2048')])
    expect(metadata.wantsSignedRequests).toBe(true)
  })

  it.each([
    ['true', true],
    ['1', true],
    [' true ', true],
    ['false', false],
    ['0', false],
    ['TRUE', false],
    ['', false],
  ])('with WantAuthnRequestsSigned="%s" wants signed requests: %s', (value, expected) => {
    const roleAttributes = `WantAuthnRequestsSigned="${value}"`
    expect(read(metadataWith({ roleAttributes })).wantsSignedRequests).toBe(expected)
  })
})

describe('the end of its validity', () => {
  const until = (text: string) => `validUntil="${text}"`
  const FUTURE = '2027-01-01T00:00:00Z'

  it('is the earliest of the role, the entity and every list around them', () => {
    const earlier = '2026-12-01T00:00:00Z'
    const at = [
      list(
        list(entityWith({ roleAttributes: until(earlier), entityAttributes: until(FUTURE) }), until(FUTURE)),
      ),
      list(list(entityWith({ entityAttributes: until(earlier) }), until(FUTURE))),
      list(list(entityWith({ roleAttributes: until(FUTURE) }), until(earlier))),
      list(list(entityWith()), until(earlier)),
    ]
    for (const xml of at) expect(read(xml).validUntil).toBe(Date.parse(earlier))
    expect(read(metadataWith()).validUntil).toBeUndefined()
  })

  it('is not one of a list beside it', () => {
    const beside = list(entityWith({ entityId: 'https://other.example' }), until('2020-01-01T00:00:00Z'))
    expect(read(list(`${beside}${entityWith()}`)).validUntil).toBeUndefined()
  })

  it('may not be past, wherever it is said', () => {
    const past = until('2026-11-22T00:00:00Z')
    for (const xml of [
      metadataWith({ entityAttributes: past }),
      metadataWith({ roleAttributes: past }),
      list(entityWith(), past),
      list(list(entityWith()), past),
    ]) {
      expect(detailsOf(xml)).toEqual({
        code: 'saml_metadata_expired',
        validUntil: '2026-11-22T00:00:00.000Z',
      })
      expect(detailsOf(xml, { now: readAt - 1 })).toEqual({ fault: 'nothing' })
    }
  })

  it.each(['soon', '', '2026-02-30T00:00:00Z', 'NaN', '1785000000'])('%j is refused', (text) => {
    expect(faultOf(metadataWith({ entityAttributes: until(text) }))).toBe('valid_until')
  })
})

describe('the cache duration', () => {
  const lasting = (text: string) => `cacheDuration="${text}"`

  it('is the shortest of all around the role', () => {
    const xml = list(entityWith({ entityAttributes: lasting('PT2H') }), lasting('PT1H'))
    expect(read(xml).cacheDuration).toBe(3_600_000)
    expect(read(metadataWith()).cacheDuration).toBeUndefined()
  })

  it('is passed over when it is none', () => {
    expect(read(metadataWith({ entityAttributes: lasting('a while') })).cacheDuration).toBeUndefined()
  })
})

describe('metadata of thousands', () => {
  const MIB = 1024 * 1024
  const member = (number: number) => entityWith({ entityId: `https://idp${number}.example/metadata` })
  const federation = (size: number) => {
    const members: string[] = []
    for (let length = entityWith().length; length < size - 4000; length += members.at(-1)?.length ?? 0) {
      members.push(member(members.length))
    }
    return list(`${members.join('')}${entityWith()}`)
  }

  it('takes time in proportion to its length', () => {
    const time = (bytes: Uint8Array) => {
      const begun = performance.now()
      readIdpMetadata(bytes, { entityId: ENTITY_ID, now: readAt, baseUrl })
      return performance.now() - begun
    }
    const [half, whole] = [2 * MIB, 4 * MIB].map((size) => encodeUtf8(federation(size)))
    if (!half || !whole) throw new Error('nothing was made')
    time(half)
    expect(time(whole)).toBeLessThan(5 * time(half) + 100)
    expect(time(whole)).toBeLessThan(3000)
  })

  it('is 4 MiB at most', () => {
    const xml = metadataWith()
    const ofSize = (bytes: number) => xml.padEnd(bytes, ' ')
    expect(faultOf(ofSize(4 * MIB))).toBe('nothing')
    expect(detailsOf(ofSize(4 * MIB + 1))).toMatchObject({
      fault: 'not_xml',
      reason: 'the document is too large',
    })
  })

  it('is not read beyond measure', () => {
    expect(faultOf(list('<x/>'.repeat(200_000)))).toBe('not_xml')
    expect(faultOf(`${`<m:EntitiesDescriptor xmlns:m="${MD}">`.repeat(100)}`)).toBe('not_xml')
    expect(faultOf(list('<!--x-->'.repeat(200_000) + entityWith()))).toBe('nothing')
  })

  it('of which none is the one says how one is called, in time', () => {
    const bytes = encodeUtf8(federation(4 * MIB))
    const begun = performance.now()
    expect(() =>
      readIdpMetadata(bytes, { entityId: 'https://nobody.example', now: readAt, baseUrl }),
    ).toThrow(SsoError)
    expect(performance.now() - begun).toBeLessThan(3000)
  })
})
