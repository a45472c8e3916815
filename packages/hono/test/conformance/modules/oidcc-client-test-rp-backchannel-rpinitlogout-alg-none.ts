import { staysDespiteLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A logout token without a signature ends nothing.',
  provider: {},
  test: staysDespiteLogoutToken('alg-none'),
}
