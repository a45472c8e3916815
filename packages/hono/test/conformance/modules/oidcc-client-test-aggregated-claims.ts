import type { Module } from '../module.ts'

/** A JWT that anybody can make. */
const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"picture":"https://pictures.example/"}')}.`.replaceAll(
  '=',
  '',
)

export const module: Module = {
  outcome:
    'Claims that the provider passes on from somebody else are not believed; the login goes on without them.',
  claims: () => ({ _claim_names: { picture: 'other' }, _claim_sources: { other: { JWT: unsigned } } }),
  asked: { userinfo: 1 },
}
