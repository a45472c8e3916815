import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { BaseUrl } from '@doorward/core'
import type { DemoClient } from './idp/provider.ts'
import { DEMO_DOMAIN } from './idp/users.ts'

const ID = 'demo'

/** @returns our registration at the demo identity provider, with a secret of this start's own */
export function demoClient(baseUrl: BaseUrl): DemoClient {
  return {
    clientId: 'doorward',
    clientSecret: randomBytes(24).toString('base64url'),
    redirectUri: `${baseUrl}/api/auth/oidc/${ID}/login/callback/`,
  }
}

/** Writes the configuration for the demo identity provider: a file like any administrator's, to read and to change. */
export async function writeDemoConfiguration(
  path: string,
  issuer: string,
  client: DemoClient,
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
`,
    { mode: 0o600 },
  )
}
