import { staysDespiteLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A logout token that is signed with an algorithm which is not agreed on ends nothing.',
  provider: {},
  test: staysDespiteLogoutToken('hs256-with-client-secret'),
}
