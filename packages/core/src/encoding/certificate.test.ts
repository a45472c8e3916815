import { describe, expect, it } from 'vitest'
import {
  type TestCertificate,
  testCertificates,
  testPublicKey,
  testRequest,
} from '../../test/certificates.ts'
import { type Certificate, readCertificates } from './certificate.ts'

const { p256, p384, rsa2048, ed25519, version1 } = testCertificates
const all: readonly [string, TestCertificate][] = Object.entries(testCertificates)
const base64 = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')
const bytesOf = (pem: string) => Uint8Array.from(atob(base64(pem)), (character) => character.charCodeAt(0))

describe('what a certificate says', () => {
  it.each(all)('%s', (_, { pem, notBefore, notAfter, key, subject }) => {
    expect(read(pem)).toEqual([
      {
        der: base64(pem),
        notBefore: Date.parse(notBefore),
        notAfter: Date.parse(notAfter),
        key,
        spki: expect.any(Uint8Array),
        ...(subject === undefined ? {} : { subject }),
      },
    ])
  })

  it.each([
    ['rsa1024', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
    ['rsa2048', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
    ['rsa4096', { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }],
    ['p256', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['p256Compressed', { name: 'ECDSA', namedCurve: 'P-256' }],
    ['p384', { name: 'ECDSA', namedCurve: 'P-384' }],
    ['p521', { name: 'ECDSA', namedCurve: 'P-521' }],
    ['ed25519', { name: 'Ed25519' }],
  ] as const)('WebCrypto takes the key of %s', async (name, algorithm) => {
    const [certificate] = read(testCertificates[name].pem)
    const spki = certificate?.spki ?? new Uint8Array()
    const key = await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
    expect(key.algorithm).toMatchObject({ name: algorithm.name })
    // It owns its memory, and does not keep the certificate alive.
    expect(spki.buffer.byteLength).toBe(spki.length)
  })
})

describe('how a certificate may be written', () => {
  const { pem } = rsa2048
  const oneLine = base64(pem)
  it.each([
    ['with CR LF', pem.replaceAll('\n', '\r\n')],
    ['with CR', pem.replaceAll('\n', '\r')],
    ['indented by spaces', pem.replaceAll(/^/gm, '      ')],
    ['indented by tabs', pem.replaceAll(/^/gm, '\t')],
    ['with blank lines', pem.replaceAll('\n', '\n\n')],
    ['with white space at the ends of lines', pem.replaceAll('\n', ' \t\n')],
    ['with white space around', `\n\n  ${pem}\n\n`],
    ['with a byte order mark', `\ufeff${pem}`],
    ['folded into one line, as YAML does it', pem.replaceAll('\n', ' ')],
    ['with its base64 in one line', `-----BEGIN CERTIFICATE-----\n${oneLine}\n-----END CERTIFICATE-----`],
    ['with the label X509 CERTIFICATE', pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE')],
    ['with the label X.509 CERTIFICATE', pem.replaceAll('CERTIFICATE', 'X.509 CERTIFICATE')],
    ['without armour, on one line', oneLine],
    ['without armour, wrapped', oneLine.replaceAll(/(.{76})/g, '$1\n')],
    ['without armour, wrapped and indented', `\n${oneLine.replaceAll(/(.{64})/g, '      $1\r\n')}\n`],
    ['after the text of openssl x509 -text', `Certificate:\n    Data:\n        Version: 3 (0x2)\n${pem}`],
    [
      'among Bag Attributes',
      `Bag Attributes\n    localKeyID: 01\nsubject=CN = Acme - End Entity CA\n${pem}\nKey Attributes: <No Attributes>`,
    ],
    ['between lines of hyphens', `----------\n${pem}\n----------`],
  ])('%s', (_, text) => {
    expect(read(text).map(({ der }) => der)).toEqual([oneLine])
  })

  it.each(all)('%s without its padding', (_, { pem }) => {
    expect(read(base64(pem).replaceAll('=', ''))[0]?.der).toBe(base64(pem))
  })

  it('several, in their order, with text between them', () => {
    const pems = [p256, rsa2048, ed25519, p256].map(({ pem }) => pem)
    const ders = pems.map(base64)
    expect(read(pems.join('\n')).map(({ der }) => der)).toEqual(ders)
    expect(read(pems.join('')).map(({ der }) => der)).toEqual(ders)
    expect(read(pems.join('\n\n 1 s:CN = Acme\n   i:CN = Acme\n')).map(({ der }) => der)).toEqual(ders)
  })

  it('twenty, and no more', () => {
    expect(read(p256.pem.repeat(20))).toHaveLength(20)
    expect(readCertificates(p256.pem.repeat(21))).toEqual({ problem: { kind: 'too_many' } })
  })
})

describe('what is wrong with a text', () => {
  const { pem } = p256
  const secret = 'TUlJQ2RnSUJBREFOQmdrcWhraUc5dzBCQVFFRkFBU0NBbUF3Z2dKY0FnRUFBb0dCQUw='
  const block = (label: string, body = secret) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`

  it.each(['', ' ', '\r\n\t\n', '\ufeff'])('%j is empty', (text) => {
    expect(readCertificates(text)).toEqual({ problem: { kind: 'empty' } })
  })

  it.each([
    ['too_large', 'a text of more than 256 Ki characters', `${pem}${' '.repeat(256 * 1024)}`],
    ['too_large', 'a certificate of more than 64 KiB', btoa('0'.repeat(64 * 1024 + 1))],
    ['not_a_certificate', 'something else of 64 KiB', btoa('0'.repeat(64 * 1024))],
    ['public_key', 'a public key', testPublicKey],
    ['public_key', 'a public key without armour', base64(testPublicKey)],
    ['public_key', 'an RSA public key', block('RSA PUBLIC KEY')],
    ['public_key', 'an RSA public key without armour', toBase64(sequence('020103', '020103'))],
    [
      'public_key',
      'a public key that calls itself a certificate',
      block('CERTIFICATE', base64(testPublicKey)),
    ],
    ['certificate_request', 'a request', testRequest],
    ['certificate_request', 'a request of an older program', block('NEW CERTIFICATE REQUEST')],
    ['certificate_request', 'a request without armour', base64(testRequest)],
    ['armour_broken', 'a BEGIN without its END', pem.replace(/-----END.*/, '')],
    ['armour_broken', 'an END without its BEGIN', pem.replace(/-----BEGIN.*/, '')],
    ['armour_broken', 'a BEGIN that lacks a hyphen in front', pem.slice(1)],
    ['armour_broken', 'a BEGIN that lacks a hyphen behind', pem.replace('-----\n', '----\n')],
    ['armour_broken', 'a BEGIN that lacks all hyphens behind', pem.replace('-----\n', '\n')],
    ['armour_broken', 'an END that lacks a hyphen in front', pem.replace('-----END', '----END')],
    ['armour_broken', 'an END that lacks a hyphen behind', pem.slice(0, -1)],
    ['armour_broken', 'an END that lacks all hyphens behind', pem.slice(0, -5)],
    ['armour_broken', 'spaces beside the hyphens', pem.replaceAll(/(BEGIN|END) CERTIFICATE/g, ' $& ')],
    ['armour_broken', 'small letters', pem.replaceAll(/BEGIN|END/g, (verb) => verb.toLowerCase())],
    ['armour_broken', 'a small label', pem.replaceAll('CERTIFICATE', 'certificate')],
    ['armour_broken', 'dashes of a word processor', pem.replaceAll('-----', '\u2014\u2014-')],
    ['armour_broken', 'an END of another label', pem.replace('END CERTIFICATE', 'END X509 CERTIFICATE')],
    ['armour_broken', 'a line break within BEGIN', pem.replace('BEGIN CERTIFICATE', 'BEGIN CERTI\nFICATE')],
    ['not_base64', 'words', 'TODO: the certificate of Acme'],
    ['not_base64', 'XML around it', `<ds:X509Certificate>${base64(pem)}</ds:X509Certificate>`],
    ['not_base64', 'base64url', base64(rsa2048.pem).replaceAll('+', '-').replaceAll('/', '_')],
    ['not_base64', 'padding in the middle', `${base64(ed25519.pem)}=${base64(ed25519.pem)}`],
    ['not_base64', 'three times padding', `${base64(pem).replaceAll('=', '')}===`],
    ['not_base64', 'half of the padding', 'AA='],
    ['not_base64', 'bits behind the end', 'AB=='],
    ['not_base64', 'a length that base64 does not have', 'AAAAA'],
    ['not_base64', 'a character that can not be seen', pem.replace('\nMII', '\nMI\u200bI')],
    ['not_base64', 'line breaks that were escaped', pem.replaceAll('\n', '\\n')],
    ['not_base64', 'headers within the block', pem.replace('\n', '\nComment: Acme\n\n')],
    ['not_base64', 'dots for what was left out', block('CERTIFICATE', 'MIIB...')],
    ['not_a_certificate', 'an empty block', block('CERTIFICATE', '')],
    ['not_a_certificate', 'other data', 'AAAA'],
    ['not_a_certificate', 'a block of another kind', block('PKCS7', base64(pem))],
    ['not_a_certificate', 'trust settings of OpenSSL', block('TRUSTED CERTIFICATE', base64(pem))],
    ['not_a_certificate', 'something behind the certificate', toBase64([...bytesOf(pem), 0])],
    ['not_a_certificate', 'two certificates in one', toBase64([...bytesOf(pem), ...bytesOf(pem)])],
  ])('%s: %s', (kind, _, text) => {
    expect(readCertificates(text)).toEqual({ problem: { kind } })
  })

  it.each([
    ['private_key', block('PRIVATE KEY')],
    ['public_key', testPublicKey],
    ['certificate_request', testRequest],
    ['armour_broken', pem.slice(0, -1)],
    ['armour_broken', pem.replace(/-----BEGIN.*/, '')],
    ['armour_broken', pem.replace(/-----END.*/, '')],
    ['armour_broken', pem.replaceAll('-----', '---')],
    ['not_base64', block('CERTIFICATE', '!')],
    ['not_a_certificate', block('CERTIFICATE', 'AAAA')],
    ['too_large', block('CERTIFICATE', 'A'.repeat(100_000))],
  ])('%s: says which of several it is', (kind, text) => {
    expect(readCertificates(`${text}\n${pem}\n${pem}`)).toEqual({ problem: { kind, index: 1 } })
    expect(readCertificates(`${pem}\n${text}\n${pem}`)).toEqual({ problem: { kind, index: 2 } })
    expect(readCertificates(`${pem}\n${pem}\n${text}`)).toEqual({ problem: { kind, index: 3 } })
  })

  it.each([
    ['PKCS #8', block('PRIVATE KEY')],
    ['PKCS #8, encrypted', block('ENCRYPTED PRIVATE KEY')],
    ['PKCS #1', block('RSA PRIVATE KEY')],
    [
      'with headers',
      block('RSA PRIVATE KEY', `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${secret}`),
    ],
    ['SEC 1', block('EC PRIVATE KEY')],
    ['OpenSSH', block('OPENSSH PRIVATE KEY')],
    ['PGP', block('PGP PRIVATE KEY BLOCK')],
    ['without its END', `-----BEGIN PRIVATE KEY-----\n${secret}`],
    ['without its BEGIN', `${secret}\n-----END PRIVATE KEY-----`],
    ['with damaged armour', block('PRIVATE KEY').replaceAll('-----', '-')],
    ['in small letters', block('PRIVATE KEY').toLowerCase()],
    ['behind a certificate that is broken', `${block('CERTIFICATE', '!')}\n${block('PRIVATE KEY')}`],
    ['behind a public key', `${testPublicKey}\n${block('PRIVATE KEY')}`],
    ['behind more blocks than are read', `${pem.repeat(30)}\n${block('PRIVATE KEY')}`],
    ['PKCS #8 without armour', toBase64(sequence('020100', '3000', '0400'))],
    ['PKCS #8 with attributes, without armour', toBase64(sequence('020100', '3000', '0400', 'a000'))],
    ['PKCS #8, encrypted, without armour', toBase64(sequence('3000', '0400'))],
    ['PKCS #1 without armour', toBase64(sequence('020100', ...Array(8).fill('020103')))],
    ['SEC 1 without armour', toBase64(sequence('020101', '0400', 'a000', 'a100'))],
    ['that calls itself a certificate', block('CERTIFICATE', toBase64(sequence('020100', '3000', '0400')))],
  ])('names a private key before all else, and does not repeat it: %s', (_, text) => {
    const result = readCertificates(text)
    expect(result).toMatchObject({ problem: { kind: 'private_key' } })
    expect(JSON.stringify(result).length).toBeLessThan(60)
  })
})

describe('what a certificate may be made of', () => {
  const name = sequence(set(sequence('0603550403', '0c0161')))
  const validity = sequence(textual(0x17, '260101000000Z'), textual(0x17, '270101000000Z'))
  const algorithm = sequence('06082a8648ce3d040302')
  const point = `04${'11'.repeat(64)}`
  const ecKey = (curve: string, bytes: string) =>
    sequence(sequence('06072a8648ce3d0201', curve), written(0x03, `00${bytes}`))
  const rsaKey = (parameters: string, ...numbers: string[]) =>
    sequence(sequence('06092a864886f70d010101', parameters), written(0x03, `00${sequence(...numbers)}`))
  const p256Curve = '06082a8648ce3d030107'
  const usual = {
    version: 'a003020102',
    serialNumber: '020101',
    algorithm,
    issuer: name,
    validity,
    subject: name,
    key: ecKey(p256Curve, point),
    optional: '',
    signatureAlgorithm: algorithm,
    signature: '03020000',
    more: '',
  }
  const certificateOf = (changes: Partial<typeof usual> = {}) => {
    const { signatureAlgorithm, signature, more, ...tbsCertificate } = { ...usual, ...changes }
    return toBase64(sequence(sequence(...Object.values(tbsCertificate)), signatureAlgorithm, signature, more))
  }
  const extensions = 'a30e300c300a0603551d0e0403040100'

  it.each([
    ['nothing unusual', {}],
    ['version 1', { version: '' }],
    ['version 2', { version: 'a003020101' }],
    ['unique identifiers', { optional: '8102000082020000' }],
    ['unique identifiers in version 2', { version: 'a003020101', optional: '82020000' }],
    ['extensions', { optional: extensions }],
    ['all that is optional', { optional: `8102000082020000${extensions}` }],
    ['no names', { issuer: '3000', subject: '3000' }],
    ['a negative serial number', { serialNumber: '0201ff' }],
    [
      'an algorithm with parameters',
      { algorithm: '3006060255040500', signatureAlgorithm: '3006060255040500' },
    ],
    [
      'a GeneralizedTime before 2050',
      { validity: sequence(textual(0x18, '20260101000000Z'), textual(0x18, '20270101000000Z')) },
    ],
    [
      'a validity that ends before it begins',
      { validity: sequence(textual(0x17, '270101000000Z'), textual(0x17, '260101000000Z')) },
    ],
  ])('accepts %s', (_, changes) => {
    expect(read(certificateOf(changes))).toHaveLength(1)
  })

  it.each([
    ['version 1, written', { version: 'a003020100' }],
    ['version 4', { version: 'a003020103' }],
    ['a version of two bytes', { version: 'a00402020102' }],
    ['a version that is no number', { version: 'a003040102' }],
    ['two versions', { version: 'a006020102020102' }],
    ['an empty version', { version: 'a000' }],
    ['no serial number', { serialNumber: '' }],
    ['an empty serial number', { serialNumber: '0200' }],
    ['a serial number with a zero in front', { serialNumber: '02020001' }],
    ['no algorithm', { algorithm: '' }],
    ['two algorithms', { signatureAlgorithm: sequence('06082a8648ce3d040303') }],
    ['an algorithm that is longer outside', { signatureAlgorithm: sequence('06082a8648ce3d040302', '0500') }],
    ['an algorithm without a name', { algorithm: '3000', signatureAlgorithm: '3000' }],
    [
      'an algorithm of three parts',
      { algorithm: '300706012a05000500', signatureAlgorithm: '300706012a05000500' },
    ],
    ['no signature', { signature: '' }],
    ['an empty signature', { signature: '0300' }],
    ['a signature that is not of whole bytes', { signature: '03020180' }],
    ['a fourth part', { more: '0500' }],
    ['an issuer that is no name', { issuer: '0500' }],
    ['a subject that is no name', { subject: '0500' }],
    ['an empty part of a name', { subject: '30023100' }],
    ['a name without a set', { subject: sequence(sequence('0603550403', '0c0161')) }],
    ['an attribute without a value', { subject: sequence(set(sequence('0603550403'))) }],
    ['an attribute with two values', { subject: sequence(set(sequence('0603550403', '0c0161', '0c0161'))) }],
    ['an attribute without a type', { subject: sequence(set(sequence('0c0161', '0c0161'))) }],
    ['one time', { validity: sequence(textual(0x17, '260101000000Z')) }],
    ['three times', { validity: sequence(...Array(3).fill(textual(0x17, '260101000000Z'))) }],
    ['a time that is none', { validity: sequence(textual(0x17, '260101000000Z'), '0500') }],
    ['extensions in version 2', { version: 'a003020101', optional: extensions }],
    ['a unique identifier in version 1', { version: '', optional: '81020000' }],
    ['extensions twice', { optional: extensions.repeat(2) }],
    ['unique identifiers in the wrong order', { optional: '8202000081020000' }],
    ['something behind the key', { optional: '0500' }],
    ['extensions that are none', { optional: 'a3020500' }],
    ['extensions that break off', { optional: 'a30430020603' }],
    ['no key', { key: '' }],
    ['a key of three parts', { key: sequence(algorithm, '03020000', '0500') }],
    ['a key without an algorithm', { key: sequence('0500', '03020000') }],
    ['a key that is no BIT STRING', { key: sequence(algorithm, '04020000') }],
  ])('refuses %s', (_, changes) => {
    expect(readCertificates(certificateOf(changes))).toEqual({ problem: { kind: 'not_a_certificate' } })
  })

  it.each([
    ['06052b81040022', `04${'11'.repeat(96)}`, { type: 'EC', curve: 'P-384' }],
    ['06052b81040023', `04${'11'.repeat(132)}`, { type: 'EC', curve: 'P-521' }],
    ['06052b81040023', `03${'11'.repeat(66)}`, { type: 'EC', curve: 'P-521' }],
    [p256Curve, `02${'11'.repeat(32)}`, { type: 'EC', curve: 'P-256' }],
    // brainpoolP256r1, RFC 5639.
    ['06092b2403030208010107', point, { type: 'other', oid: '1.3.36.3.3.2.8.1.1.7' }],
    ['3000', point, { type: 'other', oid: '1.2.840.10045.2.1' }],
    ['', point, { type: 'other', oid: '1.2.840.10045.2.1' }],
  ])('a key on the curve %s', (curve, bytes, key) => {
    expect(read(certificateOf({ key: ecKey(curve, bytes) }))[0]?.key).toEqual(key)
  })

  it.each([
    ['a point that is too short', ecKey(p256Curve, point.slice(2))],
    ['a point that is too long', ecKey(p256Curve, `${point}11`)],
    ['a point of another curve', ecKey('06052b81040022', point)],
    ['no point', ecKey(p256Curve, '')],
    ['the point at infinity', ecKey(p256Curve, '00')],
    ['a point of the hybrid form', ecKey(p256Curve, `06${point.slice(2)}`)],
    ['a curve that is malformed', ecKey('060180', point)],
    ['an RSA key without an exponent', rsaKey('0500', '020103')],
    ['an RSA key of three numbers', rsaKey('0500', '020103', '020103', '020103')],
    ['an RSA modulus of zero', rsaKey('0500', '020100', '020103')],
    ['an RSA modulus below zero', rsaKey('0500', '020180', '020103')],
    ['an RSA modulus with zeros in front', rsaKey('0500', '02020003', '020103')],
    ['an RSA exponent of zero', rsaKey('0500', '020103', '020100')],
    ['an Ed25519 key of 31 bytes', sequence('300506032b6570', written(0x03, `00${'11'.repeat(31)}`))],
    ['an Ed25519 key of 33 bytes', sequence('300506032b6570', written(0x03, `00${'11'.repeat(33)}`))],
  ])('refuses %s', (_, key) => {
    expect(readCertificates(certificateOf({ key }))).toEqual({ problem: { kind: 'not_a_certificate' } })
  })

  const RSA = '1.2.840.113549.1.1.1'
  it.each([
    ['an RSA key without parameters', rsaKey('', '020103', '020103'), RSA],
    ['an RSA key with other parameters', rsaKey('3000', '020103', '020103'), RSA],
    ['an RSA key with a NULL that is not empty', rsaKey('050100', '020103', '020103'), RSA],
    [
      'an Ed25519 key with parameters',
      sequence('300706032b65700500', written(0x03, `00${'11'.repeat(32)}`)),
      '1.3.101.112',
    ],
  ])('takes %s for none that is known', (_, key, oid) => {
    expect(read(certificateOf({ key }))[0]?.key).toEqual({ type: 'other', oid })
  })

  it.each([
    ['a modulus that begins with a one', '020400808081', 24],
    ['a modulus that begins with a zero', '02037f8081', 23],
    ['a modulus of one bit', '020101', 1],
  ])('counts the bits of %s', (_, modulus, bits) => {
    expect(read(certificateOf({ key: rsaKey('0500', modulus, '020103') }))[0]?.key).toEqual({
      type: 'RSA',
      bits,
    })
  })

  it.each([
    ['an exponent of one: anybody could sign', '020103', '020101'],
    ['an even exponent', '020103', '020102'],
    ['an exponent of 33 bits', '020103', '02050100000001'],
    ['an even modulus', '02020080', '020103'],
  ])('takes an RSA key for none that is known, with %s', (_, modulus, exponent) => {
    expect(read(certificateOf({ key: rsaKey('0500', modulus, exponent) }))[0]?.key).toEqual({
      type: 'other',
      oid: RSA,
    })
  })

  const commonName = (value: string) => set(sequence('0603550403', value))
  const utf8 = (text: string) => commonName(textual(0x0c, text))
  it.each([
    ['UTF8String', utf8('Müller \u{1f512}'), 'Müller \u{1f512}'],
    ['PrintableString', commonName('130161'), 'a'],
    ['IA5String', commonName('160161'), 'a'],
    ['TeletexString', commonName('140161'), 'a'],
    ['the last of several', utf8('first') + utf8('last'), 'last'],
    [
      'one beside something else',
      set(sequence('060355040a', '0c0162'), sequence('0603550403', '0c0161')),
      'a',
    ],
    ['as long as it may be', utf8('a'.repeat(128)), 'a'.repeat(128)],
    ['too long', utf8('a'.repeat(129)), undefined],
    ['empty', utf8(''), undefined],
    ['blank', utf8('  '), undefined],
    ['two lines', utf8('a\nb'), undefined],
    ['a control character', utf8('a\u001b[31m'), undefined],
    ['a line separator', utf8('a\u2028b'), undefined],
    ['a change of direction', utf8('a\u202eb'), undefined],
    ['what can not be seen', utf8('a\u3164b'), undefined],
    ['malformed UTF-8', commonName('0c01ff'), undefined],
    ['a BMPString', commonName('1e020061'), undefined],
    ['a number', commonName('020141'), undefined],
    ['another attribute', set(sequence('060355040a', '0c0161')), undefined],
    ['an attribute of a type that is malformed', set(sequence('060180', '0c0161')), undefined],
  ])('a common name: %s', (_, names, subject) => {
    const [certificate] = read(certificateOf({ subject: sequence(names) }))
    expect(certificate?.subject).toBe(subject)
    expect(certificate && 'subject' in certificate).toBe(subject !== undefined)
  })
})

describe('damage', () => {
  it.each(all)('every beginning of %s is refused', (_, { pem }) => {
    const bytes = bytesOf(pem)
    for (let length = 1; length < bytes.length; length++) {
      expect(readCertificates(toBase64(bytes.subarray(0, length)))).toEqual({
        problem: { kind: 'not_a_certificate' },
      })
    }
  })

  it.each([
    ['p256', p256],
    ['rsa2048', rsa2048],
    ['ed25519', ed25519],
    ['version1', version1],
  ])('a changed byte in %s is refused or means something, everywhere', (_, { pem }) => {
    const original = bytesOf(pem)
    for (const position of original.keys()) {
      for (const change of [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff]) {
        const bytes = original.slice()
        bytes[position] = (bytes[position] ?? 0) ^ change
        expectSound(toBase64(bytes))
      }
    }
  })

  it('a byte less or more, anywhere', () => {
    const bytes = [...bytesOf(p384.pem)]
    for (const position of bytes.keys()) {
      for (const [removed, ...added] of [[1], [0, 0x00], [0, 0x30], [0, 0x80], [0, 0xff]] as const) {
        expectSound(toBase64(bytes.toSpliced(position, removed, ...added)))
      }
    }
  })

  it('a character less or more, anywhere in the text', () => {
    const characters = ['', '-', '=', ' ', '\n', '\0', 'A', '\u2014', '\ud800']
    for (const position of Array(p256.pem.length + 1).keys()) {
      for (const character of characters) {
        expectSound(p256.pem.slice(0, position) + character + p256.pem.slice(position + 1))
        expectSound(p256.pem.slice(0, position) + character + p256.pem.slice(position))
      }
    }
  })
})

it('no change of one character makes a certificate disappear from among several', () => {
  const { pem } = p256
  for (const position of Array(pem.length).keys()) {
    for (const character of ['', '-', ' ', '\n', 'A', '\u2014']) {
      const changed = pem.slice(0, position) + character + pem.slice(position + 1)
      const result = readCertificates(`${changed}\n${pem}`)
      expect('problem' in result || result.certificates.length === 2).toBe(true)
    }
  }
})

// What takes quadratic time on 256 Ki characters takes minutes, and the test its time out.
describe('a large text that is made to take long', () => {
  it.each([
    '-',
    '=',
    ' ',
    '\n',
    'A',
    'A=',
    'A ',
    '- ',
    '\u2014',
    'BEGIN ',
    'BEGIN PRIVATE ',
    'BEGIN A',
    'END PRIVATE KE',
    '-----BEGIN ',
    '-----BEGIN CERTIFICATE',
    '-----BEGIN CERTIFICATE-----',
    '-----END CERTIFICATE-----',
    '-----BEGIN A-----AAAA-----END A-----',
    '--BEGIN ',
    '-BEGIN -',
    `-----BEGIN ${'A'.repeat(70)}`,
    '\ufeff',
    '\0',
    '\ud800',
  ])('%j again and again', (piece) => {
    const text = piece.repeat(Math.floor((256 * 1024) / piece.length))
    for (const large of [text, `${text.slice(0, -1)}!`, `A${text.slice(1)}`]) {
      expect(readCertificates(large)).toHaveProperty('problem')
    }
  })

  it.each([
    ['empty values', (size: number) => sequence('0500'.repeat(size / 2))],
    ['empty sequences', (size: number) => sequence('3000'.repeat(size / 2))],
    [
      'a name of many parts',
      (size: number) => sequence(sequence('020101', '3000', sequence('3100'.repeat(size / 2)))),
    ],
    [
      'an endless number',
      (size: number) => sequence(sequence('020101', sequence(written(0x06, 'ff'.repeat(size))))),
    ],
    ['an endless integer', (size: number) => sequence(sequence(written(0x02, '7f'.repeat(size))))],
    ['an endless depth', (size: number) => `${'3080'.repeat(size / 2)}`],
  ])('%s in DER', (_, make) => {
    expect(readCertificates(toBase64(make(60_000)))).toEqual({ problem: { kind: 'not_a_certificate' } })
  })
})

function read(text: string): readonly Certificate[] {
  const result = readCertificates(text)
  if ('problem' in result) throw new Error(JSON.stringify(result.problem))
  return result.certificates
}

/** There is a problem, or a certificate whose fields have values; and no exception. */
function expectSound(text: string): void {
  const result = readCertificates(text)
  if ('problem' in result) return
  for (const { der, notBefore, notAfter, spki, key } of result.certificates) {
    const isSound =
      /^[A-Za-z0-9+/]+={0,2}$/.test(der) &&
      Number.isSafeInteger(notBefore) &&
      Number.isSafeInteger(notAfter) &&
      spki.length > 0 &&
      (key.type !== 'RSA' || key.bits > 0)
    if (!isSound) expect.unreachable(`${JSON.stringify(text)} was read as ${JSON.stringify(result)}`)
  }
}

/** Writes DER, from and to hexadecimal digits. */
function written(tag: number, content: string): string {
  const size = content.length / 2
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return hexOf([tag, ...length]) + content
}

function sequence(...parts: readonly string[]): string {
  return written(0x30, parts.join(''))
}

function set(...parts: readonly string[]): string {
  return written(0x31, parts.join(''))
}

function textual(tag: number, text: string): string {
  return written(tag, hexOf(new TextEncoder().encode(text)))
}

function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function toBase64(der: string | Iterable<number>): string {
  const bytes =
    typeof der === 'string' ? (der.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)) : der
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
