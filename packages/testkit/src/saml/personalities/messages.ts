import { goodContent } from '../message/content.ts'
import { logoutRequestTree, logoutResponseTree } from '../message/logout.ts'
import { responseTree } from '../message/response.ts'
import { digestOf } from '../message/sign.ts'
import { statusCode } from '../names.ts'
import { clone, element, first, replace, type XmlNode } from '../xml/tree.ts'
import { asserting } from './content-edits.ts'
import { signing, withoutSignature } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const core = 'saml-core section'
const status = `${core} 3.2.2.2: only the topmost code Success is success`

function withStatus(wrong: string, codes: readonly string[]): SamlPersonalityEntry {
  return {
    wrong,
    specification: status,
    login: 'must-fail',
    hooks: { content: (good) => ({ ...good, status: codes }) },
  }
}

/** Messages of a wrong kind or version, with parts missing, and answers that were given before. */
export const messages = {
  'authentication-failed': {
    wrong: 'the provider says no, and sends no assertion',
    specification: status,
    login: 'must-fail',
    hooks: {
      plan: (good) => ({ ...good, sign: 'response', encrypt: 'nothing' }),
      content: (good) => ({
        ...good,
        status: [statusCode.responder, statusCode.authnFailed],
        assertion: undefined,
      }),
    },
  },
  'status-not-success': withStatus('the status is not success, and there is an assertion', [
    statusCode.responder,
  ]),
  'nested-success': withStatus('the status is not success, and a code inside it is', [
    statusCode.responder,
    statusCode.success,
  ]),
  'status-of-other-case': withStatus('the status is success in small letters', [
    statusCode.success.toLowerCase(),
  ]),
  'empty-status': withStatus('there is a Status without a code', []),
  'no-status': {
    wrong: 'there is no Status',
    specification: `${core} 3.2.2: required`,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        replace(root, first(root, 'Status'))
        return root
      },
    },
  },
  'two-statuses': {
    wrong: 'there are two Status elements, the first says failure and the second success',
    specification: `${core} 3.2.2: exactly one`,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        const good = first(root, 'Status')
        const bad = clone(good)
        first(bad, 'StatusCode').attributes['Value'] = statusCode.responder
        replace(root, good, bad, good)
        return root
      },
    },
  },
  'version-1.1-response': {
    wrong: 'the Response is of version 1.1',
    specification: `${core} 3.2.2: Version is 2.0`,
    login: 'must-fail',
    hooks: { content: (good) => ({ ...good, version: '1.1' }) },
  },
  'version-1.1-assertion': {
    wrong: 'the Assertion is of version 1.1',
    specification: `${core} 2.3.3: Version is 2.0`,
    login: 'must-fail',
    hooks: { content: asserting(() => ({ version: '1.1' })) },
  },
  'no-version': {
    wrong: 'the Assertion does not say of which version it is',
    specification: `${core} 2.3.3: required`,
    login: 'must-fail',
    hooks: { content: asserting(() => ({ version: undefined })) },
  },
  'no-assertion': {
    wrong: 'there is success and no Assertion',
    specification: 'saml-profiles section 4.1.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      content: (good) => ({ ...good, assertion: undefined }),
    },
  },
  'no-authn-statement': {
    wrong: 'the Assertion does not say that anybody has logged in',
    specification: 'saml-profiles section 4.1.4.2: at least one AuthnStatement',
    login: 'must-fail',
    hooks: { content: asserting(() => ({ authnStatement: undefined })) },
  },
  'no-subject': {
    wrong: 'the Assertion has no subject',
    specification: 'saml-profiles section 4.1.4.2',
    login: 'must-fail',
    hooks: { content: asserting(() => ({ subject: undefined })) },
  },
  'no-assertion-id': {
    wrong: 'the Assertion has no ID, and the reference is to the whole document',
    specification: `${core} 2.3.3: required`,
    login: 'must-fail',
    hooks: {
      content: asserting(() => ({ id: undefined })),
      async signedInfo(signedInfo, { root, signature, style }) {
        first(signedInfo, 'Reference').attributes['URI'] = ''
        const omit = (node: XmlNode) => node === signature
        first(signedInfo, 'DigestValue').children = [await digestOf(root, root, { style, omit })]
      },
    },
  },
  'assertion-without-id-in-signed-response': {
    wrong: 'the Assertion in the signed Response has no ID',
    specification: `${core} 2.3.3: required`,
    login: 'must-fail',
    hooks: { plan: signing('response'), content: asserting(() => ({ id: undefined })) },
  },
  'no-response-id': {
    wrong: 'the Response, which is not signed, has no ID',
    specification: `${core} 3.2.2: required`,
    login: 'must-fail',
    hooks: { content: (good) => ({ ...good, id: undefined }) },
  },
  'no-issue-instant': {
    wrong: 'the Assertion does not say when it was made',
    specification: `${core} 2.3.3: required`,
    login: 'must-fail',
    hooks: { content: asserting(() => ({ issueInstant: undefined })) },
  },
  'logout-response': {
    wrong: 'a signed LogoutResponse is sent where a Response is expected',
    specification: 'saml-profiles section 4.1.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('response'),
      unsigned: (_, { facts }) =>
        logoutResponseTree({
          id: '_logout',
          issuer: facts.issuer,
          destination: facts.acsUrl,
          inResponseTo: facts.inResponseTo,
          issueInstant: facts.now,
          status: [statusCode.success],
        }),
    },
  },
  'logout-request-around-assertion': {
    wrong: 'a LogoutRequest stands around the signed Assertion',
    specification: 'samlify issue 634; saml-profiles section 4.1.4.2',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root, { facts }) {
        const request = logoutRequestTree({
          id: '_logout',
          issuer: facts.issuer,
          destination: facts.acsUrl,
          issueInstant: facts.now,
          sessionIndexes: [],
        })
        request.children.push(first(root, 'Assertion'))
        return request
      },
    },
  },
  'assertion-as-root': {
    wrong: 'the signed Assertion is sent without a Response',
    specification: 'saml-profiles section 4.1.4.2',
    login: 'must-fail',
    hooks: { plan: signing('assertion'), signed: (root) => first(root, 'Assertion') },
  },
  'response-in-envelope': {
    wrong: 'the Response is sent in a SOAP envelope',
    specification: 'saml-bindings section 3.5.4',
    login: 'must-fail',
    hooks: {
      signed: (root) => {
        const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
        return element('soap:Envelope', { 'xmlns:soap': soap }, element('soap:Body', {}, root))
      },
    },
  },
  'artifact-response': {
    wrong: 'the root is called ArtifactResponse',
    specification: 'saml-bindings section 3.5.4',
    login: 'must-fail',
    hooks: {
      signed: (root) => ({ ...root, name: 'samlp:ArtifactResponse' }),
    },
  },
  'assertion-of-earlier-login': {
    wrong: 'the Assertion is of an earlier login, in a new Response to this request',
    specification: 'saml-profiles section 4.1.4.5: an assertion is used once',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, { facts, capture }) {
        const earlier = { inResponseTo: '_earlier-request', now: facts.now - 30_000 }
        const caught = await capture(earlier, { sign: 'assertion', encrypt: 'nothing' })
        replace(root, first(root, 'Assertion'), first(caught, 'Assertion'))
        return root
      },
    },
  },
  'assertion-for-another-service-provider': {
    wrong: 'the Assertion is of a login at another service provider, in a Response to this request',
    specification: 'saml-profiles section 4.1.4.3: Recipient and Audience',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, { capture }) {
        const other = {
          audience: 'https://another-sp.example/metadata',
          acsUrl: 'https://another-sp.example/acs',
        }
        const caught = await capture(other, { sign: 'assertion', encrypt: 'nothing' })
        replace(root, first(root, 'Assertion'), first(caught, 'Assertion'))
        return root
      },
    },
  },
  'assertion-nobody-asked-for': {
    wrong: 'the Assertion was not asked for, and is put into a Response to this request',
    specification: 'saml-profiles section 4.1.4.3: login CSRF',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      async signed(root, { capture }) {
        const caught = await capture({ inResponseTo: undefined }, { sign: 'assertion', encrypt: 'nothing' })
        replace(root, first(root, 'Assertion'), first(caught, 'Assertion'))
        return root
      },
    },
  },
  'reused-assertion-id': {
    wrong: 'every Assertion has the same ID, so a second login within minutes looks like a replay',
    specification: 'saml-core section 1.3.4: an ID is unique',
    login: 'may-succeed',
    hooks: { content: asserting(() => ({ id: '_always-the-same' })) },
  },
  'assertion-in-new-response': {
    wrong: 'nothing, yet: a good Assertion is put into a Response that the provider did not make',
    specification: 'saml-core section 5.3: what is not signed can not be told from the original',
    login: 'may-succeed',
    hooks: {
      plan: signing('assertion'),
      signed(root, { facts }) {
        const fresh = responseTree({ ...goodContent(facts), assertion: undefined })
        fresh.attributes['ID'] = '_new-response'
        return { ...withoutSignature(fresh), children: [...fresh.children, first(root, 'Assertion')] }
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
