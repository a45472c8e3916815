import { describe, expect, it } from 'vitest'
import type { DocumentCache } from '../ports/document-cache.ts'
import { createMemoryDocumentCache } from '../ports/memory/document-cache.ts'
import { createFixedClock } from '../testing/fixed-clock.ts'
import { createDocuments } from './documents.ts'

const HOUR = 60 * 60 * 1000

function createAll() {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const cache = createMemoryDocumentCache(clock.now)
  let loads = 0
  const load = async () => ({ load: ++loads })
  return { clock, cache, load, documents: createDocuments(cache, clock.now) }
}

describe('a document', () => {
  it('is loaded once, and again after an hour', async () => {
    const { clock, load, documents } = createAll()
    const first = await documents.read('key', load)
    expect(first).toEqual({ document: { load: 1 }, fetchedAt: clock.now() })
    clock.advance(HOUR - 1)
    expect(await documents.read('key', load)).toBe(first)
    clock.advance(1)
    expect((await documents.read('key', load)).document).toEqual({ load: 2 })
  })

  it('is kept by its key', async () => {
    const { load, documents } = createAll()
    await documents.read('one', load)
    expect((await documents.read('two', load)).document).toEqual({ load: 2 })
  })

  it('comes from the shared cache when another process loaded it, at the age it has', async () => {
    const { clock, cache, load, documents } = createAll()
    const first = await documents.read('key', load)
    const other = createDocuments(cache, clock.now)
    clock.advance(HOUR - 1)
    expect(await other.read('key', load)).toEqual(first)
    clock.advance(1)
    expect((await other.read('key', load)).document).toEqual({ load: 2 })
  })

  it('is loaded again when one that is newer is asked for', async () => {
    const { clock, load, documents } = createAll()
    const { fetchedAt } = await documents.read('key', load)
    clock.advance(1)
    expect((await documents.read('key', load, fetchedAt)).document).toEqual({ load: 2 })
    expect((await documents.read('key', load, fetchedAt)).document).toEqual({ load: 2 })
  })

  it('is not kept when it can not be loaded', async () => {
    const { load, documents } = createAll()
    const failing = () => Promise.reject(new Error('refused'))
    await expect(documents.read('key', failing)).rejects.toThrow('refused')
    expect((await documents.read('key', load)).document).toEqual({ load: 1 })
  })

  it('is asked of the shared cache only when this process does not have it', async () => {
    const { clock, load } = createAll()
    const asked: string[] = []
    const cache: DocumentCache = {
      get: async (key) => void asked.push(`get ${key}`) as undefined,
      put: async (key, _, maxAge) => void asked.push(`put ${key} ${maxAge}`),
    }
    const documents = createDocuments(cache, clock.now)
    await documents.read('key', load)
    await documents.read('key', load)
    expect(asked).toEqual(['get key', 'put key 3600'])
  })
})
