import { describe, expect, it } from 'vitest'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { documentCacheSuite } from '../testing/document-cache-suite.ts'
import { createFixedClock } from '../testing/fixed-clock.ts'
import type { DocumentCache } from './document-cache.ts'
import { createMemoryDocumentCache } from './memory/document-cache.ts'
import { sealDocuments } from './sealed-documents.ts'

const newSealer = () => createSealer([new Secret(randomId(32))])

function createCaches(sealer = newSealer()) {
  const open = createMemoryDocumentCache(createFixedClock(0).now)
  return { open, sealed: sealDocuments(open, sealer) }
}

describe('a sealed document cache', () => {
  const sealer = newSealer()
  for (const { name, run } of documentCacheSuite) {
    it(name, () => run(async (clock) => sealDocuments(createMemoryDocumentCache(clock), sealer)))
  }

  it('keeps nothing readable in the cache behind it', async () => {
    const { open, sealed } = createCaches()
    await sealed.put('key', 'https://idp.example/jwks', 60)
    expect(await open.get('key')).toMatch(/^[A-Za-z0-9_-]+$/)
  })

  it.each([['{"keys":[]}'], [''], ['AAAA']])(
    'takes %j, written by somebody else, for absent',
    async (text) => {
      const { open, sealed } = createCaches()
      await open.put('key', text, 60)
      expect(await sealed.get('key')).toBeUndefined()
    },
  )

  it('takes a document that was moved to another key for absent', async () => {
    const { open, sealed } = createCaches()
    await sealed.put('keys of one', '{}', 60)
    await open.put('keys of two', (await open.get('keys of one')) ?? '', 60)
    expect(await sealed.get('keys of two')).toBeUndefined()
    expect(await sealed.get('keys of one')).toBe('{}')
  })

  it('takes what another secret sealed for absent', async () => {
    const { open, sealed } = createCaches()
    await sealDocuments(open, newSealer()).put('key', '{}', 60)
    expect(await sealed.get('key')).toBeUndefined()
  })

  it('hands the age on', async () => {
    const clock = createFixedClock(0)
    const sealed = sealDocuments(createMemoryDocumentCache(clock.now), newSealer())
    await sealed.put('key', '{}', 60)
    clock.advance(60_000)
    expect(await sealed.get('key')).toBeUndefined()
  })

  it('is empty, and takes what it is given, when the cache behind it fails', async () => {
    const failing: DocumentCache = {
      get: () => Promise.reject(new Error('unreachable')),
      put: () => Promise.reject(new Error('unreachable')),
    }
    const sealed = sealDocuments(failing, newSealer())
    await expect(sealed.put('key', '{}', 60)).resolves.toBeUndefined()
    expect(await sealed.get('key')).toBeUndefined()
  })
})
