import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../../test/configured.ts'
import { metadataWith } from '../../../test/idp-metadata.ts'
import {
  connection,
  createMetadataScenario,
  METADATA_URL,
  signingWith,
  until,
} from '../../../test/metadata-scenario.ts'
import { readAt } from '../../../test/read-metadata.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('metadata at an address', () => {
  it('is asked for as metadata, without following redirects', async () => {
    const { key, requests } = createMetadataScenario()
    expect(await key()).toBe('p256')
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ url: METADATA_URL, init: { method: 'GET', redirect: 'manual' } })
    expect(new Headers(requests[0]?.init.headers).get('accept')).toMatch(/^application\/samlmetadata\+xml,/)
  })

  it('may be 4 MiB', async () => {
    const { key, serve } = createMetadataScenario()
    serve(signingWith('p256').padEnd(4 * 1024 * 1024))
    expect(await key()).toBe('p256')
  })

  it('is the same object for as long as it is the same', async () => {
    const { source } = createMetadataScenario()
    expect(await source.of(connection, baseUrl)).toBe(await source.of(connection, baseUrl))
  })

  it('is fetched once by many logins, and by many processes', async () => {
    const { key, start, requests } = createMetadataScenario()
    expect(new Set(await Promise.all(Array.from({ length: 30 }, () => key())))).toEqual(new Set(['p256']))
    expect(await key(start())).toBe('p256')
    expect(requests).toHaveLength(1)
  })

  it('is fetched by each connection, and anew when its configuration changes', async () => {
    const { key, source, requests } = createMetadataScenario()
    await key()
    await key(source, { ...connection, id: 'other' })
    await key(source, { ...connection, metadata: { kind: 'url', url: `${METADATA_URL}/2` } })
    expect(requests.map(({ url }) => url)).toEqual([METADATA_URL, METADATA_URL, `${METADATA_URL}/2`])
  })

  it.each([
    ['is down', () => new Response('', { status: 500 }), 'provider_response_invalid'],
    ['is elsewhere', () => Response.redirect('https://idp.example/2'), 'provider_response_invalid'],
    ['is none', () => new Response('<html>'), 'saml_metadata_invalid'],
    ['is of another', () => new Response(metadataWith({ entityId: 'x' })), 'saml_metadata_invalid'],
    ['expired', () => new Response(signingWith('p256', until(readAt))), 'saml_metadata_expired'],
    ['is too large', () => new Response(' '.repeat(4 * 1024 * 1024 + 1)), 'provider_response_too_large'],
  ])('that %s is refused when there was none before', async (_, answer, code) => {
    const all = createMetadataScenario()
    all.answer = answer
    expect(await all.key()).toBe(code)
    expect(all.events).toEqual([])
    all.serve(signingWith('p256'))
    // For five seconds, however often somebody asks, the provider is left alone.
    all.clock.advance(4999)
    expect(await all.key()).toBe(code)
    all.clock.advance(1)
    expect(await all.key()).toBe('p256')
    expect(all.requests).toHaveLength(2)
  })

  it('is not fetched where nobody may be called', async () => {
    const { key, source, requests } = createMetadataScenario()
    const insecure = { ...connection, metadata: { kind: 'url', url: 'http://idp.example/' } } as const
    expect(await key(source, insecure)).toBe('provider_url_refused')
    expect(requests).toEqual([])
  })
})

describe('new metadata', () => {
  it.each([
    ['an hour', '', HOUR],
    ['what it says itself', 'cacheDuration="PT6H"', 6 * HOUR],
    ['five minutes at least', 'cacheDuration="PT1S"', 5 * MINUTE],
    ['a day at most', 'cacheDuration="P30D"', DAY],
    ['half of what is left of its validity', until(readAt + 20 * MINUTE), 10 * MINUTE],
    ['less, if both are said', `cacheDuration="PT1H" ${until(readAt + DAY)}`, HOUR],
  ])('is asked for after %s', async (_, attributes, duration) => {
    const { clock, key, serve } = createMetadataScenario()
    serve(signingWith('p256', attributes))
    await key()
    serve(signingWith('p384'))
    clock.advance(duration - 1)
    expect(await key()).toBe('p256')
    clock.advance(1)
    expect(await key()).toBe('p384')
  })

  it('replaces the old one, and keys that are gone are gone at once', async () => {
    const { clock, key, serve, start } = createMetadataScenario()
    await key()
    serve(signingWith('p384'))
    clock.advance(HOUR)
    expect(await key()).toBe('p384')
    expect(await key(start())).toBe('p384')
  })

  it('is asked for by one login, and the others take the old one meanwhile', async () => {
    const { clock, key, serve, requests } = createMetadataScenario()
    await key()
    serve(signingWith('p384'))
    clock.advance(HOUR)
    expect(await Promise.all([key(), key(), key()])).toEqual(['p384', 'p256', 'p256'])
    expect(requests).toHaveLength(2)
  })
})

describe('the last good metadata', () => {
  const bad: readonly (readonly [string, () => Response | Promise<Response>, string])[] = [
    ['nothing', () => new Response('', { status: 503 }), 'provider_response_invalid'],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'provider_unreachable'],
    ['a web page', () => new Response('<!doctype html>'), 'saml_metadata_invalid'],
    ['that of another', () => new Response(metadataWith({ entityId: 'x' })), 'saml_metadata_invalid'],
    ['one without keys', () => new Response(metadataWith({ keys: '' })), 'saml_metadata_invalid'],
    ['one that is over', () => new Response(signingWith('p384', until(readAt))), 'saml_metadata_expired'],
  ]
  it.each(bad)('serves while there is %s, and the log says so', async (_, answer, code) => {
    const all = createMetadataScenario()
    await all.key()
    all.answer = answer
    all.clock.advance(HOUR)
    expect(await all.key()).toBe('p256')
    expect(all.events).toEqual([
      {
        type: 'metadata.kept',
        requestId: expect.any(String),
        connection: 'acme',
        code,
        message: expect.any(String),
        details: expect.any(Object),
        until: readAt + 7 * DAY,
      },
    ])
  })

  it('serves for seven days after it was fetched', async () => {
    const { clock, key, fail, start } = createMetadataScenario()
    await key()
    fail()
    clock.advance(7 * DAY - 1)
    expect([await key(), await key(start())]).toEqual(['p256', 'p256'])
    clock.advance(1)
    expect([await key(), await key(start())]).toEqual([
      'provider_response_invalid',
      'provider_response_invalid',
    ])
  })

  it('serves until it is no longer valid, if that is before', async () => {
    const { clock, key, fail, serve, start } = createMetadataScenario()
    serve(signingWith('p256', until(readAt + DAY)))
    await key()
    fail()
    clock.advance(DAY - 1)
    expect([await key(), await key(start())]).toEqual(['p256', 'p256'])
    clock.advance(1)
    expect([await key(), await key(start())]).toEqual([
      'provider_response_invalid',
      'provider_response_invalid',
    ])
  })

  it('serves five minutes before new metadata is asked for again', async () => {
    const { clock, key, fail, serve, requests, events } = createMetadataScenario()
    await key()
    fail()
    clock.advance(HOUR)
    for (let attempt = 0; attempt < 10; attempt += 1) await key()
    expect([requests.length, events.length]).toEqual([2, 1])
    serve(signingWith('p384'))
    clock.advance(5 * MINUTE - 1)
    expect(await key()).toBe('p256')
    clock.advance(1)
    expect(await key()).toBe('p384')
  })

  it('does not keep a login waiting for long', { timeout: 15_000 }, async () => {
    const all = createMetadataScenario()
    await all.key()
    all.clock.advance(HOUR)
    const begun = performance.now()
    // The host's fetch would hear the signal; this one does not, so the answer is a body that never ends.
    all.answer = () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }))
    expect(await all.key()).toBe('p256')
    expect(performance.now() - begun).toBeLessThan(8000)
    expect(all.events).toMatchObject([{ code: 'provider_timeout' }])
  })
})
