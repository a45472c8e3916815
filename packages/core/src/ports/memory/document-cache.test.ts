import { describe, expect, it } from 'vitest'
import { documentCacheSuite } from '../../testing/document-cache-suite.ts'
import { createFixedClock } from '../../testing/fixed-clock.ts'
import { createMemoryDocumentCache } from './document-cache.ts'

describe('the memory document cache', () => {
  for (const { name, run } of documentCacheSuite) it(name, () => run(createMemoryDocumentCache))

  it('returns a document until its age is reached', async () => {
    const clock = createFixedClock(0)
    const cache = createMemoryDocumentCache(clock.now)
    await cache.put('key', '{}', 60)
    clock.advance(59_999)
    expect(await cache.get('key')).toBe('{}')
    clock.advance(1)
    expect(await cache.get('key')).toBeUndefined()
  })
})
