import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token without a signature signs nobody in, although it came from the token endpoint.',
  provider: { personality: 'alg-none' },
  refused: { as: 'login_failed', because: 'id_token_algorithm_refused' },
}
