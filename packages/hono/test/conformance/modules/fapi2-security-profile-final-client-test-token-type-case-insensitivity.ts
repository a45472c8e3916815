import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'The type of the access token may be written in any case.',
  provider: { personality: 'lower-case-token-type' },
}
