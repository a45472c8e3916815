import { describe, expect, it, vi } from 'vitest'
import { SsoError } from '../errors/index.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import { createMemoryDocumentCache } from '../ports/memory/document-cache.ts'
import { createFixedClock } from '../testing/fixed-clock.ts'
import { createDocuments, type Documents, type Lifetime } from './documents.ts'

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
    expect((await documents.read('key', load, { newerThan: fetchedAt })).document).toEqual({ load: 2 })
    expect((await documents.read('key', load, { newerThan: fetchedAt })).document).toEqual({ load: 2 })
  })

  it('that can not be loaded is asked for again after five seconds, and no sooner', async () => {
    const { clock, load, documents } = createAll()
    const failing = () => Promise.reject(new Error('refused'))
    await expect(documents.read('key', failing)).rejects.toThrow('refused')
    clock.advance(4999)
    await expect(documents.read('key', load)).rejects.toThrow('refused')
    expect((await documents.read('another', load)).document).toEqual({ load: 1 })
    clock.advance(1)
    expect((await documents.read('key', load)).document).toEqual({ load: 2 })
  })

  it.each([
    ['4.9 seconds is asked for again at once: the time of another may be longer', 4999, false],
    ['five seconds is not asked for again at once', 5000, true],
  ])('that did not come within %s', async (_, patience, holds) => {
    const { clock, load, documents } = createAll()
    const late = async () => {
      clock.advance(patience)
      throw new SsoError('provider_timeout', 'too late')
    }
    await expect(documents.read('key', late)).rejects.toThrow('too late')
    const again = documents.read('key', load).then(({ document }) => document)
    await (holds ? expect(again).rejects.toThrow('too late') : expect(again).resolves.toEqual({ load: 1 }))
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

describe('several who want the same document', () => {
  /** Loads that end when they are told to. */
  function createSlow() {
    const all = createAll()
    const ends: PromiseWithResolvers<void>[] = []
    const load = async () => {
      const end = Promise.withResolvers<void>()
      ends.push(end)
      await end.promise
      return { load: ends.length }
    }
    return { ...all, load, ends }
  }

  it('load it once', async () => {
    const { documents, load, ends } = createSlow()
    const reading = Promise.all(Array.from({ length: 50 }, () => documents.read('key', load)))
    await expect.poll(() => ends.length).toBe(1)
    ends[0]?.resolve()
    expect(new Set(await reading).size).toBe(1)
    expect(ends.length).toBe(1)
  })

  it('load each their own where the keys differ', async () => {
    const { documents, load, ends } = createSlow()
    const reading = Promise.all([documents.read('one', load), documents.read('two', load)])
    await expect.poll(() => ends.length).toBe(2)
    for (const end of ends) end.resolve()
    await reading
  })

  it('hear together that there is none, and whoever comes later asks anew', async () => {
    const { clock, documents, load, ends } = createSlow()
    const reading = Promise.allSettled(Array.from({ length: 20 }, () => documents.read('key', load)))
    await expect.poll(() => ends.length).toBe(1)
    ends[0]?.reject(new Error('down'))
    expect((await reading).map(({ status }) => status)).toEqual(Array(20).fill('rejected'))
    clock.advance(5000)
    const later = documents.read('key', load)
    await expect.poll(() => ends.length).toBe(2)
    ends[1]?.resolve()
    await later
  })

  /** Begins to seek a document in a request that ends at once: with it end its timers, and nothing is heard of it. */
  async function seekAndVanish(documents: Documents, load = () => new Promise<unknown>(() => undefined)) {
    const timers = vi.spyOn(globalThis, 'setInterval').mockReturnValueOnce(0 as never)
    const document = documents.read('key', load)
    await expect.poll(() => timers.mock.calls.length).toBe(1)
    timers.mockRestore()
    return { document }
  }

  it('do not wait for one who is gone: one of them takes over', async () => {
    const { documents } = createAll()
    await seekAndVanish(documents)
    let loads = 0
    const load = async () => {
      loads += 1
      await new Promise((resolve) => setTimeout(resolve, 300))
      return 'here'
    }
    const begun = performance.now()
    const reading = [1, 2, 3].map(() => documents.read('key', load))
    expect((await Promise.all(reading)).map(({ document }) => document)).toEqual(['here', 'here', 'here'])
    expect(performance.now() - begun).toBeGreaterThan(1000)
    expect(loads).toBe(1)
  })

  it('wait for one who is slow', async () => {
    const { documents, load, ends } = createSlow()
    const reading = [1, 2, 3].map(() => documents.read('key', load))
    await new Promise((resolve) => setTimeout(resolve, 4000))
    expect(ends.length).toBe(1)
    ends[0]?.resolve()
    expect(new Set(await Promise.all(reading)).size).toBe(1)
  })

  it('ask one after the other while the time of each is used up', async () => {
    const { documents } = createAll()
    let calls = 0
    let most = 0
    const timeOut = async () => {
      calls += 1
      most = Math.max(most, calls)
      await new Promise((resolve) => setTimeout(resolve, 50))
      calls -= 1
      throw new SsoError('provider_timeout', 'too late')
    }
    const hasTime = async () => 'here'
    const late = documents.read('key', timeOut).catch(() => 'late')
    const lateAsWell = documents.read('key', timeOut).catch(() => 'late')
    const reading = documents.read('key', hasTime)
    expect(await late).toBe('late')
    expect((await reading).document).toBe('here')
    expect(['late', await reading]).toContainEqual(await lateAsWell)
    expect(most).toBe(1)
  })

  it('give up after ten seconds, and do not all ask', { timeout: 20_000 }, async () => {
    const { documents, load, ends } = createSlow()
    const first = documents.read('key', load)
    await expect.poll(() => ends.length).toBe(1)
    const others = await Promise.allSettled([1, 2, 3].map(() => documents.read('key', load)))
    expect(others).toMatchObject(Array(3).fill({ reason: { code: 'provider_timeout' } }))
    expect(ends.length).toBe(1)
    ends[0]?.resolve()
    await first
  })

  it('leave their turn to one whose call took all of the ten seconds', async () => {
    const { clock, documents, load, ends } = createSlow()
    const first = documents.read('key', load)
    await expect.poll(() => ends.length).toBe(1)
    clock.advance(10_001)
    const second = documents.read('key', load)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(ends.length).toBe(1)
    ends[0]?.resolve()
    expect(await second).toBe(await first)
  })

  it('stay with whoever took over when the first one comes back', async () => {
    const { documents, load, ends } = createSlow()
    const vanished = await seekAndVanish(documents, load)
    const first = vanished.document.catch(() => 'failed')
    const second = documents.read('key', load)
    await expect.poll(() => ends.length, { timeout: 5000 }).toBe(2)
    ends[0]?.reject(new Error('late'))
    expect(await first).toBe('failed')
    const third = documents.read('key', load)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(ends.length).toBe(2)
    ends[1]?.resolve()
    expect(await third).toBe(await second)
  })

  it('do not wait at all for one who began long ago', async () => {
    const { clock, documents, load } = createAll()
    await seekAndVanish(documents)
    clock.advance(12_000)
    const begun = performance.now()
    expect((await documents.read('key', load)).document).toEqual({ load: 1 })
    expect(performance.now() - begun).toBeLessThan(1000)
  })
})

describe('an old document', () => {
  const DAY = 24 * HOUR
  const lifetime: Lifetime<unknown> = {
    freshUntil: ({ fetchedAt }) => fetchedAt + HOUR,
    usableUntil: ({ fetchedAt }) => fetchedAt + DAY,
  }
  const down = () => Promise.reject(new Error('down'))

  it('serves while there is no new one, for as long as it is usable', async () => {
    const { clock, load, documents } = createAll()
    const kept: unknown[] = []
    const wanted = { lifetime, onKept: (...all: unknown[]) => void kept.push(all) }
    const first = await documents.read('key', load, wanted)
    clock.advance(HOUR)
    expect(await documents.read('key', down, wanted)).toBe(first)
    expect(kept).toEqual([[first, new Error('down')]])
    clock.advance(DAY - HOUR - 1)
    expect(await documents.read('key', down, wanted)).toBe(first)
    clock.advance(1)
    await expect(documents.read('key', down, wanted)).rejects.toThrow('down')
    clock.advance(5000)
    expect((await documents.read('key', load, wanted)).document).toEqual({ load: 2 })
  })

  it('is replaced by the first new one', async () => {
    const { clock, load, documents } = createAll()
    await documents.read('key', load, { lifetime })
    clock.advance(HOUR)
    expect((await documents.read('key', load, { lifetime })).document).toEqual({ load: 2 })
  })

  it('is told to whoever loads in its place', async () => {
    const { clock, documents } = createAll()
    const olds: unknown[] = []
    const load = async (old: unknown) => olds.push(old)
    await documents.read('key', load, { lifetime })
    clock.advance(HOUR)
    await documents.read('key', load, { lifetime })
    expect(olds).toEqual([undefined, 1])
  })

  it.each([
    ['a failure', new Error('down'), 0],
    ['somebody had no time for a new one', new SsoError('provider_timeout', 'too late'), 3000],
  ])('serves five minutes after %s before a new one is asked for again', async (_, failure, duration) => {
    const { clock, documents } = createAll()
    let asked = 0
    const load = async () => {
      asked += 1
      if (asked === 1) return
      clock.advance(duration)
      throw failure
    }
    await documents.read('key', load, { lifetime })
    clock.advance(HOUR)
    for (const seconds of [0, 1, 298]) {
      clock.advance(seconds * 1000)
      await documents.read('key', load, { lifetime })
    }
    expect(asked).toBe(2)
    clock.advance(1000)
    await documents.read('key', load, { lifetime })
    expect(asked).toBe(3)
  })

  it('serves those who come while somebody asks for a new one', async () => {
    const { clock, load, documents } = createAll()
    const first = await documents.read('key', load, { lifetime })
    clock.advance(HOUR)
    const end = Promise.withResolvers<{ load: number }>()
    const renewing = documents.read('key', () => end.promise, { lifetime })
    expect(await documents.read('key', load, { lifetime })).toBe(first)
    end.resolve({ load: 7 })
    expect((await renewing).document).toEqual({ load: 7 })
  })

  it('is asked for anew when whoever did so never came back', async () => {
    const { clock, load, documents } = createAll()
    await documents.read('key', load, { lifetime })
    clock.advance(HOUR)
    void documents.read('key', () => new Promise<never>(() => undefined), { lifetime })
    clock.advance(12_000)
    expect((await documents.read('key', load, { lifetime })).document).toEqual({ load: 2 })
  })

  it('of another process serves this one, and is kept as long as it is usable', async () => {
    const { clock, cache, load, documents } = createAll()
    const first = await documents.read('key', load, { lifetime })
    clock.advance(DAY - 1)
    const other = createDocuments(cache, clock.now)
    expect(await other.read('key', down, { lifetime })).toEqual(first)
    clock.advance(1)
    await expect(other.read('key', down, { lifetime })).rejects.toThrow('down')
  })

  it('is no answer to whoever wants a newer one', async () => {
    const { clock, load, documents } = createAll()
    const { fetchedAt } = await documents.read('key', load, { lifetime })
    clock.advance(1)
    await expect(documents.read('key', down, { lifetime, newerThan: fetchedAt })).rejects.toThrow('down')
    expect((await documents.read('key', down, { lifetime })).document).toEqual({ load: 1 })
  })
})
