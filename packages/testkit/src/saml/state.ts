import type { AuthnRequest } from './authn-request.ts'
import type { SamlKeyRing } from './crypto/key-ring.ts'
import { type SamlPersonality, samlPersonalities } from './personalities/index.ts'
import {
  type PerRequest,
  type SamlIdentityProvider,
  type SamlIdentityProviderOptions,
  SamlRequestRefused,
  type SamlServiceProvider,
} from './types.ts'

/** What all endpoints of one provider share. */
export interface ProviderState {
  readonly provider: SamlIdentityProvider
  readonly options: SamlIdentityProviderOptions
  readonly keys: SamlKeyRing
  /** Milliseconds since 1970. */
  now(): number
}

export function resolve<Value extends object | string>(
  choice: PerRequest<Value>,
  request: AuthnRequest,
): Value {
  return typeof choice === 'function' ? choice(request) : choice
}

/** The personality for a request, or for what belongs to none. */
export function personalityOf({ provider }: ProviderState, request?: AuthnRequest): SamlPersonality {
  const choice = provider.personality
  const reference = typeof choice === 'function' ? (request ? choice(request) : 'good') : choice
  return typeof reference === 'string' ? samlPersonalities[reference] : reference
}

/** @throws SamlRequestRefused when nobody is registered under this entity ID. */
export function providerFor({ provider }: ProviderState, entityId: string): SamlServiceProvider {
  if (provider.serviceProviders === 'any') return { entityId, acsUrls: 'any' }
  const found = provider.serviceProviders.find((candidate) => candidate.entityId === entityId)
  if (found === undefined) throw new SamlRequestRefused('the service provider is not registered')
  return found
}

export async function publishedCertificates(state: ProviderState): Promise<readonly string[]> {
  const names = personalityOf(state).publishes ?? ['current']
  const keys = await Promise.all(names.map((name) => state.keys.get(name)))
  return keys.map(({ certificate }) => certificate)
}
