import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ClientMetadata, type Configuration, Provider } from 'oidc-provider'
import { readForm } from './form.ts'
import { interactionPage } from './interaction-page.ts'
import { demoUsers } from './users.ts'

/** How the relying party is registered. */
export interface DemoClient {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
  /** Where people come back who were signed out at the provider. */
  readonly postLogoutRedirectUri: string
  /** Where the provider says whom it has signed out. */
  readonly backChannelLogoutUri: string
  /** What else is registered, in the words of OpenID Connect Dynamic Client Registration; comes before the rest. */
  readonly registration?: Partial<ClientMetadata> | undefined
}

/** A demo identity provider that listens. */
export interface DemoProvider {
  readonly issuer: string
  readonly server: Server
}

/** Starts npm's oidc-provider, an implementation that is not ours, on a free port of 127.0.0.1. */
export async function startDemoProvider(client: DemoClient): Promise<DemoProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, await configuration(client))
  const callback = provider.callback()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response)
    interact(provider, request, response).catch((error: Error) => {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end(`This sign-in can not go on: ${error.message}\n`)
    })
  })
  return { issuer, server }
}

async function configuration(client: DemoClient): Promise<Configuration> {
  const { clientId, clientSecret, registration } = client
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [client.redirectUri],
        post_logout_redirect_uris: [client.postLogoutRedirectUri],
        backchannel_logout_uri: client.backChannelLogoutUri,
        backchannel_logout_session_required: true,
        ...registration,
      },
    ],
    jwks: { keys: [await signingKey()] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    // Doorward decides about PKCE, and is tried with and without it.
    pkce: { required: () => false },
    features: { devInteractions: { enabled: false }, backchannelLogout: { enabled: true } },
    // Its own way to fetch calls nobody on this machine, where we are, and gives a server that has just started no time.
    fetch: (url, options) =>
      fetch(url, { ...options, dispatcher: undefined, signal: AbortSignal.timeout(SLOW) } as RequestInit),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => {
      const user = demoUsers.find((candidate) => candidate.sub === sub)
      if (!user) return undefined
      const { purpose: _purpose, ...claims } = user
      return { accountId: sub, claims: () => ({ ...claims, groups: [...claims.groups] }) }
    },
    // Nobody is asked for consent: what is asked for is what a login needs.
    async loadExistingGrant({ oidc }) {
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
  }
}

async function signingKey(): Promise<JsonWebKey> {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: EXPONENT,
  }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  // What the key may do here is not what its public half may do elsewhere, and the provider publishes it unchanged.
  const { key_ops, ext, ...jwk } = await crypto.subtle.exportKey('jwk', privateKey)
  return { ...jwk, use: 'sig' }
}

/** How long the relying party may take to hear that somebody was signed out, in milliseconds. */
const SLOW = 15_000

const EXPONENT = new Uint8Array([1, 0, 1])

/** The page that asks who somebody is, and the answer to it. */
async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { params, uid } = await provider.interactionDetails(request, response)
  if (request.method === 'POST') {
    const account = (await readForm(request)).get('account')
    const cancelled = { error: 'access_denied', error_description: 'the person cancelled' }
    await provider.interactionFinished(
      request,
      response,
      // Native applications are let in by nothing less than a consent.
      account ? { login: { accountId: account }, consent: {} } : cancelled,
    )
    return
  }
  const hint = typeof params['login_hint'] === 'string' ? params['login_hint'] : undefined
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  response.end(
    interactionPage({
      title: 'Demo identity provider',
      action: `/interaction/${uid}`,
      users: demoUsers,
      loginHint: hint,
      canCancel: true,
    }),
  )
}
