import type { LogoutPersonalityName } from '@doorward/testkit'
import type { Person, Run } from './module.ts'

/** As a browser fetches what a page of another site shows in a frame. */
const FRAMED = { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'iframe' }

/** Somebody with two browsers signs out in one; the provider's token ends the session in the other. */
export async function endsByLogoutToken(run: Run): Promise<void> {
  const { expect, provider } = run
  const other = await signOutInOne(run)
  const answer = await run.bringLogoutToken(await provider.logoutToken())
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(await other.session()).toBeUndefined()
}

/** The same, but the token is spoilt: the provider is told so, and the session in the other browser stays. */
export function staysDespiteLogoutToken(personality: LogoutPersonalityName): (run: Run) => Promise<void> {
  return async (run) => {
    const { expect, provider } = run
    const other = await signOutInOne(run)
    const answer = await run.bringLogoutToken(await provider.logoutToken(personality))
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: 'invalid_request' }])
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect(run.reasonOf(answer)).toBe('logout_token_invalid')
    expect(await other.session()).toBeDefined()
  }
}

/** @returns the same person at another browser, who is still signed in */
async function signOutInOne({ expect, person }: Run): Promise<Person> {
  const one = person()
  const other = one.elsewhere()
  for (const each of [one, other]) await each.signIn()
  await one.bring(await one.signOut())
  expect(await one.session()).toBeUndefined()
  expect(await other.session()).toBeDefined()
  return other
}

/** What the provider's page shows in a frame ends this session, and no other. */
export async function endsInFrame({ expect, provider, person }: Run, who: Person): Promise<void> {
  const shown = await person().browser.navigate(await provider.frontChannelUrl(), FRAMED)
  expect(shown.status).toBe(200)
  expect(shown.headers.get('cache-control')).toContain('no-store')
  expect(shown.headers.get('content-security-policy')).toContain(
    `frame-ancestors ${new URL(provider.issuer).origin}`,
  )
  expect(await who.session()).toBeUndefined()
}
