import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token with another nonce than that of the login signs nobody in.',
  provider: { personality: 'wrong-nonce' },
  refused: { as: 'login_failed', because: 'id_token_nonce_mismatch' },
}
