import { endsInFrame } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome:
    'After somebody signed out in one browser, the frame of the provider’s page ends the session in another.',
  notElsewhere: 'it has no front channel',
  async test(run) {
    const one = run.person()
    const other = one.elsewhere()
    for (const each of [one, other]) await each.signIn()
    await one.bring(await one.signOut())
    await endsInFrame(run, other)
  },
}
