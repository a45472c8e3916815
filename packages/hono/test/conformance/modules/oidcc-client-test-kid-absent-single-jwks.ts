import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An ID Token that names no key is verified with the only key that there is.',
  provider: { personality: 'missing-kid' },
}
