import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from './base64.ts'

describe('encodeBase64', () => {
  it('writes what the platform writes, at every length', () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value)
    for (let length = 0; length <= all.length; length++) {
      const bytes = all.subarray(256 - length)
      expect(encodeBase64(bytes)).toBe(btoa(String.fromCharCode(...bytes)))
      expect(decodeBase64(encodeBase64(bytes))).toEqual(new Uint8Array(bytes))
    }
  })
})

describe('decodeBase64', () => {
  it.each([
    ['', []],
    ['+/8=', [0xfb, 0xff]],
    ['+/8', [0xfb, 0xff]],
    [' A\tA\r\nA\n= ', [0, 0]],
    ['AA\n=\n=', [0]],
  ])('reads %j', (text, bytes) => {
    expect(decodeBase64(text)).toEqual(new Uint8Array(bytes))
  })

  it.each([
    ['-_8=', 'the alphabet of base64url'],
    ['AA=', 'half of the padding'],
    ['AA===', 'too much padding'],
    ['AAA==', 'too much padding'],
    ['=', 'padding alone'],
    ['AA==AA==', 'two texts in a row'],
    ['A', 'a length that no encoding has'],
    ['AB==', 'trailing bits that are not zero'],
    ['AA\u00a0==', 'a space that XML does not know'],
    ['A*A=', 'another character'],
  ])('refuses %j: %s', (text) => {
    expect(decodeBase64(text)).toBeUndefined()
  })
})
