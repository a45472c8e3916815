import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'The keys come from the `jwks_uri` of the metadata.',
  asked: { discovery: 1, jwks: 1 },
}
