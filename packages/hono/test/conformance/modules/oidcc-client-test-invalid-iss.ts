import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token of another issuer signs nobody in.',
  provider: { personality: 'wrong-issuer' },
  refused: { as: 'login_failed', because: 'id_token_issuer_mismatch' },
}
