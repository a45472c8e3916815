import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'Userinfo is asked for with the access token in the header, and nowhere else.',
  async test({ expect, provider, person }) {
    await person().signIn()
    const requests = await provider.seen('userinfo')
    expect(requests).toEqual([{ endpoint: 'userinfo', authorizationScheme: 'Bearer', parameters: {} }])
  },
}
