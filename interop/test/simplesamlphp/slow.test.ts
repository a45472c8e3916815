import { expect, it } from 'vitest'
import { arriveSignedIn, doorward, useBrowser } from '../person.ts'
import { fillIn, leave, providerOf } from './sign-in.ts'

/**
 * Longer than two minutes: that long Chromium lets a cookie without SameSite go with a cross-site POST, and a test that is
 * quicker does not notice a wrong cookie.
 */
const PAUSE = 125_000

const open = useBrowser(providerOf('slow'))

it(
  'a person may take more than two minutes at the identity provider',
  async () => {
    const { context, page } = await open()
    let answers = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/acs/')) answers++
    })
    await leave(page, 'slow')
    const [cookie] = (await context.cookies(doorward)).filter(({ sameSite }) => sameSite === 'None')
    expect(cookie).toMatchObject({ secure: true, httpOnly: true })
    await page.waitForTimeout(PAUSE)
    await fillIn(page, 'slow')
    expect((await arriveSignedIn(page)).idp).toBe('slow')
    // Had the cookie not come with the answer, our page would have posted it a second time.
    expect(answers).toBe(1)
    await context.close()
  },
  PAUSE + 60_000,
)
