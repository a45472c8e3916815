import { describe, expect, it } from 'vitest'
import { buildServiceProviderMetadata } from '../../src/saml/metadata/sp.ts'
import { parseServiceProviderKeys } from '../../src/saml/sp-keys.ts'
import { generateEncodedKeyPair, secretOf } from '../key-pairs.ts'
import { fullMetadata, sparseMetadata } from '../sp-metadata.ts'
import { ask, schemaProblems } from './programs.ts'

const keys = parseServiceProviderKeys(
  secretOf(await generateEncodedKeyPair(), await generateEncodedKeyPair()),
)

describe.each([
  ['all there is to say', { ...fullMetadata, keys }],
  ['as little as can be said', sparseMetadata],
])('our metadata with %s', (_, metadata) => {
  const xml = buildServiceProviderMetadata(metadata)

  it('is valid by the schema of SAML', () => {
    expect(schemaProblems('metadata', xml)).toBe('')
  })

  it('is in canonical form', () => {
    expect(ask('xmllint', ['--nonet', '--exc-c14n', '-'], xml).output).toBe(xml)
  })
})
