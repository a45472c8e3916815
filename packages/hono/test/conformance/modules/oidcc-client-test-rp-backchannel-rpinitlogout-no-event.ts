import { staysDespiteLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A logout token without `events` ends nothing.',
  provider: {},
  test: staysDespiteLogoutToken('missing-events'),
}
