import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An answer that says it is from another issuer ends the login before anything is asked.',
  provider: { personality: 'wrong-response-issuer' },
  refused: { as: 'login_failed', because: 'authorization_issuer_mismatch' },
  asked: { token: 0 },
}
