import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token that does not say when it was issued signs nobody in.',
  provider: { personality: 'missing-iat' },
  refused: { as: 'login_failed', because: 'id_token_claim_invalid' },
}
