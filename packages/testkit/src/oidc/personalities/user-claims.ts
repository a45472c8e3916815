import { type PersonalityEntry, without } from './personality.ts'

const emailVerified = 'OpenID Connect Core 1.0 section 5.1: email_verified'

/** Providers that say less, or something else, about the user than a relying party hopes for. */
export const userClaimPersonalities = {
  'other-userinfo-subject': {
    wrong: 'the userinfo answer is about somebody else',
    specification: 'OpenID Connect Core 1.0 section 5.3.2: the values MUST NOT be used',
    login: 'may-succeed',
    hooks: { userinfo: (good) => ({ ...good, sub: 'somebody-else' }) },
  },
  'missing-userinfo-subject': {
    wrong: 'the userinfo answer does not say about whom it is',
    specification: 'OpenID Connect Core 1.0 section 5.3.2: sub MUST always be returned',
    login: 'may-succeed',
    hooks: { userinfo: (good) => without(good, 'sub') },
  },
  'unverified-email': {
    wrong: 'the provider has not verified the e-mail address',
    specification: emailVerified,
    login: 'may-succeed',
    hooks: { user: (good) => ({ ...good, email_verified: false }) },
  },
  'unverified-email-as-string': {
    wrong:
      'the provider has not verified the e-mail address, and says so as the string "false", which is truthy',
    specification: emailVerified,
    login: 'may-succeed',
    hooks: { user: (good) => ({ ...good, email_verified: 'false' }) },
  },
  'unstated-email-verification': {
    wrong: 'the provider gives an e-mail address and does not say whether it is verified',
    specification: emailVerified,
    login: 'may-succeed',
    hooks: { user: ({ email_verified: _, ...rest }) => rest },
  },
  'no-email': {
    wrong: 'the provider gives no e-mail address',
    specification: 'OpenID Connect Core 1.0 section 5.4: requested claims are voluntary',
    login: 'may-succeed',
    hooks: { user: ({ email: _, email_verified: __, ...rest }) => rest },
  },
} as const satisfies Record<string, PersonalityEntry>
