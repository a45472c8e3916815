import { differing } from '../behaviours.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'An error that the provider has the browser post is read, and shown as a login that failed. `prompt=none` is never asked for.',
  provider: differing('login_required', {
    authorizationResponse: (good) =>
      new URLSearchParams(
        [...good].map(([name, value]) => (name === 'code' ? ['error', 'login_required'] : [name, value])),
      ),
  }),
  flows: ['code-posted'],
  connection: { max_age: 0 },
  refused: { as: 'login_failed', because: 'authorization_failed' },
  asked: { authorization: 1, token: 0 },
}
