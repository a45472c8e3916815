import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token with a wrong signature by ES256 signs nobody in.',
  provider: { personality: 'forged-signature', algorithm: 'ES256' },
  refused: { as: 'login_failed', because: 'id_token_signature_invalid' },
}
