import { SsoError } from '@doorward/core'
import { readCertificates } from '@doorward/core/config'
import { shown } from '@doorward/core/errors'
import { type ExaminedKey, examineKeys, loadKeySet, type ProviderMetadata } from '@doorward/core/oidc'
import { type Answer, type Examination, watch } from './examination.ts'
import { about, count, day, type Finding } from './finding.ts'
import { explainTrouble } from './trouble.ts'

type JsonObject = Readonly<Record<string, unknown>>

/** Has the login's own code read the provider's keys, and says what it could do with them. */
export async function checkKeySet(
  { jwks_uri: url }: ProviderMetadata,
  document: JsonObject,
  examination: Examination,
  answers: Answer[],
): Promise<readonly Finding[]> {
  const watched = watch(examination, answers)
  let examined: readonly ExaminedKey[]
  try {
    examined = await examineKeys(await loadKeySet(url, watched.channel))
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    const keySet = about('key_set', 'key set')
    if (watched.document() !== undefined) {
      return [keySet.error('no list of keys', 'is "jwks_uri" the right one', error.code)]
    }
    return [
      explainTrouble(keySet, error, { url, setting: 'jwks_uri', wanted: 'the key set' }, watched.answer()),
    ]
  }
  const raw = watched.document()?.['keys']
  const published = (Array.isArray(raw) ? raw : []).filter(isObject)
  return [
    checkUsableKeys(examined),
    ...checkAgreement(examined, document),
    ...checkPrivateKeys(published),
    ...checkKeyCertificates(published, examination.now()),
  ]
}

function checkUsableKeys(examined: readonly ExaminedKey[]): Finding {
  const keySet = about('key_set', 'key set')
  const usable = examined.filter(({ algorithms }) => algorithms.length > 0)
  const all = examined.slice(0, 5).map(describeKey).join('; ') + (examined.length > 5 ? '; …' : '')
  if (usable.length === 0) {
    return keySet.error(
      examined.length === 0 ? 'no keys' : `no key that a login could use: ${all}`,
      'the provider has to publish the key it signs with: RSA of 2048 bits or more, P-256, P-384, P-521 or Ed25519',
      'id_token_key_not_found',
    )
  }
  const nameless = usable.filter(({ key }) => key.kid === undefined)
  if (usable.length > 1 && nameless.length > 0) {
    return keySet.warning(
      `${count(examined.length, 'key')}, of which ${nameless.length} without "kid": which one is meant is not certain`,
      'let the provider name its keys',
      'id_token_key_not_found',
    )
  }
  const number = count(examined.length, 'key')
  return keySet.ok(
    usable.length < examined.length ? `${number}, ${usable.length} for signing: ${all}` : `${number}: ${all}`,
  )
}

/** The provider says with what it signs, and publishes with what that can be verified. */
function checkAgreement(examined: readonly ExaminedKey[], document: JsonObject): readonly Finding[] {
  const said = document['id_token_signing_alg_values_supported']
  const possible = new Set(examined.flatMap(({ algorithms }) => algorithms))
  if (!Array.isArray(said) || possible.size === 0 || said.some((one) => possible.has(one))) return []
  return [
    about('key_algorithms', 'keys').error(
      `none is for ${shown(said)}, with which the provider says that it signs`,
      'let the provider publish the key it signs with, or choose another algorithm for the application there',
      'id_token_key_not_found',
    ),
  ]
}

/** What must not be there: with it anybody can write ID Tokens. Logins do not use such keys. */
function checkPrivateKeys(published: readonly JsonObject[]): readonly Finding[] {
  const exposed = published.filter((key) => 'd' in key || 'k' in key)
  if (exposed.length === 0) return []
  return [
    about('private_keys', 'private keys').error(
      `the provider publishes ${count(exposed.length, 'key')} that must be secret`,
      'consider these keys as known to everybody, have the provider replace them, and tell who runs it',
      'private_key',
    ),
  ]
}

const EXPIRES_SOON = 30 * 24 * 60 * 60 * 1000

/** Logins do not look at them; a provider that lets them expire is about to change its keys, or forgot to. */
function checkKeyCertificates(published: readonly JsonObject[], now: number): readonly Finding[] {
  const chains = published.flatMap(({ x5c }) =>
    Array.isArray(x5c) && typeof x5c[0] === 'string' ? [x5c[0]] : [],
  )
  const read = chains.slice(0, 20).map((first) => readCertificates(first))
  const ends = read
    .flatMap((one) => ('certificates' in one ? one.certificates : []))
    .map(({ notAfter }) => notAfter)
  const next = Math.min(...ends)
  if (ends.length === 0) return []
  const certificate = about('key_certificates', 'certificates')
  if (next > now + EXPIRES_SOON) return [certificate.ok(`of the keys: until ${day(next)}`)]
  return [
    certificate.warning(
      `one of a key ${next < now ? 'expired' : 'expires'} on ${day(next)}`,
      'logins do not depend on it; ask the provider whether it is about to change its keys',
      'certificate_expires_soon',
    ),
  ]
}

/** Such as `RSA 2048 bits "abc"`. */
function describeKey({ key, algorithms }: ExaminedKey): string {
  const size = key.kty === 'RSA' ? `${bitsOf(key.n)} bits` : key['crv'] === undefined ? '' : shown(key['crv'])
  const kid = key.kid === undefined ? 'without "kid"' : `"${shown(key.kid)}"`
  const purpose = algorithms.length > 0 ? '' : key.use === 'enc' ? ' (for encryption)' : ' (refused)'
  return [shown(key.kty), size, kid].filter((part) => part !== '').join(' ') + purpose
}

/** The length of an RSA modulus. */
function bitsOf(n: unknown): number {
  const bytes = Buffer.from(typeof n === 'string' ? n : '', 'base64url')
  const first = bytes.findIndex((byte) => byte > 0)
  return first < 0 ? 0 : (bytes.length - first) * 8 - (Math.clz32(bytes[first] ?? 0) - 24)
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
