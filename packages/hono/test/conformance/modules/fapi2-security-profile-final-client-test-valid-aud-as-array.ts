import { differing } from '../behaviours.ts'
import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'An audience that is a list of us alone is as good as the text.',
  provider: differing('audience as list', { idTokenClaims: (good) => ({ ...good, aud: [good.aud] }) }),
}
