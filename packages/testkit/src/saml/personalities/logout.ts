import type { SamlKeyRing } from '../crypto/key-ring.ts'
import type { SamlKey } from '../crypto/keys.ts'
import type { LogoutRequestContent, LogoutResponseContent } from '../message/logout.ts'
import { ns, statusCode } from '../names.ts'
import { all, element, type XmlElement } from '../xml/tree.ts'
import { impersonate, withoutSignature } from './edits.ts'
import type { Awaitable } from './personality.ts'

/** The steps of a logout message at which a personality can act, in their order. */
interface LogoutHooks {
  request?(good: LogoutRequestContent): LogoutRequestContent
  response?(good: LogoutResponseContent): LogoutResponseContent
  /** Who signs, or nobody. */
  signer?(good: SamlKey, keys: SamlKeyRing): Awaitable<SamlKey | undefined>
  /** The finished tree, with the POST binding signed and with the redirect binding not yet. */
  tree?(good: XmlElement): XmlElement
  text?(good: string): string
  /** The finished address, with the redirect binding. */
  url?(good: URL): URL
}

/** One way for a logout message to be: a single named change from good. */
export interface LogoutPersonality {
  readonly name: string
  /** What is wrong, in one line. */
  readonly wrong: string
  readonly specification: string
  /** What a correct service provider makes of it. */
  readonly logout: 'must-be-obeyed' | 'may-be-obeyed' | 'must-be-refused'
  /** The only message that it changes; absent when it changes both. */
  readonly message?: 'request' | 'response'
  /** The only binding with which it makes a difference; absent when it does with both. */
  readonly binding?: 'redirect' | 'post'
  readonly hooks: LogoutHooks
}

type LogoutPersonalityEntry = Omit<LogoutPersonality, 'name'>

const signing = 'saml-profiles section 4.4.4: a message MUST be signed, and the issuer known'
const core = 'saml-core section 3.7'
const other = 'https://another-idp.example/metadata'
const hour = 3_600_000

function refused(wrong: string, specification: string, hooks: LogoutHooks): LogoutPersonalityEntry {
  const { request, response, url } = hooks
  const message = request && !response ? 'request' : response && !request ? 'response' : undefined
  return {
    wrong,
    specification,
    logout: 'must-be-refused',
    ...(message ? { message } : {}),
    ...(url ? { binding: 'redirect' } : {}),
    hooks,
  }
}

/** Changes what request and response have in common. */
function common(
  change: (good: LogoutRequestContent | LogoutResponseContent) => {
    readonly id?: string | undefined
    readonly issuer?: string | undefined
    readonly destination?: string | undefined
    readonly issueInstant?: number
  },
): LogoutHooks {
  return {
    request: (good) => ({ ...good, ...change(good) }),
    response: (good) => ({ ...good, ...change(good) }),
  }
}

/** Changes the query after it was signed. Says nothing of messages that are posted. */
function queried(change: (query: URLSearchParams) => void): LogoutHooks {
  return {
    url(good) {
      const url = new URL(good)
      change(url.searchParams)
      return url
    },
  }
}

const entries = {
  good: {
    wrong: 'nothing',
    specification: 'saml-profiles section 4.4',
    logout: 'must-be-obeyed',
    hooks: {},
  },
  'no-session-index': {
    wrong: 'nothing: no session is named, so all of this user at the provider are meant',
    specification: core,
    logout: 'must-be-obeyed',
    message: 'request',
    hooks: { request: (good) => ({ ...good, sessionIndexes: [] }) },
  },
  'no-expiry': {
    wrong: 'nothing: the request does not say until when it is valid',
    specification: `${core}.1: NotOnOrAfter is optional`,
    logout: 'must-be-obeyed',
    message: 'request',
    hooks: { request: (good) => ({ ...good, notOnOrAfter: undefined }) },
  },
  unsigned: refused('nothing is signed', signing, { signer: () => undefined }),
  'signed-by-stranger': refused('the key of somebody else signs', signing, {
    signer: (_, keys) => keys.get('stranger'),
  }),
  'signed-by-unpublished-key': refused('the next key signs, and is not yet published', signing, {
    signer: (_, keys) => keys.get('next'),
  }),
  'other-issuer': refused(
    'it is by another provider',
    signing,
    common(() => ({ issuer: other })),
  ),
  'no-issuer': refused(
    'it does not say by whom it is',
    signing,
    common(() => ({ issuer: undefined })),
  ),
  'wrong-destination': refused(
    'it is for another service provider',
    'saml-core section 3.2.1',
    common(() => ({ destination: 'https://another-sp.example/sls' })),
  ),
  'no-destination': refused(
    'it does not say for whom it is',
    'saml-bindings sections 3.4.5.2 and 3.5.5.2: a signed message MUST have a Destination',
    common(() => ({ destination: undefined })),
  ),
  'no-id': refused(
    'it has no ID',
    'saml-core section 3.2.1',
    common(() => ({ id: undefined })),
  ),
  old: {
    ...refused(
      'it was made an hour ago',
      'saml-bindings section 3.4.5.2',
      common(({ issueInstant }) => ({ issueInstant: issueInstant - hour })),
    ),
    logout: 'may-be-obeyed',
  },
  'from-the-future': {
    ...refused(
      'it will be made in an hour',
      'saml-bindings section 3.4.5.2',
      common(({ issueInstant }) => ({ issueInstant: issueInstant + hour })),
    ),
    logout: 'may-be-obeyed',
  },
  expired: refused('the request was valid until an hour ago', `${core}.1`, {
    request: (good) => ({ ...good, notOnOrAfter: good.issueInstant - hour }),
  }),
  'no-name-id': refused('the request does not say who is to be signed out', `${core}.1`, {
    request: (good) => ({ ...good, nameId: undefined }),
  }),
  'other-name-id': {
    ...refused('the request is about somebody else, whose session must not be taken for this one', core, {
      request: (good) => ({ ...good, nameId: good.nameId && { ...good.nameId, value: 'somebody-else' } }),
    }),
    logout: 'may-be-obeyed',
  },
  'other-session': {
    ...refused('the request is about another session, and this one must stay', core, {
      request: (good) => ({ ...good, sessionIndexes: ['_another-session'] }),
    }),
    logout: 'may-be-obeyed',
  },
  'wrong-in-response-to': refused('the response answers another request', 'saml-core section 3.2.2', {
    response: (good) => ({ ...good, inResponseTo: '_another-request' }),
  }),
  'no-in-response-to': refused('the response does not say what it answers', 'saml-core section 3.2.2', {
    response: (good) => ({ ...good, inResponseTo: undefined }),
  }),
  'failed-elsewhere': {
    ...refused('the response says that others could not be told', `${core}.3.2`, {
      response: (good) => ({
        ...good,
        status: [statusCode.success, 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'],
      }),
    }),
    logout: 'may-be-obeyed',
  },
  failed: {
    ...refused('the response says that nothing was done', `${core}.3.2`, {
      response: (good) => ({ ...good, status: [statusCode.responder] }),
    }),
    logout: 'may-be-obeyed',
  },
  'wrong-root': refused('the message is of a kind that nobody knows', core, {
    tree: (root) => ({ ...root, name: 'samlp:LogoutOrder' }),
  }),
  wrapped: {
    binding: 'post',
    ...refused(
      'a forged message has the signature of the original, which stands in ds:Object',
      'samlify issue 634',
      {
        tree(root) {
          const signature = all(root, 'Signature')[0]
          const original = withoutSignature(root)
          const forged = impersonate(root)
          forged.attributes['ID'] = '_forged'
          signature?.children.push(element('ds:Object', {}, original))
          return forged
        },
      },
    ),
  },
  tampered: {
    binding: 'post',
    ...refused('the message was changed after it was signed', signing, {
      text: (text) => text.replace(/IssueInstant="[^"]*"/, 'IssueInstant="2001-01-01T00:00:00Z"'),
    }),
  },
  doctype: refused('there is a document type', 'CWE-611', { text: (text) => `<!DOCTYPE x>${text}` }),
  'relay-state-changed': refused(
    'the RelayState in the query was changed after it was signed',
    'saml-bindings section 3.4.4.1: it is signed as well',
    queried((query) => query.set('RelayState', 'https://attacker.example/')),
  ),
  'signature-twice': refused(
    'the query has a second Signature',
    'saml-bindings section 3.4.4.1',
    queried((query) => query.append('Signature', 'AAAA')),
  ),
  'message-twice': refused(
    'the query has the message twice',
    'saml-bindings section 3.4.4',
    queried((query) => {
      for (const name of ['SAMLRequest', 'SAMLResponse'])
        if (query.has(name)) query.append(name, query.get(name) ?? '')
    }),
  ),
  'no-signature-algorithm': refused(
    'the query does not name the algorithm of its signature',
    'saml-bindings section 3.4.4.1',
    queried((query) => query.delete('SigAlg')),
  ),
  'sha1-signature-algorithm': refused(
    'the query names SHA-1 for its signature',
    'NIST SP 800-131A revision 2',
    queried((query) => query.set('SigAlg', `${ns.ds}rsa-sha1`)),
  ),
} as const satisfies Record<string, LogoutPersonalityEntry>

/** Every name in the table. */
export type LogoutPersonalityName = keyof typeof entries

/** Every way for a logout message to be, by name. */
export const logoutPersonalities: Readonly<Record<LogoutPersonalityName, LogoutPersonality>> =
  Object.fromEntries(
    Object.entries<LogoutPersonalityEntry>(entries).map(([name, entry]) => [name, { name, ...entry }]),
  ) as Record<LogoutPersonalityName, LogoutPersonality>
