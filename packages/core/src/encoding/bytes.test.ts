import { expect, it } from 'vitest'
import { decodeUtf8, encodeUtf8 } from './bytes.ts'

it.each([[''], ['user'], ['Ünïcode'], ['\u{1f512}'], ['\ufeffmark']])('returns %j as it was', (text) => {
  expect(decodeUtf8(encodeUtf8(text))).toBe(text)
})

it.each([
  [[0xff], 'a byte that UTF-8 does not have'],
  [[0xc0, 0xaf], 'an overlong slash'],
  [[0xed, 0xa0, 0x80], 'half of a surrogate pair'],
  [[0x61, 0xc3], 'a sequence that breaks off'],
])('refuses %j: %s', (bytes) => {
  expect(() => decodeUtf8(new Uint8Array(bytes))).toThrow(TypeError)
})
