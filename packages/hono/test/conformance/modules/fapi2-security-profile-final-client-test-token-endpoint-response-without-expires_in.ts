import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A token response that does not say how long the access token lives is good.',
  provider: { personality: 'missing-expires-in' },
}
