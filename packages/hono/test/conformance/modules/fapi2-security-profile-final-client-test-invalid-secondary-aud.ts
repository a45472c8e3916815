import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token for another client beside us signs nobody in.',
  provider: { personality: 'extra-audience-without-azp' },
  refused: { as: 'login_failed', because: 'id_token_audience_mismatch' },
}
