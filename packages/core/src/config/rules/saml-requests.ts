import { type Entry, type Finding, textOf, textsOf } from './entry.ts'
import { mappedTo } from './trap.ts'

/** Names that stand for URIs: what people write for the one that is meant. */
interface Vocabulary {
  readonly key: string
  /** What the URIs are of. */
  readonly what: string
  /** By the last part of each, in lower case. */
  readonly uris: ReadonlyMap<string, string>
}

const classes = 'urn:oasis:names:tc:SAML:2.0:ac:classes:'

// https://docs.oasis-open.org/security/saml/v2.0/saml-authn-context-2.0-os.pdf, section 3.4, and Microsoft's own.
const contexts: Vocabulary = {
  key: 'requested_authn_context',
  what: 'an authentication context class',
  uris: byLastPart(
    [
      ...['Password', 'PasswordProtectedTransport', 'Kerberos', 'X509', 'Smartcard', 'SmartcardPKI'],
      ...['TimeSyncToken', 'TLSClient', 'MobileTwoFactorContract', 'PreviousSession', 'unspecified'],
    ].map((name) => classes + name),
  ),
}

// https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf, section 8.3.
const nameIds: Vocabulary = {
  key: 'name_id_format',
  what: 'a NameID format',
  uris: byLastPart([
    ...['emailAddress', 'unspecified', 'X509SubjectName', 'WindowsDomainQualifiedName'].map(
      (name) => `urn:oasis:names:tc:SAML:1.1:nameid-format:${name}`,
    ),
    ...['persistent', 'transient', 'kerberos', 'entity'].map(
      (name) => `urn:oasis:names:tc:SAML:2.0:nameid-format:${name}`,
    ),
  ]),
}

function byLastPart(uris: readonly string[]): ReadonlyMap<string, string> {
  return new Map(uris.map((uri) => [uri.slice(uri.lastIndexOf(':') + 1).toLowerCase(), uri]))
}

/** What requests to a SAML identity provider are to say. */
export function checkSamlRequests(entry: Entry): readonly Finding[] {
  return [
    ...checkUris(entry, contexts),
    ...checkUris(entry, nameIds),
    ...checkComparison(entry),
    ...checkTransient(entry),
  ]
}

/** What the answer is not compared with is demanded by a signature, or by nobody. */
function checkComparison(entry: Entry): readonly Finding[] {
  const comparison = entry.value['authn_context_comparison']
  if (comparison === undefined) return []
  if (entry.value['requested_authn_context'] !== undefined) {
    const isJudgedThere = comparison === 'minimum' || comparison === 'maximum' || comparison === 'better'
    if (!isJudgedThere || entry.value['sign_requests'] === true) return []
    return [
      {
        code: 'authn_context_unsigned',
        key: 'authn_context_comparison',
        message:
          'whoever signs in can take "requested_authn_context" out of the unsigned request that their browser carries: only with "exact" is the answer compared with it',
        fix: 'add "sign_requests: true", and have the identity provider demand signed requests',
      },
    ]
  }
  return [
    {
      code: 'authn_context_missing',
      key: 'authn_context_comparison',
      at: 'key',
      message: '"authn_context_comparison" compares with nothing: "requested_authn_context" is missing',
      fix: `remove it, or add "requested_authn_context: ${classes}…"`,
    },
  ]
}

/** Who is another person at every login can not come in at all. */
function checkTransient(entry: Entry): readonly Finding[] {
  const isTransient = textOf(entry, 'name_id_format') === nameIds.uris.get('transient')
  if (!isTransient || mappedTo(entry, 'attribute_mapping', 'uid').length > 0) return []
  return [
    {
      code: 'uid_missing',
      key: 'name_id_format',
      message:
        'nobody can come in: "name_id_format" asks for another name at every login, and no attribute says who it is',
      fix: 'add "uid" to "attribute_mapping", the attribute that stays the same; or remove "name_id_format"',
    },
  ]
}

/** An identity provider compares to the letter, and fails without a word where a name stands for a URI. */
function checkUris(entry: Entry, { key, what, uris }: Vocabulary): readonly Finding[] {
  const texts = textsOf(entry, key)
  const item = texts.findIndex((text) => !/[<>]/.test(text) && !isUri(text))
  const first = texts[item]
  if (first === undefined) return []
  const meant =
    uris.get(first.toLowerCase().replace(/[ _-]/g, '')) ?? uris.get(`${first.toLowerCase()}address`)
  return [
    {
      code: 'uri_expected',
      key,
      ...(Array.isArray(entry.value[key]) ? { item } : {}),
      message: `"${key}" is not the URI of ${what}`,
      fix: meant
        ? `write ${meant}`
        : `write it as the identity provider documents it, such as ${example(uris)}`,
    },
  ]
}

function example(uris: ReadonlyMap<string, string>): string {
  return uris.values().next().value ?? ''
}

/** [RFC 3986, section 3](https://www.rfc-editor.org/rfc/rfc3986#section-3), as far as it tells URIs from words. */
function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:[^\s]+$/i.test(text)
}
