import { expect, it } from 'vitest'
import { sha256 } from './digest.ts'

it('is the SHA-256 of the UTF-8 bytes, as base64url', async () => {
  // FIPS 180-4, example "abc".
  expect(await sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  expect(await sha256('ü')).not.toBe(await sha256('u'))
})
