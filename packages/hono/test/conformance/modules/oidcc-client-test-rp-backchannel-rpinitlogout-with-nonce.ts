import { staysDespiteLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A logout token with a nonce, as an ID Token has one, ends nothing.',
  provider: {},
  test: staysDespiteLogoutToken('with-nonce'),
}
