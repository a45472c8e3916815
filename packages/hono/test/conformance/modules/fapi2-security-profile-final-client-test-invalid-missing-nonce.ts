import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token without the nonce of the login signs nobody in.',
  provider: { personality: 'missing-nonce' },
  refused: { as: 'login_failed', because: 'id_token_claim_invalid' },
}
