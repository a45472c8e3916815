import { type SamlPersonalityName, samlPersonalities, samlPersonalityNames } from '@doorward/testkit/saml'
import type { AcceptedIdentity } from '../../../packages/core/test/saml-corpus/case.ts'
import { now } from '../make.ts'
import { accepted, type PlannedCase, refused } from '../planned-case.ts'
import { refusals } from './refusals.ts'

/** What no case can be: it is about the form that the answer comes in, or only about how much there is. */
const elsewhere: readonly SamlPersonalityName[] = [
  'wrapped-parameter',
  'not-base64',
  'two-responses',
  'no-response',
  'other-relay-state',
  'no-relay-state',
  'reused-assertion-id',
  'deep-nesting',
  'oversize',
  'attribute-flood',
  'declaration-flood',
  'element-flood',
  'signature-flood',
  'transform-flood',
  'quadratic-blowup',
  'encrypted-key-flood',
]

/** Cases that are about whose addresses a connection may bring. */
const bound: readonly SamlPersonalityName[] = samlPersonalityNames.filter((name) =>
  /^email-(of|domain)/.test(name),
)

/** Of which good answer a bad one is a change, where it is not `good`. */
const bases: readonly (readonly [base: string, cases: readonly SamlPersonalityName[]])[] = [
  [
    'response-signed',
    [
      'xsw1',
      'xsw2',
      'forged-response-around-response',
      'signed-error-response',
      'assertions-swapped',
      'empty-reference-uri',
      'absent-reference-uri',
      'reference-without-hash',
      'xpointer-reference',
      'xpointer-to-root',
      'http-reference',
      'file-reference',
      'quoted-reference',
      'dangling-reference',
      'tampered-signed-response',
      'missing-destination-signed',
      'assertion-without-id-in-signed-response',
      'authentication-failed',
      'no-assertion',
      'logout-response',
    ],
  ],
  ['both-signed', ['invalid-response-signature', 'invalid-assertion-signature']],
  ['ecdsa-p256', ['ecdsa-in-der', 'ecdsa-with-zeros']],
  ['email-within-domain', bound],
  ['weak-key-beside-strong-one', ['weak-key']],
  [
    'encrypted-in-signed-response',
    [
      'encrypted-by-rsa-1.5',
      'encrypted-response',
      'encrypted-text',
      'encrypted-nothing',
      'encrypted-name-id-as-assertion',
      'encrypted-two-assertions',
      'encrypted-doctype',
    ],
  ],
  [
    'encrypted-assertion',
    [
      'encrypted-by-cbc',
      'encrypted-by-3des',
      'encrypted-with-wrong-oaep-mask',
      'encrypted-with-wrong-tag',
      'encrypted-with-short-tag',
      'encrypted-and-empty',
      'encrypted-for-somebody-else',
      'encrypted-content-elsewhere',
      'encrypted-key-elsewhere',
      'encrypted-forgery',
      'encrypted-forgery-beside-signed',
      'encrypted-wrapping',
      'encrypted-twice',
      'two-encrypted-assertions',
    ],
  ],
]

/** Who comes in, where it is somebody else. */
const identities: Partial<Record<SamlPersonalityName, Partial<AcceptedIdentity>>> = {
  'many-groups': {
    groups: Array.from({ length: 200 }, (_, index) => `CN=group-${index},OU=Groups,DC=acme,DC=example`),
  },
  'qualified-name-id': {
    nameId: {
      value: 'user-1',
      format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      nameQualifier: 'https://idp.example',
      spNameQualifier: 'https://sso.example.com/api/auth/saml/acme/metadata/',
    },
  },
  'email-as-name-id': {
    nameId: {
      value: 'user@acme.example',
      format: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      nameQualifier: undefined,
      spNameQualifier: undefined,
    },
  },
  'no-session-index': { sessionIndex: undefined, sessionEndsAt: undefined },
  'fractional-seconds': { sessionEndsAt: now + 8 * 60 * 60 * 1000 + 250 },
  'seven-digit-fractions': { sessionEndsAt: now + 8 * 60 * 60 * 1000 + 250 },
  'email-in-capitals': { email: 'USER@acme.example' },
  // A Cyrillic letter, by its number: it shall be seen here that it is one.
  'email-with-look-alike': { email: 'us\u0435r@acme.example' },
  'no-email': { email: undefined },
  'no-attributes': {
    email: undefined,
    username: undefined,
    givenName: undefined,
    familyName: undefined,
    groups: [],
  },
}

const refusalOf = new Map(
  refusals.flatMap(([refusal, names]) => names.map((name) => [name, refusal] as const)),
)

/** Names of directories, which are in small letters: not every file system tells them from capitals. */
const renamed: Partial<Record<SamlPersonalityName, string>> = {
  'duplicate-ID': 'duplicate-id-in-capitals',
  'duplicate-Id': 'duplicate-id-with-capital',
  'duplicate-namespaced-ID': 'duplicate-namespaced-id',
}

/** A case for each personality of testkit's that an answer by itself can be. */
export const personalityCases: readonly PlannedCase[] = samlPersonalityNames
  .filter((name) => !elsewhere.includes(name))
  .map((name) => {
    const directory = renamed[name] ?? name
    const { wrong, specification, hooks, publishes } = samlPersonalities[name]
    const expected = {
      ...(publishes && { certificates: publishes }),
      // Beside a good one, so that it is the key itself that is refused.
      ...(name === 'weak-key' && { certificates: ['current', 'weak'] as const }),
      ...(bound.includes(name) && { emailDomain: 'acme.example' }),
    }
    const making = { specification, hooks, ...(Object.keys(expected).length > 0 && { expected }) }
    const refusal = refusalOf.get(name)
    if (!refusal) {
      return accepted(directory, wrong.replace(/^nothing: |^nothing, yet: /, ''), {
        ...making,
        identity: identities[name] ?? {},
      })
    }
    const base = bases.find(([, names]) => names.includes(name))?.[0] ?? 'good'
    return refused(directory, wrong, { ...making, refusal, base })
  })
