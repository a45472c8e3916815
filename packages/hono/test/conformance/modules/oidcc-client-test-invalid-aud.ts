import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token for another client signs nobody in.',
  provider: { personality: 'wrong-audience' },
  refused: { as: 'login_failed', because: 'id_token_audience_mismatch' },
}
