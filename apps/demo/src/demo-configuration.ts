import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BaseUrl } from '@doorward/core'
import type { DemoClient } from './idp/provider.ts'
import { DEMO_DOMAIN, SAML_DOMAIN } from './idp/users.ts'
import type { DemoServiceProvider } from './saml-idp/provider.ts'

const ID = 'demo'
const SAML_ID = 'demo-saml'

/** @returns our registration at the demo OpenID Provider, with a secret of this start's own */
export function demoClient(baseUrl: BaseUrl): DemoClient {
  const base = `${baseUrl}/api/auth/oidc/${ID}`
  return {
    clientId: 'doorward',
    clientSecret: randomBytes(24).toString('base64url'),
    redirectUri: `${base}/login/callback/`,
    postLogoutRedirectUri: `${base}/post-logout/`,
    backChannelLogoutUri: `${base}/backchannel-logout/`,
  }
}

/** @returns our registration at the demo SAML identity provider */
export function demoServiceProvider(baseUrl: BaseUrl): DemoServiceProvider {
  const base = `${baseUrl}/api/auth/saml/${SAML_ID}`
  return { entityId: `${base}/metadata/`, acsUrl: `${base}/acs/`, sloUrl: `${base}/sls/` }
}

/** The demo identity providers, as they run. */
interface DemoProviders {
  readonly issuer: string
  readonly client: DemoClient
  /** The SAML identity provider's entity ID; its metadata is there too. */
  readonly entityId: string
}

/** Writes the configuration for the demo identity providers: a file like any administrator's, to read and to change. */
export async function writeDemoConfiguration(
  path: string,
  { issuer, client, entityId }: DemoProviders,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(
    path,
    `# Written by "pnpm dev" at every start. Change it while it runs: what you save is live within a second.
# To use your own identity provider, start with AUTH_CONFIG_PATH=path/to/auth_config.yml instead.
sso:
  enabled: true
  selection_mode: email_address
  identity_providers:
    - id: ${ID}
      protocol: OIDC
      name: Demo identity provider
      server_url: ${issuer}
      client_id: ${client.clientId}
      client_secret: ${client.clientSecret}
      email_domain: ${DEMO_DOMAIN}

    - id: ${SAML_ID}
      protocol: SAML
      name: Demo SAML identity provider
      entity_id: ${entityId}
      metadata_url: ${entityId}
      attribute_mapping:
        uid: uid
        email: mail
        email_verified: emailVerified
        name: displayName
        groups: groups
      email_domain: ${SAML_DOMAIN}
      idp_logout: true
`,
    { mode: 0o600 },
  )
}
