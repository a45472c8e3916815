import {
  createMemoryDocumentCache,
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  parseBaseUrl,
  Secret,
  type SsoEvent,
  systemClock,
} from '@doorward/core'
import {
  type Cognito,
  createCognito,
  createGitHub,
  createGoogle,
  type GitHub,
  type Google,
} from '@doorward/testkit/social'
import { doorward } from '../../src/index.ts'
import type { Browser } from '../browser.ts'
import { configurationOf } from '../configured.ts'
import { createDriver, type Driver } from '../suite/driver.ts'

/** The stand-ins for the social providers, at the addresses of the real ones. */
interface StandIns {
  readonly google: Google
  readonly gitHub: GitHub
  readonly cognito: Cognito
  /** Whoever is at an address. */
  fetch(request: Request): Promise<Response>
}

/** A running Doorward with social accounts, and those who stand in for their providers. */
export interface SocialHost {
  readonly app: ReturnType<typeof doorward>
  readonly events: readonly SsoEvent[]
  readonly standIns: StandIns
  open(): Browser
  readonly session: Driver['session']
  readonly expectRefused: Driver['expectRefused']
  /** A whole login. @returns what the callback says */
  logIn(browser: Browser, path: string): Promise<Response>
}

const COGNITO = 'https://acme.auth.eu-central-1.amazoncognito.com'

const clients = {
  google: { client_id: '1-a.apps.googleusercontent.com', client_secret: 'GOCSPX-secret-of-google' },
  github: { client_id: 'Ov23li0123456789abcd', client_secret: 'secret-of-github' },
  amazon_cognito: { client_id: '1example2cognito3', client_secret: 'secret-of-cognito' },
}

/** All three, in the format of auth_config.yml. */
export const allSocialAccounts = {
  enabled: true,
  google: clients.google,
  github: { ...clients.github, allowed_organizations: 'acme', groups: 'teams' },
  amazon_cognito: { ...clients.amazon_cognito, domain: COGNITO },
}

/** Beside them, a company whose login has its domain. */
const company = {
  id: 'company',
  name: 'Company',
  protocol: 'OIDC',
  server_url: 'https://idp.example',
  client_id: 'client-1',
  client_secret: 'secret-1',
  email_domain: 'company.example',
}
export const companyLogin = { enabled: true, identity_providers: [company] }

/** What a host of these tests may differ in. */
export interface SocialHostOptions {
  readonly origin?: string
  /** In the format of auth_config.yml. */
  readonly input?: object
}

/** Makes a host of its own, with memory adapters. */
export async function createSocialHost(options: SocialHostOptions = {}): Promise<SocialHost> {
  const {
    origin = 'http://localhost:8787',
    input = { sso: companyLogin, social_account: allSocialAccounts },
  } = options
  const parsed = parseBaseUrl(origin)
  if ('problem' in parsed) throw new Error(parsed.problem)
  const standIns = await createStandIns(origin)
  const events: SsoEvent[] = []
  const app = doorward({
    configuration: configurationOf(input, parsed.baseUrl),
    secrets: [new Secret('a secret for tests, not for anything else')],
    ledger: createMemoryLedger(systemClock),
    sessions: createMemorySessionStore(systemClock),
    documents: createMemoryDocumentCache(systemClock),
    limiter: createMemoryLimiter(20, systemClock),
    events: { emit: (event) => events.push(event) },
    fetch: (url, init) => standIns.fetch(new Request(url, init)),
    clock: systemClock,
    clientAddress: () => '192.0.2.1',
  })
  const send = async (request: Request) => app.fetch(request)
  const { open, session, expectRefused } = createDriver(() => ({
    origin,
    send,
    tokenRequests: async () => 0,
  }))
  return {
    app,
    events,
    standIns,
    open,
    session,
    expectRefused,
    async logIn(browser, path) {
      const started = await browser.navigate(path)
      const there = new Request(started.headers.get('location') ?? '', { redirect: 'manual' })
      const answered = await standIns.fetch(there)
      return browser.navigate(answered.headers.get('location') ?? '')
    },
  }
}

async function createStandIns(origin: string): Promise<StandIns> {
  const application = (key: keyof typeof clients, ...ids: readonly string[]) => ({
    ...clients[key],
    redirect_uris: ids.map((id) => `${origin}/api/auth/social/${id}/login/callback/`),
  })
  const google = await createGoogle({
    applications: [application('google', 'google', 'goolge')],
    user: { sub: '1101', email: 'somebody@gmail.com', email_verified: true, name: 'Some Body' },
  })
  const gitHub = createGitHub({
    applications: [application('github', 'github')],
    account: {
      id: 583231,
      login: 'hub-person',
      name: 'Hub Person',
      email: null,
      emails: [{ email: 'hub@mail.example', primary: true, verified: true, visibility: 'private' }],
      memberships: [{ organization: 'acme', state: 'active', teams: ['engineering'] }],
    },
  })
  const cognito = createCognito({
    applications: [
      {
        ...application('amazon_cognito', 'amazon-cognito'),
        logout_uris: [`${origin}/api/auth/social/amazon-cognito/post-logout/`],
      },
    ],
    user: {
      sub: 'pool-1',
      username: 'pool',
      email: 'pool@mail.example',
      email_verified: 'true',
      name: 'Pool Person',
    },
  })
  return {
    google,
    gitHub,
    cognito,
    fetch(request) {
      const { host } = new URL(request.url)
      if (/(^|\.)github\.com$/.test(host)) return gitHub.fetch(request)
      return `https://${host}` === COGNITO ? cognito.fetch(request) : google.fetch(request)
    },
  }
}
