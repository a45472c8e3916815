import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An answer with a state that was never sent belongs to no login.',
  provider: { personality: 'wrong-state' },
  refused: { as: 'login_expired', because: 'transaction_missing' },
  asked: { token: 0 },
}
