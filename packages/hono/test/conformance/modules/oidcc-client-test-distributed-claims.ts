import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'An address where the provider says that more claims are is never called; the login goes on without them.',
  claims: (issuer) => ({
    _claim_names: { picture: 'other' },
    _claim_sources: { other: { endpoint: `${issuer}/more-claims`, access_token: 'another' } },
  }),
  asked: { userinfo: 1, unknown: 0 },
}
