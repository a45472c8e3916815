import type { Administration } from './administration.ts'
import type { Representation } from './mappers.ts'

/** For the algorithms that a new realm has no key for. */
export const furtherKeys: readonly Representation[] = [
  { name: 'PS256', providerId: 'rsa-generated', config: { algorithm: ['PS256'] } },
  { name: 'ES256', providerId: 'ecdsa-generated', config: { ecdsaEllipticCurveKey: ['P-256'] } },
  { name: 'EdDSA', providerId: 'eddsa-generated', config: { eddsaEllipticCurveKey: ['Ed25519'] } },
]

const KEY_PROVIDER = 'org.keycloak.keys.KeyProvider'

/** "Realm settings > Keys > Add provider". */
export async function addKeyProvider(
  administration: Administration,
  realm: string,
  provider: Representation,
): Promise<void> {
  await administration.call('POST', `/${realm}/components`, { providerType: KEY_PROVIDER, ...provider })
}

/** From now on another key signs, and the one before is gone: as with an administrator who throws it away. */
export async function replaceKey(administration: Administration, realm: string): Promise<void> {
  const query = new URLSearchParams({ type: KEY_PROVIDER })
  const before = (await administration.call('GET', `/${realm}/components?${query}`)) as KeyProvider[]
  await addKeyProvider(administration, realm, {
    name: 'the next key',
    providerId: 'rsa-generated',
    config: { priority: ['200'] },
  })
  for (const { id } of before.filter(({ providerId }) => providerId === 'rsa-generated')) {
    await administration.call('DELETE', `/${realm}/components/${id}`)
  }
}

interface KeyProvider {
  readonly id: string
  readonly providerId: string
}
