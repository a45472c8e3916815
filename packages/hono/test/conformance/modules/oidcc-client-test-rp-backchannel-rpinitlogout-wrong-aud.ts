import { staysDespiteLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A logout token for another client ends nothing.',
  provider: {},
  test: staysDespiteLogoutToken('wrong-audience'),
}
