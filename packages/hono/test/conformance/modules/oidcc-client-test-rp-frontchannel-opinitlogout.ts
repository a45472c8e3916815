import { endsInFrame } from '../logouts.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'The frame of the provider’s page ends the session of who signs out there.',
  notElsewhere: 'it has no front channel',
  async test(run) {
    const person = run.person()
    await person.signIn()
    await endsInFrame(run, person)
  },
}
