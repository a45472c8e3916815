import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'Address and name are asked for by `scope`, and are there, from wherever the provider says them.',
  async test({ expect, provider, person }) {
    await person().signIn()
    const [request] = await provider.seen('authorization')
    expect(request?.parameters['scope']?.split(' ')).toEqual(
      expect.arrayContaining(['openid', 'email', 'profile']),
    )
  },
}
