import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token under HMAC signs nobody in, whatever its key.',
  provider: { personality: 'hs256-with-client-secret' },
  refused: { as: 'login_failed', because: 'id_token_algorithm_refused' },
}
