import { confirmationMethod } from '../names.ts'
import { element, first } from '../xml/tree.ts'
import { asserting, conditioned, confirmed, confirmedBy, saying } from './content-edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const profile = 'saml-profiles section 4.1.4.3'
const bearer = `${profile}: a bearer confirmation has Recipient and NotOnOrAfter, and InResponseTo when it answers a request`
const conditions = 'saml-core section 2.5.1'
const otherAcs = 'https://another-sp.example/acs'
const otherSp = 'https://another-sp.example/metadata'
const otherIdp = 'https://another-idp.example/metadata'
const otherRequest = '_another-request'

/** Answers for somebody else: another service provider, another request, another browser. The provider signs them. */
export const recipients = {
  'wrong-destination': saying(
    'the destination is another service provider',
    'saml-core section 3.2.2',
    (good) => ({
      ...good,
      destination: otherAcs,
    }),
  ),
  'empty-destination': saying('the destination is empty', 'saml-core section 3.2.2', (good) => ({
    ...good,
    destination: '',
  })),
  'destination-with-suffix': saying(
    'the destination only begins with the address of the service provider',
    'saml-core section 3.2.2',
    (good) => ({ ...good, destination: `${good.destination}.attacker.example` }),
  ),
  'missing-destination': {
    ...saying(
      'the Response, which is not signed, has no destination',
      'saml-bindings section 3.5.5.2',
      (good) => ({
        ...good,
        destination: undefined,
      }),
    ),
    login: 'may-succeed',
  },
  'missing-destination-signed': {
    wrong: 'the signed Response has no destination',
    specification: 'saml-bindings section 3.5.5.2: a signed message MUST have one',
    login: 'must-fail',
    hooks: {
      plan: (good) => ({ ...good, sign: 'response' }),
      content: (good) => ({ ...good, destination: undefined }),
    },
  },
  'wrong-recipient': saying(
    'the recipient is another service provider',
    bearer,
    confirmedBy({ recipient: otherAcs }),
  ),
  'missing-recipient': saying('the recipient is not named', bearer, confirmedBy({ recipient: undefined })),
  'recipient-with-suffix': saying(
    'the recipient only begins with the address of the service provider',
    bearer,
    confirmed((good) => [{ ...good, recipient: `${good.recipient}/x` }]),
  ),
  'wrong-audience': saying(
    'the audience is another service provider',
    `${conditions}.4`,
    conditioned(() => ({ audiences: [[otherSp]] })),
  ),
  'audience-with-suffix': saying(
    'the audience only begins with the name of this service provider',
    `${conditions}.4`,
    conditioned(({ audiences }) => ({ audiences: audiences.map((all) => all.map((one) => `${one}x`)) })),
  ),
  'one-of-two-restrictions': saying(
    'of two audience restrictions, only one has this service provider',
    `${conditions}.4: every restriction must be met`,
    conditioned(({ audiences }) => ({ audiences: [...audiences, [otherSp]] })),
  ),
  'no-audience-restriction': saying(
    'the conditions name no audience',
    `${profile}: the assertion must be for this service provider`,
    conditioned(() => ({ audiences: [] })),
  ),
  'empty-audience-restriction': saying(
    'the audience restriction is empty',
    `${conditions}.4`,
    conditioned(() => ({ audiences: [[]] })),
  ),
  'empty-audience': saying(
    'the audience is the empty text',
    `${conditions}.4`,
    conditioned(() => ({ audiences: [['']] })),
  ),
  'no-conditions': saying(
    'the assertion has no conditions',
    `${profile}; authentik CVE-2026-41577`,
    asserting(() => ({ conditions: undefined })),
  ),
  'two-conditions': {
    wrong: 'the assertion has Conditions twice, the second for another service provider',
    specification: 'saml-core section 2.3.3: at most one',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const restriction = element('saml:AudienceRestriction', {}, element('saml:Audience', {}, otherSp))
        const { children } = first(root, 'Assertion')
        children.splice(
          children.indexOf(first(root, 'Conditions')) + 1,
          0,
          element('saml:Conditions', {}, restriction),
        )
        return root
      },
    },
  },
  'unknown-condition': {
    wrong: 'there is a condition that nobody knows',
    specification:
      'saml-core section 2.5.1.1: then validity can not be determined, and the assertion is to be rejected',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const type = { 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xmlns:x': 'urn:example:x' }
        first(root, 'Conditions').children.push(
          element('saml:Condition', { ...type, 'xsi:type': 'x:Unknown' }),
        )
        return root
      },
    },
  },
  'wrong-in-response-to': saying(
    'Response and confirmation answer another request',
    `${profile}; login CSRF`,
    (good) => confirmedBy({ inResponseTo: otherRequest })({ ...good, inResponseTo: otherRequest }),
  ),
  'wrong-in-response-to-in-confirmation': saying(
    'the confirmation answers another request',
    bearer,
    confirmedBy({ inResponseTo: otherRequest }),
  ),
  'wrong-in-response-to-on-response': saying(
    'the Response answers another request',
    'saml-core section 3.2.2',
    (good) => ({ ...good, inResponseTo: otherRequest }),
  ),
  'missing-in-response-to': saying(
    'neither Response nor confirmation says which request it answers',
    `${profile}: an unsolicited Response`,
    (good) => confirmedBy({ inResponseTo: undefined })({ ...good, inResponseTo: undefined }),
  ),
  'in-response-to-on-response-only': saying(
    'only the Response, which is not signed, says which request it answers',
    bearer,
    confirmedBy({ inResponseTo: undefined }),
  ),
  'in-response-to-in-confirmation-only': {
    ...saying(
      'only the confirmation says which request it answers',
      'saml-core section 3.2.2: the Response MUST say it as well',
      (good) => ({ ...good, inResponseTo: undefined }),
    ),
    login: 'may-succeed',
  },
  'not-bearer': saying(
    'the subject is to be confirmed by a key that the browser does not have',
    `${profile}: at least one bearer confirmation`,
    confirmedBy({ method: confirmationMethod.holderOfKey }),
  ),
  'sender-vouches': saying(
    'the sender vouches for the subject',
    `${profile}: at least one bearer confirmation`,
    confirmedBy({ method: confirmationMethod.senderVouches }),
  ),
  'no-confirmation': saying(
    'the subject is not confirmed',
    `${profile}: at least one bearer confirmation`,
    confirmed(() => []),
  ),
  'mixed-confirmations': saying(
    'of two confirmations, one has the right recipient and the other the right request',
    `${bearer}: all in one confirmation`,
    confirmed((good) => [
      { ...good, inResponseTo: otherRequest },
      { ...good, recipient: otherAcs },
    ]),
  ),
  'mixed-methods': saying(
    'the right data stand in a confirmation that is not bearer; the bearer one is for somebody else',
    bearer,
    confirmed((good) => [
      { ...good, method: confirmationMethod.senderVouches },
      { ...good, recipient: otherAcs },
    ]),
  ),
  'no-confirmation-data': {
    wrong: 'the bearer confirmation has no data',
    specification: bearer,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        first(root, 'SubjectConfirmation').children = []
        return root
      },
    },
  },
  'two-confirmation-data': {
    wrong: 'the bearer confirmation has its data twice, first for somebody else',
    specification: 'saml-core section 2.4.1.1: at most one',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const confirmation = first(root, 'SubjectConfirmation')
        const data = first(root, 'SubjectConfirmationData')
        const other = element(data.name, { ...data.attributes, Recipient: otherAcs })
        confirmation.children.unshift(other)
        return root
      },
    },
  },
  'wrong-response-issuer': saying(
    'the Response is by another provider',
    'saml-core section 3.2.2',
    (good) => ({
      ...good,
      issuer: otherIdp,
    }),
  ),
  'wrong-assertion-issuer': saying(
    'the Assertion is by another provider',
    `${profile}; confused deputy`,
    asserting(() => ({ issuer: otherIdp })),
  ),
  'missing-assertion-issuer': saying(
    'the Assertion does not say who made it',
    'saml-core section 2.3.3: required',
    asserting(() => ({ issuer: undefined })),
  ),
  'issuer-differs-by-slash': saying(
    'the issuer of the Assertion has a final slash that the provider does not have, or the reverse',
    'saml-core section 8.3.6: entity identifiers are compared character by character',
    asserting(({ issuer = '' }) => ({ issuer: issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/` })),
  ),
  'issuer-of-another-format': {
    wrong: 'the issuer is said to be an e-mail address rather than an entity ID',
    specification: 'saml-profiles section 4.1.4.2: the Format is entity, or absent',
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const issuer = first(first(root, 'Assertion'), 'Issuer')
        issuer.attributes['Format'] = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
        return root
      },
    },
  },
  'unsolicited-wrong-audience': saying(
    'nobody asked, and the audience is another service provider',
    profile,
    (good) =>
      conditioned(() => ({ audiences: [[otherSp]] }))(
        confirmedBy({ inResponseTo: undefined })({ ...good, inResponseTo: undefined }),
      ),
  ),
} as const satisfies Record<string, SamlPersonalityEntry>
