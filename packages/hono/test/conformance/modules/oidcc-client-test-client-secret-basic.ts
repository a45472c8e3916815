import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'With `token_auth_method: client_secret_basic` the secret stands in the header, and nowhere else.',
  connection: { token_auth_method: 'client_secret_basic' },
  async test({ expect, provider, person }) {
    await person().signIn()
    const [request] = await provider.seen('token')
    expect(request?.authorizationScheme).toBe('Basic')
    expect(request?.parameters).not.toHaveProperty('client_secret')
  },
}
