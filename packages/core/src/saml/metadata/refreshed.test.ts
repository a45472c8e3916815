import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../../test/configured.ts'
import {
  connection,
  createMetadataScenario,
  keyOf,
  type MetadataScenario,
  signingWith,
} from '../../../test/metadata-scenario.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('metadata after a signature that no key fits', () => {
  const loggedIn = async (all: MetadataScenario) => {
    const tried = await all.source.of(connection, baseUrl)
    all.clock.advance(1000)
    return { tried, refresh: async () => keyOf(await all.source.refreshed(connection, baseUrl, tried)) }
  }

  it('is fetched anew, and serves everybody from then on', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.serve(signingWith('p384'))
    expect(await refresh()).toBe('p384')
    expect([await all.key(), await all.key(all.start())]).toEqual(['p384', 'p384'])
    expect(all.requests).toHaveLength(2)
  })

  it('is fetched once in five minutes', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    expect(await refresh()).toBe('p256')
    const tried = await all.source.of(connection, baseUrl)
    const again = async () => keyOf(await all.source.refreshed(connection, baseUrl, tried))
    all.serve(signingWith('p384'))
    all.clock.advance(5 * MINUTE - 1)
    expect(await again()).toBeUndefined()
    all.clock.advance(1)
    expect(await again()).toBe('p384')
    expect(all.requests).toHaveLength(3)
  })

  it('is fetched once in five minutes also when that fails, and the log says why', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.serve('<html>')
    expect(await refresh()).toBeUndefined()
    expect(await refresh()).toBeUndefined()
    expect(all.requests).toHaveLength(2)
    expect(all.events).toMatchObject([{ type: 'metadata.kept', code: 'saml_metadata_invalid' }])
    expect(await all.key()).toBe('p256')
  })

  it('is not fetched more often because somebody went away meanwhile', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.answer = () => new Promise(() => undefined)
    void refresh()
    await expect.poll(() => all.requests.length).toBe(2)
    all.serve(signingWith('p384'))
    all.clock.advance(5 * MINUTE - 1)
    expect(await refresh()).toBeUndefined()
    all.clock.advance(1)
    expect(await refresh()).toBe('p384')
  })

  it('is fetched for each connection', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    await refresh()
    const other = { ...connection, id: 'other' }
    const tried = await all.source.of(other, baseUrl)
    all.clock.advance(1000)
    all.serve(signingWith('p384'))
    expect(keyOf(await all.source.refreshed(other, baseUrl, tried))).toBe('p384')
  })

  it('is fetched once for all logins of the same moment, and all of them get it', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.serve(signingWith('p384'))
    expect(new Set(await Promise.all(Array.from({ length: 20 }, refresh)))).toEqual(new Set(['p384']))
    expect(all.requests).toHaveLength(2)
  })

  it('fails once for all logins of the same moment', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.fail()
    expect(new Set(await Promise.all(Array.from({ length: 20 }, refresh)))).toEqual(new Set([undefined]))
    expect([all.requests.length, all.events.length]).toEqual([2, 1])
  })

  it('is what another process fetched meanwhile', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.serve(signingWith('p384'))
    const other = all.start()
    await other.refreshed(connection, baseUrl, await other.of(connection, baseUrl))
    expect(await refresh()).toBe('p384')
    expect(all.requests).toHaveLength(2)
  })

  it('is what this process fetched meanwhile, without asking', async () => {
    const all = createMetadataScenario()
    const { refresh } = await loggedIn(all)
    all.serve(signingWith('p384'))
    all.clock.advance(HOUR)
    await all.key()
    expect(await refresh()).toBe('p384')
    expect(all.requests).toHaveLength(2)
  })

  it('is nothing that a configuration could have', async () => {
    const all = createMetadataScenario()
    const metadata = { kind: 'document', xml: signingWith('p256') } as const
    const inline = { ...connection, metadata }
    const tried = await all.source.of(inline, baseUrl)
    expect(await all.source.refreshed(inline, baseUrl, tried)).toBeUndefined()
    expect(all.requests).toEqual([])
  })
})
