import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'After the provider has changed its key, the next login fetches the new one and signs the person in.',
  async test({ provider, person }) {
    await person().signIn()
    await provider.rotateKeys()
    await person().signIn()
  },
  asked: { jwks: 2 },
}
