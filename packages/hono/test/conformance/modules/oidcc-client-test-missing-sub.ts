import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token without a subject signs nobody in.',
  provider: { personality: 'missing-subject' },
  refused: { as: 'login_failed', because: 'id_token_claim_invalid' },
}
