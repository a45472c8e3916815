import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token that never expires signs nobody in.',
  provider: { personality: 'missing-exp' },
  refused: { as: 'login_failed', because: 'id_token_claim_invalid' },
}
