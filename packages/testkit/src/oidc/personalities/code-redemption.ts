import type { PersonalityEntry } from './personality.ts'

/** Providers that leave out a check of theirs, so that only the relying party stands in an attacker's way. */
export const codeRedemptionPersonalities = {
  'accepts-used-codes': {
    wrong: 'nothing is sent wrong: a code can be redeemed again and again',
    specification: 'RFC 6749 section 4.1.2; the relying party accepts a response once: RFC 9700 section 4.5',
    login: 'must-succeed',
    hooks: {},
    tolerates: ['used-code'],
  },
  'ignores-code-verifier': {
    wrong:
      'nothing is sent wrong: the code verifier is not checked, so that only the nonce stops an injected code',
    specification: 'RFC 7636 section 4.6; RFC 9700 section 4.5.3',
    login: 'must-succeed',
    hooks: {},
    tolerates: ['wrong-code-verifier'],
  },
} as const satisfies Record<string, PersonalityEntry>
