import { createLocalJWKSet, errors, type JSONWebKeySet } from 'jose'
import type { BackChannel } from '../back-channel/back-channel.ts'
import type { Documents, FetchedDocument } from '../back-channel/documents.ts'
import { issuerForTenant, tenantOf } from '../config/entra.ts'
import { isJsonObject } from '../encoding/json-object.ts'
import { SsoError } from '../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import { providerLifetime } from './kept-documents.ts'
import type { GetKey } from './signed-token.ts'

/**
 * How long after new keys were fetched for an unknown key id that may happen again, in milliseconds: anybody can
 * invent a key id. Not an age that the keys must have, which would lock people out after a rotation.
 */
const REFRESH_INTERVAL = 30_000

/** The published keys of OpenID Providers. */
export interface KeySets {
  /**
   * Finds the key for a token: in the keys that are known, else once in new ones, because a provider may have
   * changed them this minute ([OpenID Connect Core, section 10.1.1](https://openid.net/specs/openid-connect-core-1_0.html#RotateSigKeys)).
   *
   * @param issuer of the token, where the set is one of several issuers: keys that it gives to another are left out
   * @returns what the JOSE library asks for keys; it rejects with the library's errors, or one of the provider codes
   */
  getKey(source: KeySource, issuer?: string): GetKey
}

/** Where keys come from. */
interface KeySource {
  /** Names the provider's key set. */
  readonly cacheKey: string
  /** Fetches it, given the old one that would serve in its place. */
  load(old: JSONWebKeySet | undefined): Promise<JSONWebKeySet>
  /** Is told why there are no new keys where old ones serve in their place. */
  onKept(kept: FetchedDocument<JSONWebKeySet>, error: unknown): void
}

type LocalKeySet = ReturnType<typeof createLocalJWKSet>

/** @param documents where key sets are kept */
export function createKeySets(documents: Documents, clock: Clock): KeySets {
  // The library imports each key once per set, so a set is made once per document.
  const sets = new WeakMap<FetchedDocument<JSONWebKeySet>, Map<string, GetKey>>()
  const refreshedAt = new Map<string, number>()

  const setOf = (fetched: FetchedDocument<JSONWebKeySet>, issuer: string | undefined): GetKey => {
    const known = sets.get(fetched) ?? new Map<string, GetKey>()
    const { keys } = keysFor(issuer, fetched.document)
    // By the keys that are in it, not by the issuer, which is what an unverified token says: there is no end of those.
    const isWhole = keys === fetched.document.keys
    const name = isWhole ? 'all' : keys.map((key) => fetched.document.keys.indexOf(key)).join()
    const set = known.get(name) ?? keysOf({ keys })
    known.set(name, set)
    sets.set(fetched, known)
    return set
  }

  /** Whether new keys may be fetched for an unknown key id. */
  const mayRefresh = (cacheKey: string): boolean =>
    (refreshedAt.get(cacheKey) ?? 0) <= clock() - REFRESH_INTERVAL

  return {
    getKey({ cacheKey, load, onKept }, issuer) {
      const wanted = { lifetime: providerLifetime, onKept }
      const read = () => documents.read(cacheKey, load, wanted)

      const readNewer = async (known: FetchedDocument<JSONWebKeySet>) => {
        // Where that is not allowed, another login may have fetched new keys by now: they serve this one too.
        if (!mayRefresh(cacheKey)) return read()
        const loadNewer = async (old: JSONWebKeySet | undefined) => {
          const keys = await load(old)
          // Not before they are here: logins at the same moment would be turned away in between.
          refreshedAt.set(cacheKey, clock())
          return keys
        }
        return documents.read(cacheKey, loadNewer, { ...wanted, newerThan: known.fetchedAt })
      }

      return async (header) => {
        const known = await read()
        try {
          return await setOf(known, issuer)(header)
        } catch (error) {
          if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
          const latest = await readNewer(known)
          if (latest === known) throw error
          return setOf(latest, issuer)(header)
        }
      }
    },
  }
}

/** @returns what {@link KeySets} gives, for keys that are here already */
export function keysOf(document: JSONWebKeySet): GetKey {
  const set = createLocalJWKSet(document)
  // The library looks through the whole set each time. The headers of genuine tokens are the same objects again.
  const found = new WeakMap<object, CryptoKey>()
  return async (header) => {
    const known = found.get(header)
    if (known) return known
    const key = await find(set, header)
    found.set(header, key)
    return key
  }
}

/** A key that can not be imported is as good as none: it is the provider's fault, not ours. */
async function find(set: LocalKeySet, header: Parameters<GetKey>[0]): Promise<CryptoKey> {
  try {
    return await set(header)
  } catch (cause) {
    const said = cause instanceof errors.JOSEError && !(cause instanceof errors.JWKSInvalid)
    throw said ? cause : new errors.JWKSNoMatchingKey('the key is unusable', { cause })
  }
}

/**
 * The keys that may sign for an issuer. Entra ID publishes those of organisations and of private accounts in one set, and
 * beside each the issuer that it is for, with a gap for the tenant
 * ([validating the signature](https://learn.microsoft.com/entra/identity-platform/claims-validation#validate-the-signature)).
 */
function keysFor(issuer: string | undefined, { keys }: JSONWebKeySet): JSONWebKeySet {
  if (issuer === undefined) return { keys }
  const tenant = tenantOf(issuer)
  const isFor = ({ issuer: theirs }: PublishedKey) =>
    theirs === undefined || issuerForTenant(theirs, tenant) === issuer
  return { keys: keys.filter(isFor) }
}

/** As {@link loadKeySet} leaves it. */
type PublishedKey = JSONWebKeySet['keys'][number] & { readonly issuer?: string }

/** The members of a JWK that are used; a provider may publish anything beside them. */
const MEMBERS = ['kty', 'kid', 'use', 'alg', 'n', 'e', 'crv', 'x', 'y', 'issuer'] as const

/** More keys, or longer members, than any honest provider has. */
const MAX_KEYS = 100
const MAX_MEMBER_LENGTH = 4096

/** Fetches the keys that a provider publishes. @throws SsoError one of the provider codes */
export async function loadKeySet(jwksUri: string, backChannel: BackChannel): Promise<JSONWebKeySet> {
  const { keys } = await backChannel.getJson(jwksUri)
  if (!Array.isArray(keys) || keys.length > MAX_KEYS || !keys.every(isJsonObject)) {
    const message = 'the key set of the identity provider has no list of keys, or far too many'
    throw new SsoError('provider_response_invalid', message)
  }
  return { keys: keys.filter((key) => !isSecret(key)).map(readKey) }
}

/** A private or symmetric key that is published belongs to everybody. */
function isSecret(key: Readonly<Record<string, unknown>>): boolean {
  return 'd' in key || 'k' in key
}

/** Takes over what is used and nothing else; a member that is not a text is as good as absent. */
function readKey(key: Readonly<Record<string, unknown>>): JSONWebKeySet['keys'][number] {
  const members = MEMBERS.flatMap((name) => {
    const value = key[name]
    return typeof value === 'string' && value.length <= MAX_MEMBER_LENGTH ? [[name, value] as const] : []
  })
  const operations = key['key_ops']
  // Present but not a list of texts: not a key that anybody may use.
  const allowed = Array.isArray(operations) ? operations.filter((operation) => operation === 'verify') : []
  return {
    ...(Object.fromEntries(members) as JSONWebKeySet['keys'][number]),
    ...(operations === undefined ? {} : { key_ops: allowed }),
  }
}
