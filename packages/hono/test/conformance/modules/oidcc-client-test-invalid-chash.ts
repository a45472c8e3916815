import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'An ID Token whose `c_hash` is of another code signs nobody in, though none is wanted with a code alone.',
  provider: { personality: 'wrong-c-hash' },
  refused: { as: 'login_failed', because: 'id_token_access_token_mismatch' },
}
