import { expect, it } from 'vitest'
import type { Problem } from '../../src/contract.ts'
import { hint } from '../providers.ts'
import { type Driver, location } from './driver.ts'

/** Which connection a person is sent to, and what nobody learns from it. */
export function selectionCases({ host, open, loginUrl, expectRefused }: Driver): void {
  it('sends a person to the connection of the domain', async () => {
    const browser = open()
    const response = await loginUrl(browser, { email: ' User@ACME.example', next: '/deep' })
    const { url } = (await response.json()) as { url: string }
    expect(url.startsWith(`${host().origin}/api/auth/oidc/acme/login/?next=%2Fdeep&hint=`)).toBe(true)
    expect(url).not.toContain('ACME')
    const started = await browser.navigate(url)
    expect(new URL(location(started)).searchParams.get('login_hint')).toBe('User@ACME.example')
  })

  it('asks the provider to sign the person in anew where that was asked for, and for nothing else', async () => {
    const browser = open()
    const body = JSON.stringify({ email: 'user@acme.example', prompt: 'login' })
    const asked = await browser.call('/api/auth/sso/login-url/', { method: 'POST', body })
    const { url } = (await asked.json()) as { url: string }
    const started = await browser.navigate(url)
    expect(new URL(location(started)).searchParams.get('prompt')).toBe('login')
    // A try that failed does not forget it.
    const denied = await browser.navigate(`${url}&login_hint=${hint('access-denied')}`)
    const answered = await browser.navigate(location(await browser.navigate(location(denied))))
    expect(location(answered)).toContain('prompt=login')
    const plain = await browser.navigate('/api/auth/oidc/acme/login/')
    expect(new URL(location(plain)).searchParams.has('prompt')).toBe(false)
    const other = await browser.navigate('/api/auth/oidc/acme/login/?prompt=none')
    await expectRefused(browser, other, 'bad_request')
  })

  it('lets a person choose where several connections share a domain', async () => {
    const response = await loginUrl(open(), { email: 'user@twin.example' })
    const { choose } = (await response.json()) as { choose: { name: string; url: string }[] }
    expect(choose.map(({ name }) => name)).toEqual(['acme-twin', 'twin-too'])
  })

  it('answers every address that it does not know with the same bytes', async () => {
    const texts = await Promise.all(
      ['user@unknown.example', 'user@sub.acme.example', 'user@acme.example.evil.example'].map(
        async (email) => {
          const response = await loginUrl(open(), { email })
          const problem = (await response.json()) as Problem
          return `${response.status} ${JSON.stringify({ ...problem, request_id: '' })}`
        },
      ),
    )
    expect(new Set(texts).size).toBe(1)
    expect(texts[0]).toContain('unknown_domain')
    const unknownId = await open().call('/api/auth/oidc/nobody/login/', {
      headers: { 'sec-fetch-site': 'none' },
    })
    expect(((await unknownId.json()) as Problem).code).toBe('unknown_domain')
  })
}
