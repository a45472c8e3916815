import { decodeBase64 } from '../encoding/base64.ts'
import type { Bytes } from '../encoding/bytes.ts'
import { SsoError } from '../errors/index.ts'
import type { MessageParameter } from './bindings.ts'
import { inflate } from './deflate.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'

/** A message as it came, of which nothing is known yet. */
export interface ReceivedMessage {
  readonly parameter: MessageParameter
  readonly unverifiedXml: Bytes
  /** Goes back with an answer, to the letter. */
  readonly relayState: string | undefined
}

/** What signs a query: which key and which algorithm, is for who verifies it to judge. */
export interface QuerySignature {
  /** The characters that are signed, as they came. */
  readonly unverifiedOctets: string
  /** What the sender says it signed with: the URI of `SigAlg`. */
  readonly algorithm: string
  readonly signature: Bytes
}

/**
 * Takes a message out of the query of a redirect
 * ([SAML Bindings, section 3.4.4](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)).
 *
 * @param unverifiedQuery as it came, with or without the question mark
 * @throws SsoError `saml_logout_invalid` when it is not one message, or one that grows too large
 */
export async function readRedirectMessage(unverifiedQuery: string): Promise<ReceivedMessage> {
  const query = parseQuery(unverifiedQuery)
  const encoding = query.get('SAMLEncoding')
  if (encoding !== undefined && decoded(encoding) !== DEFLATE) throw invalid('another encoding than DEFLATE')
  const parameter = onlyMessage((name) => query.has(name))
  const compressed = decodeBase64(decoded(query.get(parameter) ?? ''))
  const unverifiedXml = compressed && (await inflate(compressed, MESSAGE_LIMITS.bytes))
  if (!unverifiedXml) throw invalid('the message is not compressed as it must be, or too large')
  const relayState = query.get('RelayState')
  return { parameter, unverifiedXml, relayState: relayState && decoded(relayState) }
}

/**
 * Takes a message out of a form that was posted
 * ([SAML Bindings, section 3.5.4](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)).
 *
 * @throws SsoError `saml_logout_invalid` when it is not one message, or one that is too large
 */
export function readPostMessage(unverifiedForm: URLSearchParams): ReceivedMessage {
  for (const name of PARAMETERS) {
    if (unverifiedForm.getAll(name).length > 1) throw invalid('a parameter is there twice')
  }
  const parameter = onlyMessage((name) => unverifiedForm.has(name))
  const unverifiedXml = decodeBase64(unverifiedForm.get(parameter) ?? '')
  if (!unverifiedXml || unverifiedXml.length > MESSAGE_LIMITS.bytes) {
    throw invalid('the message is not base64, or too large')
  }
  return { parameter, unverifiedXml, relayState: unverifiedForm.get('RelayState') ?? undefined }
}

/**
 * Finds what signs the query of a redirect, and what it signs: the characters as they came, for nobody encodes them as
 * everybody else does; in the order of the standard, whatever order they came in
 * ([SAML Bindings, section 3.4.4.1](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)).
 *
 * @param unverifiedQuery as it came, with or without the question mark
 * @returns undefined when it is not signed
 * @throws SsoError `saml_logout_invalid` when it is not one message, or half signed
 */
export function querySignatureOf(unverifiedQuery: string): QuerySignature | undefined {
  const query = parseQuery(unverifiedQuery)
  const parameter = onlyMessage((name) => query.has(name))
  const algorithm = query.get('SigAlg')
  const value = query.get('Signature')
  if (algorithm === undefined && value === undefined) return undefined
  const signature = decodeBase64(decoded(value ?? ''))
  if (!algorithm || !signature || signature.length === 0) throw invalid('the query is signed by half')
  const signed = [parameter, 'RelayState', 'SigAlg'].filter((name) => query.has(name))
  return {
    unverifiedOctets: signed.map((name) => `${name}=${query.get(name)}`).join('&'),
    algorithm: decoded(algorithm),
    signature,
  }
}

const DEFLATE = 'urn:oasis:names:tc:SAML:2.0:bindings:URL-Encoding:DEFLATE'

const MESSAGES = ['SAMLRequest', 'SAMLResponse'] as const

/** All the parameters that mean something to us. */
const PARAMETERS: readonly string[] = [...MESSAGES, 'RelayState', 'SigAlg', 'Signature', 'SAMLEncoding']

/**
 * Takes a query apart. What is read must be what is signed: so nothing may be there twice, not in another spelling
 * either.
 *
 * @returns the values of the known parameters, as they came
 */
function parseQuery(unverifiedQuery: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const pair of unverifiedQuery.replace(/^\?/, '').split('&')) {
    const [written = '', ...rest] = pair.split('=')
    const name = decoded(written)
    if (!PARAMETERS.includes(name)) continue
    if (name !== written) throw invalid("a parameter's name is encoded")
    if (values.has(name)) throw invalid('a parameter is there twice')
    values.set(name, rest.join('='))
  }
  return values
}

function onlyMessage(isThere: (name: MessageParameter) => boolean): MessageParameter {
  const [parameter, ...others] = MESSAGES.filter(isThere)
  if (!parameter || others.length > 0) throw invalid('there is no message, or more than one')
  return parameter
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    throw invalid('a parameter is not encoded as a URL is')
  }
}

function invalid(reason: string): SsoError {
  return new SsoError('saml_logout_invalid', 'the logout message can not be read', { details: { reason } })
}
