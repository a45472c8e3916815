import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token without an issuer signs nobody in.',
  provider: { personality: 'missing-issuer' },
  refused: { as: 'login_failed', because: 'id_token_claim_invalid' },
}
