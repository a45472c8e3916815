import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'What is configured is the issuer alone; all addresses come from its metadata.',
  asked: { discovery: 1, authorization: 1, token: 1, userinfo: 1 },
}
