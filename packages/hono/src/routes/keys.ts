import type { SigningKeys } from '@doorward/core'
import { Hono } from 'hono'
import type { AppEnvironment } from '../context.ts'

/** For how long others may keep our keys, in seconds; the next key is published much longer before it signs. */
const MAX_AGE = 300

/**
 * `/.well-known/jwks.json`: the keys that verify what we sign, the next one included
 * ([RFC 7517, section 5](https://www.rfc-editor.org/rfc/rfc7517#section-5)).
 *
 * @param signingKeys undefined where the host has none: then nothing is signed, and the set is empty
 */
export function keysRoute(signingKeys: SigningKeys | undefined): Hono<AppEnvironment> {
  const published = signingKeys?.published ?? { keys: [] }
  return new Hono<AppEnvironment>().get('/', (c) =>
    c.json(published, 200, {
      'cache-control': `public, max-age=${MAX_AGE}`,
      'access-control-allow-origin': '*',
      'content-type': 'application/jwk-set+json',
    }),
  )
}
