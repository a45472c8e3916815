import type { PersonalityName } from '@doorward/testkit'
import { describe, expect, it } from 'vitest'
import { baseUrl, baseUrlOf } from '../../test/configured.ts'
import { createScenario, logIn, refusalOf } from '../../test/scenario.ts'
import type { SsoError } from '../errors/index.ts'
import type { Fetch } from '../ports/fetch.ts'
import { openBackChannel } from './back-channel.ts'

const MIB = 1024 * 1024
const endpoints = ['discovery', 'jwks', 'token', 'userinfo'] as const
const faults = {
  html: 'provider_response_invalid',
  'invalid-json': 'provider_response_invalid',
  huge: 'provider_response_too_large',
  'huge-compressed': 'provider_response_too_large',
  redirecting: 'provider_response_invalid',
  reset: 'provider_unreachable',
} as const

/** A thin ID Token, so that userinfo is asked too. */
const createAt = (personality: PersonalityName) =>
  createScenario({
    provider: { personality, claimsIn: 'userinfo', hugeBytes: 2 * MIB, slowMilliseconds: 15_000 },
  })

describe.each(endpoints)('at the %s endpoint', (endpoint) => {
  for (const [fault, code] of Object.entries(faults) as [keyof typeof faults, string][]) {
    it(`an answer that is ${fault} is refused: ${code}`, async () => {
      const scenario = await createAt(`${fault}-at-${endpoint}`)
      expect(await refusalOf(logIn(scenario))).toBe(code)
      expect(scenario.provider.requests.count('elsewhere')).toBe(0)
    })
  }
})

const answering =
  (answer: (init: RequestInit) => Response | Promise<Response>): Fetch =>
  async (_, init) =>
    answer(init)
const get = (fetch: Fetch, url = 'https://idp.example/x', from = baseUrl) =>
  openBackChannel(fetch, from).getJson(url)

describe('the size of an answer', () => {
  const ofSize = (bytes: number) => answering(() => new Response(`{}${' '.repeat(bytes - 2)}`))

  it('may be 1 MiB, and not a byte more', async () => {
    expect(await get(ofSize(MIB))).toEqual({})
    expect(await refusalOf(get(ofSize(MIB + 1)))).toBe('provider_response_too_large')
  })

  it('is not believed but counted, and the rest is not read', async () => {
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(MIB / 4))
      },
    })
    const fetch = answering(() => new Response(endless, { headers: { 'content-length': '2' } }))
    expect(await refusalOf(get(fetch))).toBe('provider_response_too_large')
    expect(pulled).toBeLessThan(10)
  })
})

describe('a document in bytes', () => {
  const wanted = { accept: 'application/xml', sizeLimit: 4 * MIB }
  const getBytes = (fetch: Fetch) => openBackChannel(fetch, baseUrl).getBytes('https://idp.example/x', wanted)

  it('comes to the byte, whatever it is called', async () => {
    let accept: string | null = null
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x3c, 0x00, 0xff)
    const fetch = answering(({ headers }) => {
      accept = new Headers(headers).get('accept')
      return new Response(bytes, { headers: { 'content-type': 'text/html; charset=latin1' } })
    })
    expect(await getBytes(fetch)).toEqual(bytes)
    expect(accept).toBe('application/xml')
  })

  it('may be as large as was said, and not a byte more', async () => {
    const ofSize = (bytes: number) => answering(() => new Response(new Uint8Array(bytes)))
    expect((await getBytes(ofSize(4 * MIB))).length).toBe(4 * MIB)
    expect(await refusalOf(getBytes(ofSize(4 * MIB + 1)))).toBe('provider_response_too_large')
  })

  it.each([204, 301, 403, 404, 500])('is refused with status %i', async (status) => {
    const fetch = answering(() => new Response(status === 204 ? null : '<x/>', { status }))
    await expect(getBytes(fetch)).rejects.toMatchObject({
      code: 'provider_response_invalid',
      details: { host: 'idp.example', status },
    })
  })
})

describe('a call', () => {
  it.each([
    'http://idp.example/x',
    'http://127.0.0.1/x',
    'file:///etc/passwd',
    'data:application/json,{}',
    'javascript:0',
    'not a URL',
    '',
  ])('of %j is not made', async (url) => {
    let called = false
    const fetch = answering(() => {
      called = true
      return Response.json({})
    })
    expect(await refusalOf(get(fetch, url))).toBe('provider_url_refused')
    expect(called).toBe(false)
  })

  it('of this machine is made while we are on it ourselves', async () => {
    const fetch = answering(() => Response.json({ here: true }))
    const onLoopback = baseUrlOf('http://localhost:8080')
    expect(await get(fetch, 'http://127.0.0.1:9000/x', onLoopback)).toEqual({ here: true })
  })

  it('never follows a redirect by itself', async () => {
    let redirect: string | undefined
    await openBackChannel(
      answering((init) => {
        redirect = init.redirect
        return Response.json({})
      }),
      baseUrl,
    ).fetch('https://idp.example/x', { redirect: 'follow' })
    expect(redirect).toBe('manual')
  })

  it.each([301, 302, 303, 307, 308, 300, 304])(
    'that is answered with status %i is refused',
    async (status) => {
      const answer = () => new Response(null, { status, headers: { location: 'https://idp.example/y' } })
      const call = openBackChannel(answering(answer), baseUrl).fetch('https://idp.example/x', {})
      await expect(call).rejects.toMatchObject({ code: 'provider_response_invalid', details: { status } })
    },
  )

  it('that is answered with a redirect which the host hides is refused', async () => {
    const call = openBackChannel(
      answering(() => Response.error()),
      baseUrl,
    ).fetch('https://idp.example/x', {})
    await expect(call).rejects.toMatchObject({ code: 'provider_response_invalid', details: { status: 0 } })
  })

  it.each([201, 204, 400, 401, 404, 500, 503])(
    'for JSON that is answered with status %i is refused',
    async (status) => {
      const fetch = answering(() => new Response(status === 204 ? null : '{}', { status }))
      await expect(get(fetch)).rejects.toMatchObject({
        code: 'provider_response_invalid',
        details: { status },
      })
    },
  )

  it('that fails says why, as far as the host knows', async () => {
    const fetch: Fetch = () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) }),
      )
    await expect(get(fetch)).rejects.toMatchObject({
      code: 'provider_unreachable',
      details: { host: 'idp.example', reason: 'ECONNREFUSED' },
    })
  })

  it.each([new Error('network connection lost'), new TypeError('fetch failed')])(
    'that fails is not said to be because of %s, which says nothing',
    async (cause) => {
      const failed: unknown = await get(() => Promise.reject(cause)).catch((error: unknown) => error)
      expect(failed).toMatchObject({ code: 'provider_unreachable', cause })
      expect((failed as SsoError).details).toEqual({ host: 'idp.example' })
    },
  )

  it('whose body breaks off is refused', async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.error(new TypeError('terminated'))
      },
    })
    expect(await refusalOf(get(answering(() => new Response(broken))))).toBe('provider_unreachable')
  })

  it('keeps of the answer its status, its body, its type and its challenge', async () => {
    const headers = {
      'content-type': 'application/json',
      'www-authenticate': 'Basic',
      'set-cookie': 'a=b',
      'x-y': 'z',
    }
    const fetch = answering(() => new Response('{"a":1}', { status: 401, headers }))
    const response = await openBackChannel(fetch, baseUrl).fetch('https://idp.example/x', {})
    expect(response.status).toBe(401)
    expect(await response.text()).toBe('{"a":1}')
    expect([...response.headers.keys()].sort()).toEqual(['content-type', 'www-authenticate'])
  })
})

// All at the same time: each really takes the ten seconds.
describe('the time of an answer', { concurrent: true, timeout: 30_000 }, () => {
  it.each(['slow', 'drip'] as const)('that is %s is ten seconds and no longer', async (fault) => {
    const attempts = endpoints.map(async (endpoint) => {
      const scenario = await createAt(`${fault}-at-${endpoint}`)
      return [endpoint, await refusalOf(logIn(scenario))]
    })
    expect(await Promise.all(attempts)).toEqual(endpoints.map((endpoint) => [endpoint, 'provider_timeout']))
  })

  it('is over also where the body neither ends nor hears that it is', async () => {
    const endless = answering(
      () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })),
    )
    expect(await refusalOf(get(endless))).toBe('provider_timeout')
  })

  it('is over also where the answer begins when the time is up, and never ends', async () => {
    const late = answering(async ({ signal }) => {
      await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
      return new Response(new ReadableStream({ pull: () => new Promise(() => undefined) }))
    })
    expect(await refusalOf(get(late))).toBe('provider_timeout')
  })
})
