import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token that is signed with RS256 is verified with a published key.',
  asked: { jwks: 1 },
}
