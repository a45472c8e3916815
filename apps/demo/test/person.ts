import type { Page } from 'playwright-core'
import { expect } from 'vitest'

// What a person does at the demo's page, at `url`.

/** @returns a demo identity provider's origin. It is on 127.0.0.1 and we are on localhost: two sites, as in life. */
export async function findDemoProvider(url: string, protocol: 'oidc' | 'saml' = 'oidc'): Promise<string> {
  const id = protocol === 'oidc' ? 'demo' : 'demo-saml'
  const login = await fetch(`${url}/api/auth/${protocol}/${id}/login/`, { redirect: 'manual' })
  return new URL(login.headers.get('location') ?? '').origin
}

export async function typeAddress(page: Page, url: string, address: string): Promise<void> {
  await page.goto(`${url}/`)
  await page.getByLabel('Work e-mail').fill(address)
  await page.getByRole('button', { name: 'Continue' }).click()
}

export async function signInAs(page: Page, url: string, address: string): Promise<void> {
  await typeAddress(page, url, address)
  await page.getByRole('button', { name: address }).click()
}

/** Presses Tab until the element with this role or text has the focus; the focus must be visible. */
export async function focusByTab(page: Page, roleOrText: string): Promise<void> {
  for (let i = 0; i < 20; i++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const outline = getComputedStyle(element).outlineStyle
      const isField = element instanceof HTMLInputElement
      const text = isField ? 'textbox' : element.matches('button, a') ? element.innerText : ''
      // A field shows its focus on the frame around it, which is not the element itself.
      return { text, visible: isField || outline !== 'none' }
    })
    if (focused.text.includes(roleOrText)) {
      expect(focused.visible).toBe(true)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reaches ${roleOrText}`)
}
