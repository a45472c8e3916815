import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'Every login sends a nonce of its own, which nobody can guess.',
  async test({ expect, provider, person }) {
    for (const one of [person(), person()]) await one.signIn()
    const nonces = (await provider.seen('authorization')).map(({ parameters }) => parameters['nonce'])
    expect(nonces).toEqual([expect.stringMatching(/^[\w-]{22,}$/), expect.stringMatching(/^[\w-]{22,}$/)])
    expect(new Set(nonces).size).toBe(2)
  },
}
