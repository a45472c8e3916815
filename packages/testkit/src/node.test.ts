import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { OpenIdProvider, PersonalityName } from './index.ts'
import {
  type Listener,
  listen,
  type StartOptions,
  startOpenIdProvider,
  startSamlIdentityProvider,
} from './node.ts'
import { authorize, careless, freshCode, redeem, userinfo } from './test-support/careless-client.ts'
import { authnRequest, openedForm, serviceProvider } from './test-support/careless-service-provider.ts'

const client = {
  client_id: careless.client_id,
  client_secret: careless.client_secret,
  redirect_uris: [careless.redirect_uri],
}
const opened: Listener[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((listener) => listener.close()))
})

function keep<Opened extends Listener>(listener: Opened): Opened {
  opened.push(listener)
  return listener
}

async function start(
  personality: PersonalityName = 'good',
  options: Partial<StartOptions> = {},
): Promise<OpenIdProvider & Listener> {
  return keep(await startOpenIdProvider({ clients: [client], algorithm: 'ES256', personality, ...options }))
}

describe('startOpenIdProvider', () => {
  it('goes through a login over real sockets', async () => {
    const op = await start('good', { issuerPath: '/tenant-1' })
    expect(op.issuer).toBe(`${op.url}/tenant-1`)
    const document = await (await fetch(`${op.issuer}/.well-known/openid-configuration`)).json()
    expect(document).toMatchObject({ issuer: op.issuer, token_endpoint: `${op.issuer}/token` })
    const response = await redeem(fetch, op.issuer, await freshCode(fetch, op.issuer))
    const tokens = (await response.json()) as { access_token: string }
    expect(await (await userinfo(fetch, op.issuer, tokens.access_token)).json()).toMatchObject({
      sub: 'user-1',
    })
    expect(op.requests.last('token').headers.get('content-type')).toMatch(
      /^application\/x-www-form-urlencoded/,
    )
  })

  it('lets the personality be changed while it runs', async () => {
    const op = await start()
    op.personality = 'access-denied'
    const response = await authorize(fetch, op.issuer)
    expect(response.headers.get('location')).toContain('error=access_denied')
  })

  it('fails when the port is taken', async () => {
    const op = await start()
    const port = Number(new URL(op.url).port)
    await expect(startOpenIdProvider({ clients: [client], port })).rejects.toThrow('EADDRINUSE')
  })
})

describe('transport faults over real sockets', () => {
  const discovery = (op: OpenIdProvider, init: RequestInit = {}) =>
    fetch(`${op.issuer}/.well-known/openid-configuration`, init)

  it('huge is sent only as far as it is read', async () => {
    const op = await start('huge-at-discovery', { hugeBytes: 2 ** 40 })
    const before = process.memoryUsage().rss
    const response = await discovery(op)
    const reader = response.body?.getReader()
    let received = 0
    for (let chunk = 0; chunk < 20; chunk += 1) received += (await reader?.read())?.value?.length ?? 0
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(received).toBeGreaterThan(0)
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
    await reader?.cancel()
  })

  it('huge-compressed is small on the wire and 50 MB when read', async () => {
    const op = await start('huge-compressed-at-discovery')
    expect(await bytesOnTheWire(op)).toBeLessThan(200_000)
    const response = await discovery(op)
    let inflated = 0
    for await (const chunk of response.body ?? []) inflated += chunk.length
    expect(inflated).toBeGreaterThan(50_000_000)
  })

  it('slow does not answer before its time, and hears the client go', async () => {
    const op = await start('slow-at-discovery')
    await expect(discovery(op, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout')
    expect(op.requests.last('discovery').status).toBeUndefined()
  })

  it('drip sends a head and then byte after byte', async () => {
    const op = await start('drip-at-discovery', { dripMilliseconds: 10 })
    const response = await discovery(op)
    expect(response.status).toBe(200)
    const reader = response.body?.getReader()
    for (let byte = 0; byte < 3; byte += 1) expect((await reader?.read())?.value).toHaveLength(1)
    await reader?.cancel()
  })

  it('reset ends the connection without an answer', async () => {
    const op = await start('reset-at-discovery')
    const failure = await discovery(op).catch((error: unknown) => error)
    expect(failure).toMatchObject({ cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } })
    op.personality = 'good'
    expect((await discovery(op)).status).toBe(200)
  })

  it('redirecting leads a client that follows to a good answer', async () => {
    const op = await start('redirecting-at-discovery')
    expect(await (await discovery(op)).json()).toMatchObject({ issuer: op.issuer })
    expect([op.requests.count('discovery'), op.requests.count('elsewhere')]).toEqual([1, 1])
  })
})

/** Size of the whole answer as it crosses the network, head included. */
function bytesOnTheWire(op: OpenIdProvider & Listener): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = 0
    const socket = connect(Number(new URL(op.url).port), '127.0.0.1')
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received += chunk.length
    })
    socket.on('close', () => resolve(received))
    socket.write('GET /.well-known/openid-configuration HTTP/1.1\r\nHost: op\r\nConnection: close\r\n\r\n')
  })
}

describe('listen', () => {
  it('streams a request body to the handler', async () => {
    const { url } = keep(
      await listen(() => ({ fetch: async (request) => new Response(await request.text()) })),
    )
    expect(await (await fetch(url, { method: 'POST', body: 'x'.repeat(100_000) })).text()).toHaveLength(
      100_000,
    )
  })

  it('keeps headers that are there more than once', async () => {
    const headers = new Headers([
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ])
    const { url } = keep(await listen(() => ({ fetch: () => new Response('', { headers }) })))
    expect((await fetch(url)).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  })

  it('tells the handler when the client has gone away', async () => {
    const told = Promise.withResolvers<void>()
    const never = (request: Request) => {
      request.signal.addEventListener('abort', () => told.resolve())
      return new Promise<Response>(() => {})
    }
    const { url } = keep(await listen(() => ({ fetch: never })))
    await expect(fetch(url, { signal: AbortSignal.timeout(50) })).rejects.toThrow('timeout')
    await told.promise
  })

  it('stops reading the body of an answer when the client has gone away', async () => {
    const cancelled = Promise.withResolvers<void>()
    const body = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        cancel: () => cancelled.resolve(),
      })
    const { url } = keep(await listen(() => ({ fetch: () => new Response(body()) })))
    await (await fetch(url)).body?.cancel()
    await cancelled.promise
  })

  it('answers 500 when the handler fails, and goes on', async () => {
    const fail = () => {
      throw new Error('for this test')
    }
    const { url } = keep(await listen(() => ({ fetch: fail })))
    expect((await fetch(url)).status).toBe(500)
    expect((await fetch(url)).status).toBe(500)
  })

  it('listens no more when the handler can not be made', async () => {
    let seen = ''
    const failing = listen((url) => {
      seen = url
      throw new Error('for this test')
    })
    await expect(failing).rejects.toThrow('for this test')
    await expect(fetch(seen)).rejects.toThrow('fetch failed')
  })

  it.each<PersonalityName>(['good', 'slow-at-discovery', 'drip-at-discovery', 'huge-at-discovery'])(
    'close ends every connection at once, under %s',
    async (personality) => {
      const op = await start(personality)
      const answer = fetch(`${op.issuer}/.well-known/openid-configuration`)
        .then((response) => response.text())
        .catch(() => 'cut off')
      await expect.poll(() => op.requests.count('discovery')).toBe(1)
      const before = performance.now()
      await op.close()
      await answer
      expect(performance.now() - before).toBeLessThan(2000)
      await expect(fetch(op.url)).rejects.toThrow('fetch failed')
      await op.close()
    },
  )
})

describe('startSamlIdentityProvider', () => {
  it('goes through a login and serves metadata over real sockets', async () => {
    const idp = keep(await startSamlIdentityProvider({ path: '/tenant-1', signatureMethod: 'ecdsa-sha256' }))
    const metadata = await (await fetch(idp.metadataUrl)).text()
    expect(metadata).toContain(`entityID="${idp.url}/tenant-1/metadata"`)
    const body = new URLSearchParams({ SAMLRequest: btoa(authnRequest()), RelayState: 'r' })
    const response = await fetch(idp.singleSignOnUrl, { method: 'POST', body })
    const { action, parameters } = openedForm(await response.text())
    expect([action, parameters.get('RelayState')]).toEqual([serviceProvider.acsUrl, 'r'])
    expect(idp.requests.last('sso').status).toBe(200)
  })
})
