import type { Certificate } from './certificate.ts'

/** Below this no RSA key is accepted, in bits. */
export const MIN_RSA_BITS = 2048

/** @returns why no signature by this key is ever accepted, if none is */
export function keyProblem(key: Certificate['key']): 'too_short' | 'unknown_kind' | undefined {
  if (key.type === 'RSA') return key.bits < MIN_RSA_BITS ? 'too_short' : undefined
  return key.type === 'other' ? 'unknown_kind' : undefined
}
