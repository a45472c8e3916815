import { expect, it } from 'vitest'
import { isJsonObject } from './json-object.ts'

it.each([
  ['{}', true],
  ['{"a":[]}', true],
  ['[]', false],
  ['null', false],
  ['"{}"', false],
  ['7', false],
  ['true', false],
])('%s is an object: %j', (text, expected) => {
  expect(isJsonObject(JSON.parse(text))).toBe(expected)
})

it('nothing is none', () => {
  expect(isJsonObject(undefined)).toBe(false)
})
