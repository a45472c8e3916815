import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A key that the provider changes in the middle of a login is fetched in that login.',
  async test({ provider, person, expectSignedIn }) {
    await person().signIn()
    const late = person()
    const arrival = await late.visit()
    await provider.rotateKeys()
    await expectSignedIn(late, await late.bring(arrival))
  },
  asked: { jwks: 2 },
}
