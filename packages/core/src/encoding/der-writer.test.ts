import { describe, expect, it } from 'vitest'
import {
  bitLengthOfInteger,
  derTag,
  isInteger,
  parseDer,
  readBitString,
  readObjectIdentifier,
  readTime,
} from './der.ts'
import {
  encodeBitString,
  encodeDer,
  encodeObjectIdentifier,
  encodeSequence,
  encodeTime,
  encodeUnsignedInteger,
} from './der-writer.ts'

const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

describe('what is written is read again', () => {
  it.each([0, 1, 127, 128, 129, 255, 256, 65_535, 65_536])('a value of %i bytes', (size) => {
    const content = new Uint8Array(size).fill(7)
    const written = parseDer(encodeDer(0x04, content))
    expect(written?.tag).toBe(0x04)
    expect(written?.content).toEqual(content)
  })

  it.each([
    '2.5.4.3',
    '1.2.840.113549.1.1.11',
    '1.3.132.0.35',
    '2.16.840.1.101.3.4.2.1',
    '0.9.2342.19200300.100.1.25',
  ])('the object identifier %s', (oid) => {
    expect(readObjectIdentifier(parseDer(encodeObjectIdentifier(oid)))).toBe(oid)
  })

  it.each([
    '1950-01-01T00:00:00.000Z',
    '1999-12-31T23:59:59.000Z',
    '2026-11-22T12:34:56.000Z',
    '2049-12-31T23:59:59.000Z',
    '2050-01-01T00:00:00.000Z',
    '9999-12-31T23:59:59.000Z',
  ])('the time %s', (time) => {
    expect(readTime(parseDer(encodeTime(Date.parse(time))))).toBe(Date.parse(time))
  })

  it('a time without its fraction of a second', () => {
    const written = parseDer(encodeTime(Date.parse('2026-11-22T12:34:56.789Z')))
    expect(readTime(written)).toBe(Date.parse('2026-11-22T12:34:56.000Z'))
  })

  it('a bit string of whole bytes', () => {
    expect(readBitString(parseDer(encodeBitString(Uint8Array.of(1, 2))))).toEqual(Uint8Array.of(1, 2))
  })
})

it.each([
  ['nothing', [], '020100'],
  ['zeros', [0, 0], '020100'],
  ['a number with zeros in front', [0, 0, 5], '020105'],
  ['a number whose first bit is set', [0x80], '02020080'],
  ['a number whose first bit is set, after zeros', [0, 0xff, 0xff], '020300ffff'],
])('an integer has its shortest form and no sign: %s', (_, bytes, expected) => {
  const written = encodeUnsignedInteger(Uint8Array.from(bytes))
  expect(hex(written)).toBe(expected)
  expect(isInteger(parseDer(written))).toBe(true)
})

it('an integer has as many bits as before', () => {
  expect(bitLengthOfInteger(parseDer(encodeUnsignedInteger(Uint8Array.of(0, 0x81, 0))))).toBe(16)
})

it('a sequence holds its elements one after another', () => {
  const inner = [encodeUnsignedInteger(Uint8Array.of(1)), encodeDer(derTag.null)]
  expect(hex(encodeSequence(...inner))).toBe('30050201010500')
  expect(hex(encodeSequence())).toBe('3000')
})
