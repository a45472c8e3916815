import type { Contestant } from '../../bench.ts'
import { createFloor } from '../signature-floor.ts'
import { contestantOf } from './claims.ts'
import { createOurs } from './ours.ts'
import { createKeys, createPeers, createTokens } from './peers.ts'

/** Ours and our peers', over the same claims. */
export async function createContestants(): Promise<readonly Contestant[]> {
  const ours = await createOurs()
  const keys = await createKeys()
  const tokens = await createTokens(ours.claims, keys)
  const peers = await createPeers(ours.claims, keys, tokens)
  return [
    createFloor({
      name: 'floor: one HMAC-SHA-256 verify',
      algorithm: { name: 'HMAC', hash: 'SHA-256' },
      key: keys.hmac,
      token: tokens.hs256,
    }),
    ...ours.contestants,
    ...peers.map((peer) => contestantOf(peer, ours.claims)),
    createFloor({
      name: 'floor of ES256: one verify',
      algorithm: { name: 'ECDSA', hash: 'SHA-256' },
      key: keys.ecdsa.publicKey,
      token: tokens.es256,
    }),
  ]
}
