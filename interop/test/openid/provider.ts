import type { WatchedPage } from '@doorward/demo/test/chromium'
import type { Page, Request } from 'playwright-core'
import { expect, inject } from 'vitest'
import { administer } from '../../keycloak/administration.ts'
import { addressAt } from '../../keycloak/entries.ts'
import { replaceKey } from '../../keycloak/keys.ts'
import { openIdScenario, realmOf } from '../../keycloak/openid-scenarios.ts'
import type { Received } from '../../oidc-provider/issuer.ts'
import { addressOf } from '../../oidc-provider/scenarios.ts'
import { fillIn, signOutThere } from '../keycloak/sign-in.ts'
import { doorward, leaveFor, useBrowser } from '../person.ts'

/** An OpenID Provider that is not ours, as a person and an administrator see it. All by the id of a scenario. */
export interface OpenIdProvider {
  readonly name: 'oidc-provider' | 'Keycloak'
  readonly origin: string
  issuerOf(id: string): string
  addressOf(id: string): string
  /** Our connection. */
  connectionOf(id: string): string
  /** Fills in the provider's form. */
  fillIn(page: Page, id: string): Promise<void>
  /** Waits for that form. */
  asks(page: Page, id: string): Promise<void>
  /** Presses the button of its sign-out page, where it has one for somebody who comes from us. */
  agreeToSignOut(page: Page): Promise<void>
  /** Goes to its own sign-out page, and signs out there. */
  signOutThere(page: Page, id: string): Promise<void>
  /** Goes to another application of the same people, where nobody asks them again, and signs out of that. */
  signOutElsewhere(page: Page, id: string): Promise<void>
  /** Has another key sign, and throws the one before away. */
  replaceKey(id: string): Promise<void>
}

const oidcProvider: OpenIdProvider = {
  name: 'oidc-provider',
  origin: inject('oidcProvider'),
  issuerOf: (id) => `${inject('oidcProvider')}/${id}`,
  addressOf,
  connectionOf: (id) => `op-${id}`,
  async fillIn(page, id) {
    await page.getByRole('button', { name: addressOf(id) }).click()
  },
  asks: (page, id) => page.getByRole('button', { name: addressOf(id) }).waitFor(),
  async agreeToSignOut(page) {
    await page.getByRole('button', { name: 'Yes, sign me out' }).click()
  },
  async signOutThere(page, id) {
    await page.goto(`${this.issuerOf(id)}/session/end`)
    await this.agreeToSignOut(page)
    await page.getByText('You are signed out.').waitFor()
  },
  async signOutElsewhere(page, id) {
    const issuer = this.issuerOf(id)
    const query = new URLSearchParams({
      client_id: 'neighbour',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: `${issuer}/neighbour`,
    })
    await page.goto(`${issuer}/auth?${query}`)
    expect(new URL(page.url()).searchParams.has('code')).toBe(true)
    await page.goto(`${issuer}/session/end?client_id=neighbour`)
    await this.agreeToSignOut(page)
    await page.getByText('You are signed out.').waitFor()
  },
  async replaceKey(id) {
    const response = await fetch(`${this.issuerOf(id)}/administration/replace-keys`, { method: 'POST' })
    if (!response.ok) throw new Error(`oidc-provider has no new keys: ${response.status}`)
  },
}

const keycloak: OpenIdProvider = {
  name: 'Keycloak',
  origin: inject('keycloak'),
  issuerOf: (id) => `${inject('keycloak')}/realms/${realmOf(openIdScenario(id))}`,
  addressOf: addressAt,
  connectionOf: (id) => `keycloak-${id}`,
  fillIn,
  asks: (page) => page.locator('#kc-login').waitFor(),
  // It asks nobody who comes with an ID Token.
  agreeToSignOut: () => Promise.resolve(),
  signOutThere,
  async signOutElsewhere(page, id) {
    // Its own page for people's accounts is an application as any other.
    await page.goto(`${this.issuerOf(id)}/account/`)
    await page.getByTestId('options-toggle').first().click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await this.asks(page, id)
  },
  async replaceKey(id) {
    await replaceKey(await administer(this.origin), realmOf(openIdScenario(id)))
  },
}

/** Those that take part. */
export const openIdProviders: readonly [OpenIdProvider, ...OpenIdProvider[]] = process.env['KEYCLOAK_HOME']
  ? [oidcProvider, keycloak]
  : [oidcProvider]

/** Types the address at Doorward's page, and waits for the provider's form. @returns what the provider was asked */
export async function leave(page: Page, provider: OpenIdProvider, id: string): Promise<URLSearchParams> {
  const asked = page.waitForRequest((request) => isAuthorization(request, provider))
  await leaveFor(page, provider.origin, provider.addressOf(id))
  await provider.asks(page, id)
  return new URL((await asked).url()).searchParams
}

function isAuthorization(request: Request, provider: OpenIdProvider): boolean {
  const { origin, searchParams } = new URL(request.url())
  return origin === provider.origin && searchParams.has('client_id')
}

/** The whole way, up to wherever it leads. @returns what the provider was asked */
export async function signIn(page: Page, provider: OpenIdProvider, id: string): Promise<URLSearchParams> {
  const asked = await leave(page, provider, id)
  await provider.fillIn(page, id)
  return asked
}

/** What a provider publishes of itself. */
export async function metadataOf(issuer: string): Promise<Readonly<Record<string, string>>> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  return (await response.json()) as Readonly<Record<string, string>>
}

/** Everything that an issuer of oidc-provider was asked for; it alone tells. */
export async function receivedBy(id: string): Promise<readonly Received[]> {
  const response = await fetch(`${oidcProvider.issuerOf(id)}/administration/received`)
  return (await response.json()) as Received[]
}

/** What is asked of a browser, for all tests of a file: see {@link useBrowser}. */
export function useOpenIdBrowser(): () => Promise<WatchedPage> {
  return useBrowser(...openIdProviders.map(({ origin }) => origin))
}

/**
 * Signs out at Doorward's page, which goes on to the provider and comes back.
 *
 * @returns the ID Token that we had, which goes along
 */
export async function signOutHere(page: Page, provider: OpenIdProvider): Promise<IdToken> {
  const asked = page.waitForRequest((request) => request.url().includes('id_token_hint='))
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  const hint = new URL((await asked).url()).searchParams.get('id_token_hint') ?? ''
  await provider.agreeToSignOut(page)
  await page.getByText('You’re signed out here and at your identity provider.').waitFor()
  const [header, claims] = hint
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as IdToken['claims'])
  return { header: header ?? {}, claims: claims ?? {} }
}

/** As the provider made it. */
interface IdToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
}

/** Whether the provider lets the person in without asking. */
export async function isKnownThere(page: Page, provider: OpenIdProvider, id: string): Promise<boolean> {
  const probe = await page.context().newPage()
  await probe.goto(`${doorward}/api/auth/oidc/${provider.connectionOf(id)}/login/`)
  await Promise.race([
    provider.asks(probe, id),
    probe.getByRole('heading', { name: 'You’re signed in' }).waitFor(),
  ])
  const known = new URL(probe.url()).origin === doorward
  await probe.close()
  return known
}
