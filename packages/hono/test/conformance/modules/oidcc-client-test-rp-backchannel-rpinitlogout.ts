import { endsByLogoutToken } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A good logout token ends the sessions of that session at the provider, in all browsers.',
  test: endsByLogoutToken,
}
