import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'An ID Token with a wrong signature by RS256 signs nobody in, although it came from the token endpoint.',
  provider: { personality: 'forged-signature' },
  refused: { as: 'login_failed', because: 'id_token_signature_invalid' },
}
