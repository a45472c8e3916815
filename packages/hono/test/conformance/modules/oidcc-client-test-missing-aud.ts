import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token without an audience signs nobody in.',
  provider: { personality: 'missing-audience' },
  refused: { as: 'login_failed', because: 'id_token_claim_invalid' },
}
