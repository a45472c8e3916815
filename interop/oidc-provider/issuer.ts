import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type ClientMetadata, type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import { makeSigningKeys } from './keys.ts'
import { answerPerson, INTERACTION, signOutPages } from './pages.ts'
import { addressOf, CLIENT_ID, CLIENT_SECRET, type Scenario } from './scenarios.ts'
import { createStore } from './store.ts'

/** What the provider was asked for, and how. */
export interface Received {
  /** The provider's own name for what was called, such as `token`. */
  readonly route: string
  /** How the client proved who it is, as it came over the wire. */
  readonly authentication: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none'
  /** The names of the parameters. */
  readonly parameters: readonly string[]
}

/** One issuer of the provider. */
export interface Issuer {
  /** @param request whose path begins after the issuer's */
  handle(request: IncomingMessage, response: ServerResponse): void
  /** Everything since it began. */
  readonly received: readonly Received[]
  /** From now on other keys sign, and those before are gone: as with an administrator who throws them away. */
  replaceKeys(): void
}

/** Where Doorward is, and what it shows of itself. */
export interface Client {
  /** Where people reach it. */
  readonly doorward: string
  readonly publicKey: JsonWebKey
}

/** An issuer for one scenario. @param url its own, without a final slash */
export function createIssuer(url: string, scenario: Scenario, client: Client): Issuer {
  const received: Received[] = []
  const configuration: Configuration = {
    ...configurationOf(url, scenario, client),
    adapter: createStore(),
  }
  const make = () => {
    const provider = new Provider(url, { ...configuration, jwks: { keys: makeSigningKeys() } })
    provider.use(async (context, next) => {
      await next()
      const { oidc } = context as Partial<KoaContextWithOIDC>
      // What it does not know has no route.
      if (oidc?.route) received.push(describe(oidc, context.headers))
    })
    return { provider, callback: provider.callback() }
  }
  // The store stays, so another instance goes on where the one before it stopped.
  let current = make()
  return {
    handle(request, response) {
      if (!request.url?.startsWith(INTERACTION)) return void current.callback(request, response)
      answerPerson(current.provider, { request, response }, addressOf(scenario.id)).catch((error: Error) => {
        response
          .writeHead(400, { 'content-type': 'text/plain' })
          .end(`This can not go on: ${error.message}\n`)
      })
    },
    received,
    replaceKeys() {
      current = make()
    },
  }
}

function describe(oidc: KoaContextWithOIDC['oidc'], headers: IncomingMessage['headers']): Received {
  // What the provider takes for its parameters is without those that are not for the grant.
  const parameters = Object.keys(oidc.body ?? oidc.params ?? {})
  const authentication = headers.authorization?.startsWith('Basic ')
    ? 'client_secret_basic'
    : parameters.includes('client_secret')
      ? 'client_secret_post'
      : parameters.includes('client_assertion')
        ? 'private_key_jwt'
        : 'none'
  return { route: oidc.route, authentication, parameters }
}

function configurationOf(url: string, scenario: Scenario, client: Client): Configuration {
  const path = new URL(url).pathname
  return {
    clients: [clientOf(scenario, client), ...(scenario.hasNeighbour ? [neighbour(url)] : [])],
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      long: { path, signed: true },
      short: { path, signed: true },
    },
    claims: {
      openid: ['sub'],
      email: ['email', 'email_verified'],
      profile: ['name', 'given_name', 'family_name', 'groups'],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, ...signOutPages },
    },
    // Its own way to fetch calls nobody on this machine, where we are.
    fetch: (address, options) => fetch(address, { ...options, dispatcher: undefined } as RequestInit),
    interactions: { url: (_, { uid }) => `${path}${INTERACTION}${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => personOf(sub, scenario.id) }),
    // Nobody is asked for consent, as where the administrator agreed for all.
    async loadExistingGrant({ oidc }) {
      const clientId = oidc.client?.clientId ?? ''
      const grant = new oidc.provider.Grant({ accountId: oidc.session?.accountId ?? '', clientId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
    ttl: {
      AccessToken: 300,
      AuthorizationCode: 60,
      Grant: 600,
      IdToken: 300,
      Interaction: 600,
      Session: 600,
    },
    ...scenario.provider,
  }
}

function clientOf({ id, byKey, registration }: Scenario, { doorward, publicKey }: Client): ClientMetadata {
  const ours = `${doorward}/api/auth/oidc/op-${id}`
  return {
    client_id: CLIENT_ID,
    ...(byKey ? { jwks: { keys: [publicKey] } } : { client_secret: CLIENT_SECRET }),
    redirect_uris: [`${ours}/login/callback/`],
    post_logout_redirect_uris: [`${ours}/post-logout/`],
    backchannel_logout_uri: `${ours}/backchannel-logout/`,
    backchannel_logout_session_required: true,
    // Where nothing is said on either side, what its metadata offers has to be what the client may do.
    token_endpoint_auth_method: 'client_secret_post',
    ...registration,
  } as ClientMetadata
}

/** Only its address has to be there. */
function neighbour(url: string): ClientMetadata {
  return { client_id: 'neighbour', client_secret: CLIENT_SECRET, redirect_uris: [`${url}/neighbour`] }
}

function personOf(sub: string, id: string) {
  return {
    sub,
    email: addressOf(id),
    email_verified: true,
    name: 'Ünsal “& Co” <Person>',
    given_name: 'Ünsal',
    family_name: 'O’Person-Ärö',
    groups: ['engineering', '/management/leads'],
  }
}
