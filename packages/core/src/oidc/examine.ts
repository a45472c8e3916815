import type { JSONWebKeySet } from 'jose'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { SsoError } from '../errors/index.ts'
import { verifyIdToken } from './id-token.ts'
import { keysOf } from './key-set.ts'
import { idTokenAlgorithms } from './signed-token.ts'

/** A published key, as a login would see it. */
export interface ExaminedKey {
  readonly key: JSONWebKeySet['keys'][number]
  /** The algorithms with which this key could verify an ID Token; none: a login has no use for it. */
  readonly algorithms: readonly string[]
}

/**
 * Finds out what a login could do with the keys of a provider, by having it verify forged ID Tokens: a key is good
 * for an algorithm if the signature is all that is wrong.
 */
export function examineKeys({ keys }: JSONWebKeySet): Promise<readonly ExaminedKey[]> {
  return Promise.all(
    keys.map(async (key) => {
      const good = await Promise.all(idTokenAlgorithms.map((algorithm) => isGoodFor(key, algorithm)))
      return { key, algorithms: idTokenAlgorithms.filter((_, position) => good[position]) }
    }),
  )
}

async function isGoodFor(key: ExaminedKey['key'], alg: string): Promise<boolean> {
  const header = { alg, ...(key.kid === undefined ? {} : { kid: key.kid }) }
  const forged = [encode(header), encode({}), encodeBase64Url(new Uint8Array(64))].join('.')
  const getKey = keysOf({ keys: [key] })
  const expected = { issuer: '', clientId: '', nonce: '', accessToken: '', code: undefined, getKey, now: 0 }
  try {
    await verifyIdToken(forged, expected)
  } catch (error) {
    return error instanceof SsoError && error.code === 'id_token_signature_invalid'
  }
  return false
}

function encode(value: object): string {
  return encodeBase64Url(encodeUtf8(JSON.stringify(value)))
}
