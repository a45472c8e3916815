import { expect, test } from 'vitest'
import { chooseLanguage } from './index.ts'

test('takes the first wanted language that there is, with its region', () => {
  expect(chooseLanguage(['fr-CH', 'en-GB', 'en'])).toEqual({ language: 'en', locale: 'en-GB' })
})

test.each([[[]], [['xx']], [['toString']]])('falls back to English for %j', (wanted) => {
  expect(chooseLanguage(wanted)).toEqual({ language: 'en', locale: 'en' })
})
