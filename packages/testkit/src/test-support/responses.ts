import { beforeAll } from 'vitest'
import {
  type BuildOptions,
  type BuiltResponse,
  buildResponse,
  createSamlKeyRing,
  defaultSamlUser,
  generateSamlKey,
  type LoginFacts,
  type SamlKey,
  type SamlKeyRing,
  type SamlPersonality,
  type SamlPersonalityName,
  samlPersonalities,
} from '../saml/index.ts'
import { serviceProvider } from './careless-service-provider.ts'

/** A login in which nothing is left to chance. */
export const facts: LoginFacts = {
  issuer: 'https://idp.example/metadata',
  audience: serviceProvider.entityId,
  acsUrl: serviceProvider.acsUrl,
  inResponseTo: '_request-1',
  now: Date.UTC(2030, 0, 1),
  user: defaultSamlUser,
  ids: { response: '_response', assertion: '_assertion', session: '_session' },
}

/** Keys that are made once for all tests of a file. */
export interface TestKeys {
  readonly ring: SamlKeyRing
  /** The service provider's. */
  readonly recipient: SamlKey
}

export function useKeys(): TestKeys {
  const ring = createSamlKeyRing()
  let recipient: SamlKey | undefined
  beforeAll(async () => {
    recipient = await generateSamlKey('RSA', 'sp.example')
  })
  return {
    ring,
    get recipient() {
      if (recipient === undefined) throw new Error('keys are made before the tests')
      return recipient
    },
  }
}

/** The answer under a personality, encrypted for the service provider if it encrypts. */
export function build(
  { ring, recipient }: TestKeys,
  personality: SamlPersonalityName | SamlPersonality,
  options: Partial<BuildOptions> = {},
): Promise<BuiltResponse> {
  const encryption = {
    cipher: 'aes256-gcm',
    keyTransport: 'rsa-oaep-mgf1p',
    certificate: recipient.certificate,
  } as const
  const chosen = typeof personality === 'string' ? samlPersonalities[personality] : personality
  return buildResponse(facts, chosen, { keys: ring, encryption, ...options })
}
