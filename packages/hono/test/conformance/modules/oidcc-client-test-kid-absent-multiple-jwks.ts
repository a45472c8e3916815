import { differing } from '../behaviours.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token that names no key signs nobody in where several keys would fit: none is tried out.',
  provider: differing('keys without names', {
    idTokenHeader: ({ kid: _, ...header }) => header,
    jwks: ({ keys: [key = { kty: 'RSA' }] }) => {
      const { kid: _, ...first } = key
      return { keys: [first, { ...first, n: String(first.n).replace(/^.{8}/, 'zzzzzzzz') }] }
    },
  }),
  refused: { as: 'login_failed', because: 'id_token_key_not_found' },
}
