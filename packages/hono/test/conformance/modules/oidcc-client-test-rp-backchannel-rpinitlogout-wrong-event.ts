import { staysDespiteLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A logout token about another event ends nothing.',
  provider: {},
  test: staysDespiteLogoutToken('other-event'),
}
