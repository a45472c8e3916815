import { describe, expect, it } from 'vitest'
import { writeXml } from '../../src/saml/xml/writer.ts'
import { createRandom } from '../random-configurations.ts'
import { randomElement } from '../random-elements.ts'
import { ask, file } from './programs.ts'

describe('what the writer writes', () => {
  it('is what xmllint makes of it in exclusive canonical form, byte for byte', () => {
    const random = createRandom(5)
    const documents = Array.from({ length: 2000 }, () => writeXml(randomElement(random)))
    const verdict = ask('xmllint', ['--nonet', '--exc-c14n', ...documents.map(file)])
    expect(verdict).toEqual({ isContent: true, output: documents.join(''), complaints: '' })
  })
})
