import type { Attack } from './attack.ts'

/** Who an answer says it is. */
export const peopleAttacks: readonly Attack[] = [
  {
    id: 'address-of-others',
    part: 'people',
    attack: 'A provider brings an address of a domain that is not its own, or only looks like it.',
    answer:
      'Who names a domain brings only that, by exact comparison behind the one at sign; an identity is the connection, its issuer and the uid.',
    sources: ['[Descope, "nOAuth" (2023)](https://www.descope.com/blog/post/noauth)'],
    cases: [
      'email-of-another-domain',
      'email-of-sub-domain',
      'email-domain-as-prefix',
      'email-with-two-ats',
      'email-not-an-address',
      'email-not-verified-within-domain',
      'email-missing-within-domain',
      'email-verified-empty-within-domain',
      'email-not-verified-as-name-id',
    ],
    tests: ['packages/core/src/login/policy.test.ts', 'packages/core/src/login/policy-verification.test.ts'],
  },
  {
    id: 'several-values',
    part: 'people',
    attack: 'What says who it is has several values, and each part of the system takes another one.',
    answer: 'A second value is refused; only groups are many.',
    sources: ['no specification: which of two counts is not for a service provider to guess'],
    cases: [
      'two-email-values',
      'two-email-attributes',
      'two-friendly-names',
      'two-values-of-shown-name',
      'uid-twice',
      'two-name-ids',
      'element-as-email',
      'element-as-group',
    ],
  },
  {
    id: 'look-alikes',
    part: 'people',
    attack:
      'White space, controls, invisible characters or letters that become others make two names one, or one two.',
    answer:
      'Names are compared as they are; white space around who it is, controls, and addresses beyond ASCII in the domain are refused.',
    sources: ['[Unicode Technical Report 36](https://www.unicode.org/reports/tr36/)'],
    cases: [
      'email-with-kelvin-sign',
      'email-with-invisible-character',
      'email-with-line-end',
      'empty-name-id',
      'blank-name-id',
      'name-id-with-blank-before',
      'name-id-with-blank-behind',
      'name-id-with-no-break-space',
      'name-id-with-control-character',
      'uid-with-blank',
      'uid-with-control-character',
      'groups-with-line-end',
      'username-with-no-break-space',
    ],
  },
  {
    id: 'endless-names',
    part: 'people',
    attack: 'A name without end is kept with the session, and looked for wherever sessions are.',
    answer: 'Names, their formats and qualifiers, and what sessions are called have 1024 characters at most.',
    sources: ['[CWE-770](https://cwe.mitre.org/data/definitions/770.html)'],
    cases: [
      'name-id-too-long',
      'name-id-format-too-long',
      'name-qualifier-too-long',
      'sp-name-qualifier-too-long',
      'session-index-too-long',
    ],
    tests: ['packages/core/src/saml/logout-hostile.test.ts'],
  },
  {
    id: 'name-of-another-kind',
    part: 'people',
    attack:
      'Whoever takes the request to the identity provider asks for another kind of name, one that people choose themselves, and chooses one that reads like a name of somebody else.',
    answer:
      'The format and the qualifiers of a name are part of who somebody is; where `name_id_format` asks for one kind, no other is taken.',
    sources: [
      '[SAML Core, section 3.4.1.1](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)',
    ],
    cases: ['other-name-id-format'],
    tests: ['packages/core/src/saml/identity.test.ts'],
  },
  {
    id: 'nobody-for-good',
    part: 'people',
    attack: 'The name is for one session only, or missing, and so somebody else is given the account.',
    answer: 'Without a name that lasts, nobody comes in; one attribute never stands in for another.',
    sources: [
      '[SAML Core, section 8.3.8](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)',
    ],
    cases: ['transient-name-id', 'no-name-id', 'uid-missing', 'uid-empty', 'other-name-id-format', 'base-id'],
  },
]
