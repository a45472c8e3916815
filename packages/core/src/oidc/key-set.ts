import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'
import { SsoError } from '../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { BackChannel } from './back-channel.ts'
import type { Documents, FetchedDocument } from './documents.ts'

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
   * @param cacheKey names the provider's key set
   * @returns what the JOSE library asks for keys; it rejects with the library's errors, or one of the provider codes
   */
  getKey(cacheKey: string, jwksUri: string, backChannel: BackChannel): JWTVerifyGetKey
}

type LocalKeySet = ReturnType<typeof createLocalJWKSet>

/** @param documents where key sets are kept */
export function createKeySets(documents: Documents, clock: Clock): KeySets {
  // The library imports each key once per set, so a set is made once per document.
  const sets = new WeakMap<FetchedDocument<JSONWebKeySet>, LocalKeySet>()
  const refreshedAt = new Map<string, number>()

  const setOf = (fetched: FetchedDocument<JSONWebKeySet>): LocalKeySet => {
    const set = sets.get(fetched) ?? createLocalJWKSet(fetched.document)
    sets.set(fetched, set)
    return set
  }

  return {
    getKey(cacheKey, jwksUri, backChannel) {
      const read = (newerThan?: number) =>
        documents.read(cacheKey, () => loadKeySet(jwksUri, backChannel), newerThan)

      return async (header, token) => {
        const known = await read()
        try {
          return await setOf(known)(header, token)
        } catch (error) {
          if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
          const now = clock()
          if ((refreshedAt.get(cacheKey) ?? 0) > now - REFRESH_INTERVAL) throw error
          refreshedAt.set(cacheKey, now)
          return setOf(await read(known.fetchedAt))(header, token)
        }
      }
    },
  }
}

async function loadKeySet(jwksUri: string, backChannel: BackChannel): Promise<JSONWebKeySet> {
  const document = await backChannel.getJson(jwksUri)
  if (!Array.isArray(document['keys'])) {
    throw new SsoError(
      'provider_response_invalid',
      'the key set of the identity provider has no list of keys',
    )
  }
  return { keys: document['keys'] as JSONWebKeySet['keys'] }
}
