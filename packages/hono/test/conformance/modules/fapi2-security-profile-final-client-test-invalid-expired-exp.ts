import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token that expired some minutes ago signs nobody in.',
  provider: { personality: 'expired' },
  refused: { as: 'login_failed', because: 'id_token_expired' },
}
