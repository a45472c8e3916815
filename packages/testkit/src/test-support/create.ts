import { createOpenIdProvider, type OpenIdProvider, type OpenIdProviderOptions } from '../index.ts'
import { careless } from './careless-client.ts'

export const client = {
  client_id: careless.client_id,
  client_secret: careless.client_secret,
  redirect_uris: [careless.redirect_uri],
  post_logout_redirect_uris: ['https://app.example/bye'],
}
const otherClient = { client_id: 'client-2', client_secret: 'secret-2', redirect_uris: 'any' } as const

/** A provider for the careless client and another one; ES256, because RSA keys take long to make. */
export function create(options: Partial<OpenIdProviderOptions> = {}): Promise<OpenIdProvider> {
  return createOpenIdProvider({
    issuer: 'https://op.example',
    clients: [client, otherClient],
    algorithm: 'ES256',
    ...options,
  })
}

export async function readJson(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}
