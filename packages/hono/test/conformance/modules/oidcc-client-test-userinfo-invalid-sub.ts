import type { Module } from '../module.ts'

export const module: Module = {
  outcome: 'Userinfo about somebody else signs nobody in.',
  provider: { personality: 'other-userinfo-subject' },
  refused: { as: 'login_failed', because: 'userinfo_subject_mismatch' },
  asked: { userinfo: 1 },
}
