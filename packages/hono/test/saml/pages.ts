import { describe, expect, it } from 'vitest'
import { acs, answerTo, type CreateSamlHost, formOn } from './host.ts'
import { HOSTILE } from './telling-saml.ts'

const TRANSACTION = 'A'.repeat(22)

/** The pages that post a form by themselves. */
export function pageCases(create: CreateSamlHost): void {
  const { open, expectRefused } = create()
  const leaving = () => open().navigate('/api/auth/saml/posting/login/')
  const again = (samlResponse: string) =>
    open().post(acs('acme'), { ...answerTo(TRANSACTION), SAMLResponse: samlResponse })

  describe('the page that posts a form', () => {
    it.each([
      ['to an identity provider', leaving],
      ['once more to us', () => again('x')],
    ])('%s is whole without its script, for everybody', async (_, ask) => {
      const response = await ask()
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i)
      expect(response.headers.get('cache-control')).toBe('no-store')
      const page = await response.text()
      expect(page).toMatch(/^<!doctype html>\n<html lang="en">/)
      for (const part of ['<title>', '<main>', '<h1>', '<p>', '<button>Continue</button>']) {
        expect(page.split(part)).toHaveLength(2)
      }
    })

    it.each([
      ['to an identity provider', leaving, "form-action 'self' https: http://localhost:* http://127.0.0.1:*"],
      ['once more to us', () => again('x'), "form-action 'self'"],
    ])(
      '%s may run one script, look one way and post to where it goes, and nothing else',
      async (_, ask, formAction) => {
        const response = await ask()
        const page = await response.text()
        expect(response.headers.get('content-security-policy')?.split('; ')).toEqual([
          "default-src 'none'",
          `script-src '${await hashOfOnly('script', page)}'`,
          `style-src '${await hashOfOnly('style', page)}'`,
          formAction,
          "base-uri 'none'",
          "frame-ancestors 'none'",
        ])
        expect(response.headers.get('x-frame-options')).toBe('DENY')
      },
    )

    it('posts to https alone where we are not on this machine ourselves', async () => {
      const { open } = create({ origin: 'https://sso.example.com' })
      const { headers } = await open().navigate('/api/auth/saml/posting/login/')
      expect(headers.get('content-security-policy')).toContain("form-action 'self' https:;")
    })

    it('holds the form for the identity provider to the letter, whatever is in it', async () => {
      const browser = open()
      const page = await (await browser.navigate('/api/auth/saml/posting/login/')).text()
      const { action, fields } = formOn(page)
      expect(action).toBe('https://idp.example/posting')
      expect(fields).toEqual({ SAMLRequest: HOSTILE, RelayState: expect.stringMatching(/^[\w-]{22}$/) })
      expect(browser.cookies.has(`__Host-doorward-login-${fields['RelayState']}`)).toBe(true)
      expectNothingBrokeOut(page)
      expect(page).toContain('You are on your way to Post &#38; &#34;Son&#39;s&#34; &#60;b&#62;, where')
    })

    it.each([
      HOSTILE,
      '" autofocus onfocus="alert(1)',
      "' onfocus='alert(1)",
      '</form><form action="https://evil.example">',
      '<!--',
      '&quot;><img src=x onerror=alert(1)>',
      '\u0000"><script>alert(1)</script>',
      '\u2028\u2029\ufeff"<',
      "'".repeat(1000),
    ])('is not there for an answer that is not base64', async (samlResponse) => {
      const browser = open()
      const form = { ...answerTo(TRANSACTION), SAMLResponse: samlResponse }
      const refused = await browser.post(acs('acme'), form)
      await expectRefused(browser, refused, 'login_failed', 'saml_xml_invalid')
    })

    it('is no larger than the answer, however that was wrapped', async () => {
      const page = await (await again(`${'A+/\r\n\t'.repeat(1000)} ==`)).text()
      expect(formOn(page).fields['SAMLResponse']).toBe(`${'A+/'.repeat(1000)}==`)
      expect(page.length).toBeLessThan(5000)
    })

    it('names no address that came with the answer', async () => {
      const response = await open().post(`${acs('acme')}?"><script>alert(1)</script>`, answerTo(TRANSACTION))
      const page = await response.text()
      expectNothingBrokeOut(page)
      expect(formOn(page).action).toBe('http://localhost:8787/api/auth/saml/acme/acs/')
    })
  })
}

/** As a Content-Security-Policy writes it. */
async function hashOfOnly(name: 'script' | 'style', page: string): Promise<string> {
  const found = [...page.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))]
  expect(found).toHaveLength(1)
  const bytes = new TextEncoder().encode(found[0]?.[1])
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `sha256-${btoa(String.fromCharCode(...digest))}`
}

/** Every tag on the page is one that is always there. */
function expectNothingBrokeOut(page: string): void {
  const tags = Array.from(page.matchAll(/<[^>]*>?/g), ([tag]) => /^<\/?!?-*\w*/.exec(tag)?.[0])
  const known = ['html', 'head', 'title', 'style', 'body', 'main', 'h1', 'p', 'form', 'button', 'script']
  const inputs = tags.filter((tag) => tag === '<input').length
  expect(tags.filter((tag) => tag !== '<input').sort()).toEqual(
    ['<!doctype', '<meta', '<meta', '<meta', ...known.flatMap((name) => [`<${name}`, `</${name}`])].sort(),
  )
  expect(page.match(/<input type="hidden" name="[^"<>]*" value="[^"<>]*">/g)).toHaveLength(inputs)
}
