import { type Fetch, parseBaseUrl } from '@doorward/core'
import {
  createServiceProvider,
  generateServiceProviderKeys,
  parseServiceProviderKeys,
  type ServiceProviderKeys,
} from '@doorward/core/saml'
import {
  createSamlIdentityProvider,
  type LogoutMessage,
  type LogoutPersonality,
  type LogoutStart,
  type SamlIdentityProvider,
} from '@doorward/testkit/saml'
import type { Browser } from '../browser.ts'
import { location } from '../suite/driver.ts'
import { acs, type CreateSamlHost, formOn, type SamlHost, type SamlHostOptions } from './host.ts'

const ORIGIN = 'http://localhost:8787'

/** A host and the identity providers of its connections, which sign people out too. */
export interface SigningOut extends SamlHost {
  /** The one of a connection. */
  readonly idps: Readonly<Record<'acme' | 'leaving' | 'leaving-too', SamlIdentityProvider>>
  /** Whether the identity providers can be asked for their metadata. */
  isReachable: boolean
}

/** Where messages about logouts at `id` go. */
export function sls(id: string): string {
  return `/api/auth/saml/${id}/sls/`
}

let ourKeys: Promise<ServiceProviderKeys> | undefined

/** Makes keys, once: that takes long. */
async function makeKeys(): Promise<ServiceProviderKeys> {
  const secret = await generateServiceProviderKeys({ host: 'sso.example.com', now: Date.UTC(2026, 0, 1) })
  return parseServiceProviderKeys(secret)
}

/** @param options `isWithoutKeys`: we have none, and sign nothing */
export async function createSigningOut(
  create: CreateSamlHost,
  options: SamlHostOptions & { readonly isWithoutKeys?: boolean } = {},
): Promise<SigningOut> {
  const { isWithoutKeys = false, ...others } = options
  ourKeys ??= makeKeys()
  const keys = await ourKeys
  const ids = ['acme', 'leaving', 'leaving-too'] as const
  const made = await Promise.all(ids.map(async (id) => [id, await createIdp(id, keys)] as const))
  const idps = Object.fromEntries(made) as unknown as SigningOut['idps']
  const fetch: Fetch = (url, init) => {
    const idp = made.find(([, one]) => one.metadataUrl === url)?.[1]
    if (!idp || !signingOut.isReachable) return Promise.reject(new Error('nobody is there'))
    return idp.fetch(new Request(url, init))
  }
  const baseUrl = parseBaseUrl(ORIGIN)
  if ('problem' in baseUrl) throw new Error(baseUrl.problem)
  const host = create({
    fetch,
    saml: (services) =>
      createServiceProvider({
        ...services,
        baseUrl: baseUrl.baseUrl,
        description: { organization: undefined, contacts: [] },
        keys: isWithoutKeys ? undefined : keys,
      }),
    ...others,
  })
  const signingOut: SigningOut = { ...host, idps, isReachable: true }
  return signingOut
}

function createIdp(id: string, keys: ServiceProviderKeys): Promise<SamlIdentityProvider> {
  const baseUrl = `https://idp.example/${id}`
  const us = {
    entityId: `${ORIGIN}/api/auth/saml/${id}/metadata/`,
    acsUrls: 'any',
    singleLogoutUrl: ORIGIN + sls(id),
    signingCertificates: keys.pairs.map(({ certificate }) => certificate),
  } as const
  return createSamlIdentityProvider({ baseUrl, entityId: baseUrl, serviceProviders: [us] })
}

/** The first half of a login: what the identity provider answers, and what it calls the session. */
export async function goToIdp(
  { idps }: SigningOut,
  browser: Browser,
  id: keyof SigningOut['idps'],
): Promise<{ readonly answer: URLSearchParams; readonly sessionIndex: string }> {
  const started = await browser.navigate(`/api/auth/saml/${id}/login/`)
  const { parameters, xml } = await idps[id].answer(new Request(location(started)))
  return { answer: parameters, sessionIndex: /SessionIndex="([^"]*)"/.exec(xml)?.[1] ?? '' }
}

/** A whole login. @returns what the identity provider calls the session */
export async function signIn(
  host: SigningOut,
  browser: Browser,
  id: keyof SigningOut['idps'] = 'leaving',
): Promise<string> {
  const { answer, sessionIndex } = await goToIdp(host, browser, id)
  await browser.post(acs(id), answer)
  return sessionIndex
}

/** A logout that the identity provider of a connection begins, for whoever logs in there. */
export function startLogout(
  { idps }: SigningOut,
  id: keyof SigningOut['idps'],
  start: Partial<LogoutStart> & Pick<LogoutStart, 'binding'>,
): Promise<LogoutMessage> {
  const serviceProvider = `${ORIGIN}/api/auth/saml/${id}/metadata/`
  return idps[id].startLogout({ serviceProvider, nameId: 'user-1', ...start })
}

/** One change from good. */
export function changed(hooks: LogoutPersonality['hooks']): LogoutPersonality {
  return { name: 'changed', wrong: 'one thing', specification: 'none', logout: 'must-be-refused', hooks }
}

/** Brings a message of an identity provider to us, as its page would; and what our own page posts then. */
export async function bring(
  browser: Browser,
  { binding, url, parameters }: LogoutMessage,
): Promise<Response> {
  if (binding === 'redirect') return browser.navigate(url.href, { 'sec-fetch-site': 'cross-site' })
  const answered = await browser.post(url.pathname, parameters)
  const page = await answered.clone().text()
  if (!page.includes('doorward_posted_again')) return answered
  const { action, fields } = formOn(page)
  return browser.post(action, fields, 'same-origin')
}

/** Takes what we send to an identity provider there. */
export async function takeToIdp(idp: SamlIdentityProvider, sent: Response): Promise<Response> {
  if (sent.status === 302) return idp.fetch(new Request(location(sent)))
  const { action, fields } = formOn(await sent.text())
  return idp.fetch(new Request(action, { method: 'POST', body: new URLSearchParams(fields) }))
}
