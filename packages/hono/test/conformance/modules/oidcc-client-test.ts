import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'A login in which all is well signs the person in.',
}
