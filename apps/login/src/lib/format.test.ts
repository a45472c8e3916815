import { expect, test } from 'vitest'
import { initials, localMoment } from './format.ts'

test.each([
  ['First Last', 'FL'],
  ['First (Middle) Last', 'FL'],
  ['single', 'S'],
  ['user.name@example.com', 'UN'],
  ['ällo wörld', 'ÄW'],
  ['𝒜 b', '𝒜B'],
  ['@', ''],
  ['', ''],
])('initials of %j', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('a moment in the words of a locale, or none', () => {
  expect(localMoment('2030-01-15T12:00:00Z', 'en-GB')).toContain('January 2030')
  expect(localMoment('soon', 'en-GB')).toBeNull()
})
