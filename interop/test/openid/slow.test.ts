import { expect, it } from 'vitest'
import { arriveSignedIn, doorward } from '../person.ts'
import { leave, openIdProviders, useOpenIdBrowser } from './provider.ts'

/**
 * Longer than two minutes: that long Chromium lets a cookie without SameSite go with a cross-site POST, and a test that is
 * quicker does not notice a wrong cookie.
 */
const PAUSE = 125_000

const open = useOpenIdBrowser()

// At the same time: they only wait.
it.concurrent.each(openIdProviders)(
  'a person may take more than two minutes at $name, which answers by a form',
  async (provider) => {
    const { context, page, misdeeds } = await open()
    let answers = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/login/callback/')) answers++
    })
    const asked = await leave(page, provider, 'slow')
    expect(asked.get('response_mode')).toBe('form_post')
    const [cookie] = (await context.cookies(doorward)).filter(({ sameSite }) => sameSite === 'None')
    expect(cookie).toMatchObject({ secure: true, httpOnly: true })
    await page.waitForTimeout(PAUSE)
    await provider.fillIn(page, 'slow')
    expect((await arriveSignedIn(page)).idp).toBe(provider.connectionOf('slow'))
    // Had the cookie not come with the answer, our page would have posted it a second time.
    expect(answers).toBe(1)
    expect(misdeeds).toEqual({ foreign: [], errors: [] })
    await context.close()
  },
  PAUSE + 60_000,
)
