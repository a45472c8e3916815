import { expect, it } from 'vitest'
import { type Driver, location } from './driver.ts'

/** Answers that are genuine, but not for this browser, this connection or this time. */
export function answerCases({ host, open, begin, logIn, session, expectRefused }: Driver): void {
  it('refuses an answer in a browser that did not begin the login', async () => {
    const victim = open()
    const attacker = open()
    const callback = await begin(attacker)
    await expectRefused(victim, await victim.navigate(callback), 'login_expired')
    await begin(victim)
    await expectRefused(victim, await victim.navigate(callback), 'login_expired')
    expect((await attacker.navigate(callback)).status).toBe(303)
    expect(await session(attacker)).toBeDefined()
  })

  it('refuses an answer that was used before', async () => {
    const browser = open()
    const callback = await begin(browser, { personality: 'accepts-used-codes' })
    const pending = new Map(browser.cookies)
    expect(location(await browser.navigate(callback))).toBe('/')
    browser.cookies.clear()
    for (const [name, value] of pending) browser.cookies.set(name, value)
    await expectRefused(browser, await browser.navigate(callback), 'login_failed')
  })

  it('lets one of ten equal answers at once win, and asks the provider once', async () => {
    const browser = open()
    const callback = await begin(browser, { personality: 'accepts-used-codes' })
    const pending = new Map(browser.cookies)
    const before = await host().tokenRequests()
    const browsers = Array.from({ length: 10 }, () => {
      const copy = open()
      for (const [name, value] of pending) copy.cookies.set(name, value)
      return copy
    })
    const answers = await Promise.all(browsers.map((copy) => copy.navigate(callback)))
    expect(answers.map(location).filter((target) => target === '/')).toHaveLength(1)
    expect(answers.map(location).filter((target) => target.includes('error=login_failed'))).toHaveLength(9)
    expect((await host().tokenRequests()) - before).toBe(1)
    expect((await Promise.all(browsers.map(session))).filter(Boolean)).toHaveLength(1)
  })

  it('refuses an answer at the callback of another connection', async () => {
    const browser = open()
    const callback = await begin(browser)
    const elsewhere = callback.replace('/oidc/acme/', '/oidc/open/')
    await expectRefused(browser, await browser.navigate(elsewhere), 'login_expired')
  })

  it('refuses an answer whose cookie was altered', async () => {
    const browser = open()
    const callback = await begin(browser)
    for (const [name, value] of browser.cookies) {
      const last = value.at(-1) === 'A' ? 'B' : 'A'
      browser.cookies.set(name, value.slice(0, -1) + last)
    }
    await expectRefused(browser, await browser.navigate(callback), 'login_expired')
  })

  it('keeps at most five pending logins beside a session, and the newest of them work', async () => {
    const browser = open()
    await logIn(browser, { user: 'of-many-groups' })
    const callbacks: string[] = []
    for (let i = 0; i < 7; i++) callbacks.push(await begin(browser, { next: `/deep/${'x'.repeat(100)}` }))
    expect(browser.cookies.size).toBe(1 + 5)
    const header = Array.from(browser.cookies, ([name, value]) => `${name}=${value}`).join('; ')
    expect(header.length).toBeLessThan(4096)
    expect(location(await browser.navigate(callbacks[6] ?? ''))).toContain('/deep/')
  })

  it('drops nothing but pending logins, whatever cookies it is sent', async () => {
    const browser = open()
    for (let i = 0; i < 50; i++) browser.cookies.set(`__Host-doorward-login-(${i}`, 'x')
    const started = await browser.navigate('/api/auth/oidc/acme/login/')
    expect(started.status).toBe(302)
    expect(started.headers.getSetCookie()).toHaveLength(1)
  })
}
