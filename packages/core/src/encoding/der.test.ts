import { describe, expect, it } from 'vitest'
import {
  bitLengthOfInteger,
  type DerElement,
  isInteger,
  parseDer,
  parseDerElements,
  parseDerInside,
  readBitString,
  readObjectIdentifier,
  readTime,
} from './der.ts'

describe('parseDer', () => {
  it.each([
    ['0500', 0x05, 0],
    ['020105', 0x02, 1],
    ['3003020105', 0x30, 3],
    [`047f${'00'.repeat(127)}`, 0x04, 127],
    [`048180${'00'.repeat(128)}`, 0x04, 128],
    [`0481ff${'00'.repeat(255)}`, 0x04, 255],
    [`04820100${'00'.repeat(256)}`, 0x04, 256],
    [`0483010000${'00'.repeat(65536)}`, 0x04, 65536],
    ['a000', 0xa0, 0],
  ])('takes %.12s', (hex, tag, length) => {
    const bytes = fromHex(hex)
    const element = parseDer(bytes)
    expect(element?.tag).toBe(tag)
    expect(element?.content).toEqual(bytes.slice(bytes.length - length))
    expect(element?.encoding).toEqual(bytes)
  })

  it.each([
    ['', 'nothing'],
    ['02', 'a tag without a length'],
    ['0201', 'a length without a content'],
    ['020205', 'a content that is too short'],
    ['02010500', 'something behind it'],
    ['020105020105', 'a second value behind it'],
    ['3080020105', 'an indefinite length'],
    ['30800201050000', 'an indefinite length with its end'],
    ['0000', 'the end of an indefinite length'],
    ['02810105', 'a long form of a short length'],
    [`04817f${'00'.repeat(127)}`, 'a long form of the longest short length'],
    [`04820080${'00'.repeat(128)}`, 'a length with a zero in front'],
    [`0484000000ff${'00'.repeat(255)}`, 'a length with zeros in front'],
    ['0481', 'a length that breaks off'],
    ['048201', 'a longer length that breaks off'],
    ['0484ffffffff', 'a length of four gigabytes'],
    ['0484800000000000', 'a length that is negative in 32 bits'],
    ['04850100000000', 'a length of five bytes'],
    ['0488ffffffffffffffff', 'a length of eight bytes'],
    [`04ff${'01'.repeat(127)}`, 'the reserved length'],
    ['1f0100', 'a tag of two bytes'],
    ['bf210100', 'a tag of two bytes that belongs to a context'],
  ])('refuses %.14s: %s', (hex) => {
    expect(parseDer(fromHex(hex))).toBeUndefined()
  })

  it('does not look into a value, however deep it is', () => {
    let bytes = fromHex('0500')
    for (let depth = 0; depth < 1000; depth++) bytes = written(0x30, bytes)
    let element = parseDer(bytes)
    for (let depth = 0; depth < 1000; depth++) element = parseDer(element?.content ?? fromHex(''))
    expect(element?.tag).toBe(0x05)
  })
})

describe('parseDerElements', () => {
  it('takes any number of values', () => {
    expect(parseDerElements(fromHex(''))).toEqual([])
    expect(parseDerElements(fromHex('0500020105'))?.map(({ tag }) => tag)).toEqual([0x05, 0x02])
    expect(parseDerElements(fromHex('0500'.repeat(32_768)))).toHaveLength(32_768)
  })

  it.each(['05', '050002', '05000201', '05000000', '050030800000'])('refuses %s', (hex) => {
    expect(parseDerElements(fromHex(hex))).toBeUndefined()
  })

  it('looks into a value of the tag that is asked for, and no other', () => {
    const element = parsed('3003020105')
    expect(parseDerInside(element, 0x30)).toHaveLength(1)
    expect(parseDerInside(element, 0x31)).toBeUndefined()
    expect(parseDerInside(undefined, 0x30)).toBeUndefined()
    expect(parseDerInside(parsed('3002020a'), 0x30)).toBeUndefined()
  })
})

describe('readObjectIdentifier', () => {
  it.each([
    // X.690, section 8.19.5.
    ['0603883703', '2.999.3'],
    // RFC 5280, appendix A.1; RFC 8017, appendix C; RFC 8410, section 3.
    ['0603550403', '2.5.4.3'],
    ['06092a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['06032b6570', '1.3.101.112'],
    ['060100', '0.0'],
    ['060127', '0.39'],
    ['060128', '1.0'],
    ['06014f', '1.39'],
    ['060150', '2.0'],
    ['06092a8fffffffffffff7f', '1.2.9007199254740991'],
  ])('reads %s as %s', (hex, oid) => {
    expect(readObjectIdentifier(parsed(hex))).toBe(oid)
  })

  it.each([
    ['0600', 'nothing'],
    ['060180', 'a number that breaks off'],
    ['06022a86', 'a later number that breaks off'],
    ['06032a8001', 'a number with a zero in front'],
    ['06028037', 'a first number with a zero in front'],
    ['06092a9080808080808000', 'a number beyond 2^53'],
    [`067f2a${'ff'.repeat(126)}`, 'a number of 126 bytes'],
    ['0403550403', 'an OCTET STRING'],
  ])('refuses %.24s: %s', (hex) => {
    expect(readObjectIdentifier(parsed(hex))).toBeUndefined()
  })
})

describe('INTEGER', () => {
  it.each([
    ['020101', 1],
    ['02017f', 7],
    ['02020080', 8],
    ['020200ff', 8],
    ['02020100', 9],
    ['02030080ff', 16],
    ['0203010001', 17],
    ['02047fffffff', 31],
    ['02050080000000', 32],
  ])('%s has %i bits', (hex, bits) => {
    expect(bitLengthOfInteger(parsed(hex))).toBe(bits)
  })

  it.each([
    ['0200', 'nothing', false],
    ['02020001', 'a zero in front that is not needed', false],
    ['02020000', 'zero, twice', false],
    ['0202ff80', 'a negative number that is too long', false],
    ['030101', 'a BIT STRING', false],
    ['020100', 'zero', true],
    ['0201ff', 'a negative number', true],
    ['0202ff7f', 'a longer negative number', true],
  ])('%s is not above zero: %s', (hex, _, isOne) => {
    expect(bitLengthOfInteger(parsed(hex))).toBeUndefined()
    expect(isInteger(parsed(hex))).toBe(isOne)
  })
})

describe('readBitString', () => {
  it('returns whole bytes', () => {
    expect(readBitString(parsed('030300a0b0'))).toEqual(fromHex('a0b0'))
    expect(readBitString(parsed('030100'))).toEqual(fromHex(''))
  })

  it.each(['0300', '030204a0', '0402a0b0', '2303030100'])('refuses %s', (hex) => {
    expect(readBitString(parsed(hex))).toBeUndefined()
  })
})

describe('readTime', () => {
  it.each([
    [0x17, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [0x17, '991231235959Z', '1999-12-31T23:59:59.000Z'],
    [0x17, '000229120000Z', '2000-02-29T12:00:00.000Z'],
    [0x17, '491231235959Z', '2049-12-31T23:59:59.000Z'],
    [0x18, '20500101000000Z', '2050-01-01T00:00:00.000Z'],
    [0x18, '20260102030405Z', '2026-01-02T03:04:05.000Z'],
    [0x18, '19500101000000Z', '1950-01-01T00:00:00.000Z'],
    // RFC 5280, section 4.1.2.5: no expiration that is well defined.
    [0x18, '99991231235959Z', '9999-12-31T23:59:59.000Z'],
    [0x18, '00010101000000Z', '0001-01-01T00:00:00.000Z'],
  ])('reads %i %s', (tag, text, iso) => {
    expect(readTime(timeOf(tag, text))).toBe(Date.parse(iso))
  })

  it.each([
    [0x17, ''],
    [0x17, '2601020304Z'],
    [0x17, '260102030405'],
    [0x17, '260102030405z'],
    [0x17, '260102030405+0000'],
    [0x17, '2601020304+0100'],
    [0x17, '20260102030405Z'],
    [0x17, '260102030405Z '],
    [0x17, ' 60102030405Z'],
    [0x17, '-60102030405Z'],
    [0x17, '260230000000Z'],
    [0x17, '250229000000Z'],
    [0x17, '261301000000Z'],
    [0x17, '260001000000Z'],
    [0x17, '260100000000Z'],
    [0x17, '260102240000Z'],
    [0x17, '260102036000Z'],
    [0x17, '260102030460Z'],
    [0x18, '260102030405Z'],
    [0x18, '202601020304Z'],
    [0x18, '20260102030405'],
    [0x18, '20260102030405.5Z'],
    [0x18, '20260102030405+0000'],
    [0x18, '21000229000000Z'],
    [0x18, '2026010203040\n'],
    [0x18, '20260102030405Z\n'],
    [0x0c, '20260102030405Z'],
  ])('refuses %i %j', (tag, text) => {
    expect(readTime(timeOf(tag, text))).toBeUndefined()
  })

  it('refuses what is longer than any time', () => {
    expect(readTime(timeOf(0x18, '0'.repeat(200_000)))).toBeUndefined()
  })
})

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}

function parsed(hex: string): DerElement {
  const element = parseDer(fromHex(hex))
  if (!element) throw new Error(`${hex} is not DER`)
  return element
}

/** What `parseDer` would make of a time, without the work of writing its length. */
function timeOf(tag: number, text: string): DerElement {
  const content = Uint8Array.from(text, (character) => character.charCodeAt(0))
  return { tag, content, encoding: content }
}

function written(tag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = content.length
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff]
  return Uint8Array.from([tag, ...length, ...content])
}
