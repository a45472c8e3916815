import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AccountClaims, type ClientMetadata, type Configuration, Provider } from 'oidc-provider'
import type { Flow, Module, Seen } from '../module.ts'
import { client, urlOf, user } from '../registration.ts'
import type { StartActor } from './actor.ts'
import { createStorage } from './other-storage.ts'

/** npm's oidc-provider, which others wrote and which is certified as a provider. Whoever comes is let in at once. */
export const startOtherActor: StartActor = async (module, flow) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const seen: Seen[] = []
  const logoutTokens: string[] = []
  const own: Configuration = {
    ...configuration,
    adapter: createStorage(),
    clients: [{ ...common, ...registrationFor(flow, module) }],
    findAccount: (_, sub) => ({ accountId: sub, claims: () => claimsOf(module, issuer) }),
    // The one address that it calls. Nobody listens there: a test brings the token.
    async fetch(_, options) {
      logoutTokens.push(new URLSearchParams(String(options?.body)).get('logout_token') ?? '')
      return new Response(null, { status: 200 })
    },
  }
  const create = async () => {
    const provider = new Provider(issuer, { ...own, jwks: { keys: [await signingKey()] } })
    recordIn(seen, provider)
    return provider
  }
  let provider = await create()
  let callback = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    letIn(provider, request, response).catch((error: Error) => response.writeHead(400).end(error.message))
  })
  return {
    issuer,
    seen: () => seen,
    // Another one at the same address, which goes on with what was begun at the one before.
    async rotateKeys() {
      provider = await create()
      callback = provider.callback()
    },
    async logoutToken() {
      const token = logoutTokens.pop()
      if (token === undefined) throw new Error('the provider has told nobody about a logout')
      return token
    },
    frontChannelUrl() {
      throw new Error('oidc-provider has no front channel')
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function registrationFor(flow: Flow, { connection }: Module): Partial<ClientMetadata> {
  // Native: the one way to have an address without https where no code is.
  if (flow === 'id-token-posted') {
    return {
      application_type: 'native',
      response_types: ['id_token'],
      grant_types: ['implicit'],
      token_endpoint_auth_method: 'none',
    }
  }
  const isBasic = connection?.['token_auth_method'] === 'client_secret_basic'
  return {
    client_secret: client.secret,
    token_endpoint_auth_method: isBasic ? 'client_secret_basic' : 'client_secret_post',
  }
}

/** Of every registration. */
const common: ClientMetadata = {
  client_id: client.id,
  redirect_uris: [urlOf('login/callback/')],
  post_logout_redirect_uris: [urlOf('post-logout/')],
  backchannel_logout_uri: urlOf('backchannel-logout/'),
  backchannel_logout_session_required: true,
}

function claimsOf({ claims }: Module, issuer: string): AccountClaims {
  return { ...user, groups: [...user.groups], ...claims?.(issuer) }
}

/** What is the same for all of them. */
const configuration: Configuration = {
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups', 'picture'] },
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    backchannelLogout: { enabled: true },
    // What is asked for is to be seen.
    pushedAuthorizationRequests: { enabled: false },
    rpInitiatedLogout: {
      // As if the person had pressed the button.
      logoutSource(context, form) {
        context.body = form.replace('</form>', '<input type="hidden" name="logout" value="yes"/></form>')
      },
    },
  },
  interactions: { url: (_, { uid }) => `/interaction/${uid}` },
  // Nobody is asked for consent: what is asked for is what a login needs.
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ accountId: user.sub, clientId: client.id })
    grant.addOIDCScope('openid email profile')
    await grant.save()
    return grant
  },
  ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: 600, IdToken: 300, Interaction: 600, Session: 600 },
}

async function letIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // Native applications are let in by nothing less than a consent.
  const result = { login: { accountId: user.sub }, consent: {} }
  await provider.interactionFinished(request, response, result)
}

function recordIn(seen: Seen[], provider: Provider): void {
  provider.use(async (context, next) => {
    await next()
    const { oidc } = context as { oidc?: { route?: string; body?: object } }
    const parameters = { ...context.query, ...oidc?.body } as Record<string, string>
    const authorizationScheme = context.get('authorization').split(' ')[0] ?? ''
    seen.push({ endpoint: oidc?.route ?? 'unknown', parameters, authorizationScheme })
  })
}

async function signingKey(): Promise<JsonWebKey> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  // What the key may do here is not what its public half may do elsewhere, and the provider publishes it unchanged.
  const { key_ops, ext, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey)
  return { ...jwk, use: 'sig' }
}
