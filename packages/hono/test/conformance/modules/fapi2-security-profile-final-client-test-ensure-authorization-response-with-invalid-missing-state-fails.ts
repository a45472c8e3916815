import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An answer without a state belongs to no login.',
  provider: { personality: 'missing-state' },
  refused: { as: 'bad_request', because: 'request_invalid' },
  asked: { token: 0 },
}
