import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'Who comes back from the provider without the state is signed out here all the same, and the page promises no more than that.',
  async test({ expect, person }) {
    const one = person()
    await one.signIn()
    const back = new URL((await one.signOut()).url)
    back.searchParams.delete('state')
    const shown = await one.bring({ url: back.href })
    expect(shown.headers.get('location')).toContain('signed_out=here')
    expect(await one.session()).toBeUndefined()
  },
}
