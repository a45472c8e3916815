import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'An ID Token whose `at_hash` is of another access token signs nobody in, with a code too, where it may be absent.',
  provider: { personality: 'wrong-at-hash' },
  refused: { as: 'login_failed', because: 'id_token_access_token_mismatch' },
}
