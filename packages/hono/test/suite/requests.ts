import { expect, it } from 'vitest'
import type { Problem } from '../../src/contract.ts'
import type { Driver } from './driver.ts'

/** Requests that are malformed, come from elsewhere, or lead nowhere. */
export function requestCases({ open, logIn, session }: Driver): void {
  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a number', '{"email":7}'],
    ['no address', '{"email":"user"}'],
    ['two addresses', '{"email":"a@acme.example,b@acme.example"}'],
    ['too much', JSON.stringify({ email: 'user@acme.example' }) + ' '.repeat(20_000)],
  ])('calls a body with %s a bad request', async (_, body) => {
    const response = await open().call('/api/auth/sso/login-url/', { method: 'POST', body })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(((await response.json()) as Problem).code).toBe('bad_request')
  })

  it.each([
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    ['a script', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }],
    ['a frame', { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' }],
  ])('lets another site begin no login by %s', async (_, headers) => {
    for (const site of ['cross-site', 'same-site']) {
      const browser = open()
      const response = await browser.navigate('/api/auth/oidc/acme/login/', {
        'sec-fetch-site': site,
        ...headers,
      })
      expect([303, 400]).toContain(response.status)
      expect(browser.cookies.size).toBe(0)
    }
  })

  it('lets another site send a person here', async () => {
    const response = await open().navigate('/api/auth/oidc/acme/login/', { 'sec-fetch-site': 'cross-site' })
    expect(response.status).toBe(302)
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { 'sec-fetch-site': 'same-site' }],
  ])('does not let %s sign anybody out', async (_, headers) => {
    const browser = open()
    await logIn(browser)
    const response = await browser.call('/api/auth/logout', { method: 'POST', headers })
    expect(response.status).toBe(400)
    expect(await session(browser)).toBeDefined()
  })

  it('puts protective headers on every answer and lets nothing be cached', async () => {
    const browser = open()
    for (const path of ['/api/auth/social', '/api/auth/session', '/api/auth/oidc/acme/login/', '/api/none']) {
      const { headers } = await browser.navigate(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-request-id')).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    }
  })

  it('says that there is nothing at an address of which it knows nothing', async () => {
    const response = await open().call('/api/auth/nothing')
    expect(response.status).toBe(404)
    expect(((await response.json()) as Problem).code).toBe('not_found')
  })

  it('is alive', async () => {
    expect((await open().call('/healthz')).status).toBe(200)
  })
}
