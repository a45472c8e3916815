import { describe, expect, it } from 'vitest'
import type { Problem } from '../../src/contract.ts'
import { location } from '../suite/driver.ts'
import { acs, answerTo, begin, type CreateSamlHost } from './host.ts'

const MIB = 1024 * 1024
const TRANSACTION = 'A'.repeat(22)
const FORM = 'application/x-www-form-urlencoded'

/** Requests that are no answers. */
export function bodyCases(create: CreateSamlHost): void {
  const host = create()
  const { open } = host

  /** As a program posts it, so that the refusal is a problem. */
  const post = (body: BodyInit, type: string | undefined = FORM, path = acs('acme')) =>
    host.app.request(`http://localhost:8787${path}`, {
      method: 'POST',
      body,
      headers: type === undefined ? {} : { 'content-type': type },
    })
  const form = (...fields: [string, string][]) => new URLSearchParams(fields).toString()
  const good: [string, string][] = Object.entries(answerTo(TRANSACTION))

  describe('what is posted to the assertion consumer service', () => {
    it.each<[string, string, string?]>([
      ['nothing', ''],
      ['no SAMLResponse', form(['RelayState', TRANSACTION])],
      ['an empty SAMLResponse', form(['SAMLResponse', ''], ['RelayState', TRANSACTION])],
      ['two SAMLResponses', form(...good, ['SAMLResponse', 'x'])],
      ['two RelayStates', form(...good, ['RelayState', TRANSACTION])],
      ['a SAMLResponse under another name', form(['samlresponse', 'x'], ['RelayState', TRANSACTION])],
      ['JSON', JSON.stringify(answerTo(TRANSACTION)), 'application/json'],
      ['a form that calls itself text', form(...good), 'text/plain'],
      ['a form that calls itself something like it', form(...good), `${FORM}x`],
      ['a form of the other kind', form(...good), 'multipart/form-data; boundary=x'],
      ['a million fields', 'a&'.repeat(MIB - 1)],
      ['more than two mebibytes', `SAMLResponse=${'A'.repeat(2 * MIB)}`],
    ])('is a bad request with %s', async (_, body, type) => {
      const response = await post(body, type)
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect(((await response.json()) as Problem).code).toBe('bad_request')
    })

    it('is a bad request with more than two mebibytes whose length nobody told', async () => {
      const chunk = new TextEncoder().encode('A'.repeat(64 * 1024))
      let sent = 0
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (sent++ < 40) controller.enqueue(chunk)
          else controller.close()
        },
      })
      const init = { method: 'POST', body, headers: { 'content-type': FORM }, duplex: 'half' }
      const response = await host.app.request(`http://localhost:8787${acs('acme')}`, init as RequestInit)
      expect(response.status).toBe(400)
    })

    it.each([
      ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00, 0x26, 0x3d, 0x80])],
      ['half an escape', 'SAMLResponse=%&RelayState=%E0%A4%A'],
      ['names of objects', '__proto__=x&constructor=y&SAMLResponse=__proto__'],
    ])('is never a fault of ours: %s', async (_, body) => {
      const { status } = await post(body)
      expect(status).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect(host.events.filter(({ type }) => type === 'fault')).toEqual([])
    })

    it('may be as large as a large message is', async () => {
      const body = form(['SAMLResponse', 'A'.repeat(1.4 * MIB)], ['RelayState', TRANSACTION])
      expect((await post(body)).status).toBe(200)
      expect((await post(body, `${FORM}; charset=UTF-8`, '/api/auth/saml/acme/acs')).status).toBe(200)
    })

    it('may not be so large anywhere else', async () => {
      const body = 'A'.repeat(17 * 1024)
      for (const path of [
        '/api/auth/saml/acme/login/',
        '/api/auth/saml/acme/acs/x',
        '/api/auth/oidc/acs/',
        '/api/auth/sso/login-url/',
      ]) {
        expect((await post(body, FORM, path)).status).toBe(400)
      }
    })

    it('has a connection', async () => {
      for (const id of ['nobody', 'off', '%00', '..%2f']) {
        expect((await post(form(...good), FORM, acs(id))).status).toBe(404)
      }
    })

    it('is answered with and without the final slash alike', async () => {
      const browser = open()
      const answer = answerTo(await begin(browser))
      expect(location(await browser.post('/api/auth/saml/acme/acs', answer))).toBe('/')
    })
  })

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('says that answers are posted, to %s', async (method) => {
    for (const headers of [{}, { accept: 'text/html', 'sec-fetch-mode': 'navigate' }]) {
      const query = `?${form(...good)}`
      const response = await host.app.request(`${acs('acme')}${query}`, { method, headers })
      expect(response.status).toBe(405)
      expect(response.headers.get('allow')).toBe('POST')
      expect(response.headers.getSetCookie()).toEqual([])
      if (method === 'HEAD') continue
      const problem = (await response.json()) as Problem
      expect(problem).toMatchObject({ code: 'method_not_allowed', status: 405 })
      expect(problem.detail).toContain('HTTP-POST')
    }
  })

  it('writes no personal data, no answer and no transaction into its events', async () => {
    const browser = open()
    const transactionId = await begin(browser)
    await browser.post(acs('acme'), answerTo(transactionId))
    const text = JSON.stringify(host.events)
    for (const word of ['@', 'user-1', transactionId, '_assertion', 'SAMLResponse=']) {
      expect(text).not.toContain(word)
    }
  })
}
