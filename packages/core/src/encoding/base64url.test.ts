import { describe, expect, it } from 'vitest'
import { decodeBase64Url, encodeBase64Url } from './base64url.ts'

describe('encodeBase64Url', () => {
  it.each([
    [[], ''],
    [[0], 'AA'],
    [[0, 0], 'AAA'],
    [[0xfb, 0xff, 0xbf], '-_-_'],
    [[0xff], '_w'],
  ])('writes %j as %j', (bytes, text) => {
    expect(encodeBase64Url(new Uint8Array(bytes))).toBe(text)
  })
})

describe('decodeBase64Url', () => {
  it('returns every byte value as it was, at every length', () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value)
    for (let length = 0; length <= all.length; length++) {
      const bytes = all.subarray(256 - length)
      expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(new Uint8Array(bytes))
    }
  })

  it.each([
    ['AA==', 'padding'],
    ['AAA=', 'padding'],
    ['+w', 'the alphabet of plain base64'],
    ['/w', 'the alphabet of plain base64'],
    ['A', 'a length that no encoding has'],
    ['AAAAA', 'a length that no encoding has'],
    ['AB', 'trailing bits that are not zero'],
    ['AAB', 'trailing bits that are not zero'],
    ['AA ', 'white space'],
    [' AA', 'white space'],
    ['AA\n', 'a line break'],
    ['A\u0410', 'a letter that only looks like one of the alphabet'],
    ['AA\0', 'a control character'],
  ])('refuses %j: %s', (text) => {
    expect(decodeBase64Url(text)).toBeUndefined()
  })

  it('accepts exactly what the encoding of its bytes is, among all short texts of tricky characters', {
    timeout: 30_000,
  }, () => {
    const characters = [...'AQgwBEx048_-+/= \n\0é\u0410\ud800']
    let texts = ['']
    for (let length = 1; length <= 4; length++) {
      texts = texts.flatMap((text) => characters.map((character) => text + character))
      for (const text of texts) {
        const bytes = decodeBase64Url(text)
        const written = encodeBase64Url(lenientlyDecoded(text))
        expect(bytes && encodeBase64Url(bytes)).toBe(written === text ? text : undefined)
      }
    }
  })
})

/** What the platform makes of a text, which takes white space and other endings for granted. */
function lenientlyDecoded(text: string): Uint8Array {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return new Uint8Array(1)
  }
}
