import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'An answer that does not say from whom it is, where the provider promised that, ends the login before anything is asked.',
  provider: { personality: 'missing-response-issuer' },
  refused: { as: 'login_failed', because: 'authorization_issuer_mismatch' },
  asked: { token: 0 },
}
