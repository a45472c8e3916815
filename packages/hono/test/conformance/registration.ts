import type { Flow, Module } from './module.ts'

/** Where people reach Doorward: another host than the provider's, as cookies want it. */
export const ORIGIN = 'http://localhost:8787'

/** The one connection of every run. */
export const CONNECTION = 'op'

/** How the client is registered. */
export const client = { id: 'doorward', secret: 'test-only-client-secret' } as const

/** What the provider calls the session of everybody who logs in, where that can be chosen. */
export const SID = 'the-only-session'

/** Who logs in. */
export const user = {
  sub: 'person-1',
  email: 'person@rp.example',
  email_verified: true,
  name: 'Person One',
  groups: ['engineering'],
} as const

/** An address of Doorward for the connection. */
export function urlOf(path: string): string {
  return `${ORIGIN}/api/auth/oidc/${CONNECTION}/${path}`
}

const keys: Readonly<Record<Flow, object>> = {
  code: { client_secret: client.secret },
  'code-posted': { client_secret: client.secret, response_mode: 'form_post' },
  'id-token-posted': { response_type: 'id_token' },
}

/** The configuration of a run, in the format of auth_config.yml. */
export function configurationFor(issuer: string, flow: Flow, { connection }: Module): unknown {
  const provider = {
    id: CONNECTION,
    name: 'OpenID Provider',
    protocol: 'OIDC',
    server_url: issuer,
    client_id: client.id,
    idp_logout: true,
    ...keys[flow],
    ...connection,
  }
  return { rate_limits: { enabled: false }, sso: { enabled: true, identity_providers: [provider] } }
}
