import type { SamlConnection } from '../config/connection.ts'
import { samlEntityId, samlLogoutUrl } from '../config/urls.ts'
import { randomId } from '../encoding/random.ts'
import { SsoError } from '../errors/index.ts'
import type { Departure } from '../login/protocol.ts'
import type {
  ArrivedLogout,
  BegunLogout,
  LogoutAnswer,
  LogoutBeginning,
  LogoutProtocol,
  LogoutRequest,
} from '../login/provider-logout.ts'
import type { SessionGroup } from '../ports/session-store.ts'
import { type MessageParameter, sendMessage } from './bindings.ts'
import { knownKeys } from './connection-keys.ts'
import { CLOCK_SKEW } from './expected.ts'
import { readPostMessage } from './incoming-bindings.ts'
import type { VerificationKey } from './keys.ts'
import { knownAs } from './known-as.ts'
import { buildLogoutRequest, buildLogoutResponse } from './logout-messages.ts'
import { type LogoutSubject, readLogoutHead, readLogoutOutcome, readLogoutSubject } from './logout-reader.ts'
import { invalid, LOGOUT_MESSAGE_LIFETIME, logoutRules, logoutShapeRules } from './logout-rules.ts'
import type { Endpoint } from './metadata/endpoints.ts'
import type { MetadataSource } from './metadata/source.ts'
import type { SamlServices } from './saml-protocol.ts'
import { type VerifiedElement, verifyQuerySignature, verifySignature } from './signature.ts'
import { MESSAGE_LIMITS } from './xml/limits.ts'
import { parseXml } from './xml/reader.ts'

/** A message that was signed, and how it came. */
interface VerifiedLogout {
  readonly parameter: MessageParameter
  readonly message: VerifiedElement
  readonly relayState: string | undefined
}

/** Asked for once a message looks like one: perhaps the identity provider has to be asked first. */
type Keys = () => Promise<readonly VerificationKey[]>

/** What a request is answered with. */
interface Reply {
  readonly inResponseTo: string
  readonly relayState: string | undefined
  readonly status: (typeof statuses)[keyof typeof statuses]
}

/** What we say of each outcome. */
const statuses = { ended: 'success', partial: 'partial', failed: 'responder' } as const

/** RelayState should have 80 bytes at most (SAML Bindings, section 3.4.3), and goes back in a URL; in characters. */
const MAX_RELAY_STATE = 1024

/**
 * Single logout by SAML
 * ([SAML Profiles, section 4.4](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)), both ways.
 * Everything that we send is signed, so without keys of ours we only do as we are told; and nothing counts that is not
 * signed by the identity provider, an answer neither.
 */
export function createSamlLogout(
  { clock, keys }: Pick<SamlServices, 'clock' | 'keys'>,
  metadataSource: MetadataSource,
): LogoutProtocol<SamlConnection> {
  const keyPair = keys?.pairs[0]

  async function begin(beginning: LogoutBeginning<SamlConnection>): Promise<BegunLogout | undefined> {
    const { connection, baseUrl, session } = beginning
    // Under the same connection there may be another identity provider by now, to which this person is nobody.
    if (session.issuer !== connection.entityId) return undefined
    if (!keyPair) {
      const message = 'idp_logout is on, and DOORWARD_SAML_KEYS is not set, which has to sign what is sent'
      throw new SsoError('installation_invalid', message, { details: { variable: 'DOORWARD_SAML_KEYS' } })
    }
    const endpoint = chooseEndpoint((await metadataSource.of(connection, baseUrl)).singleLogout)
    if (!endpoint) {
      const message = 'idp_logout is on, and nothing says where the identity provider signs people out'
      throw new SsoError('saml_metadata_invalid', message)
    }
    const { binding, location } = endpoint
    const requestId = newMessageId()
    const now = clock()
    const message = buildLogoutRequest({
      id: requestId,
      issuer: samlEntityId(connection, baseUrl),
      destination: location,
      issueInstant: now,
      notOnOrAfter: now + LOGOUT_MESSAGE_LIFETIME,
      nameId: session.nameId,
      sessionIndexes: session.sessionIndex === undefined ? [] : [session.sessionIndex],
    })
    const sending = { binding, location, parameter: 'SAMLRequest', message, relayState: undefined } as const
    return { departure: await sendMessage({ ...sending, keyPair }), requestId }
  }

  async function read(arrived: ArrivedLogout<SamlConnection>): Promise<LogoutRequest | LogoutAnswer> {
    const { connection, baseUrl, unverified, now } = arrived
    const verification = { connection, baseUrl, metadataSource }
    // Keys are not looked up anew: anybody can send a message here, and only a login knows that it was asked for.
    const logout = await verify(unverified, () => knownKeys(verification))
    const { parameter, message } = logout
    const head = readLogoutHead(message)
    const expected = { entityId: connection.entityId, sloUrl: samlLogoutUrl(connection, baseUrl), now }
    for (const rule of logoutRules) rule(head, expected)
    if (parameter === 'SAMLResponse') return { kind: 'response', ...readLogoutOutcome(message) }
    const { id = '', issueInstant = now } = head
    return {
      kind: 'request',
      id,
      expiresAt: issueInstant + LOGOUT_MESSAGE_LIFETIME + CLOCK_SKEW,
      groups: groupsOf(arrived, await readLogoutSubject(message, keys?.pairs ?? [])),
      answer: (outcome) =>
        answer(arrived, {
          inResponseTo: id,
          relayState: logout.relayState,
          status: statuses[outcome],
        }),
    }
  }

  /** Says success also where there was nothing to end, for then the person is signed out too. */
  async function answer(
    { connection, baseUrl }: ArrivedLogout<SamlConnection>,
    { inResponseTo, relayState, status }: Reply,
  ): Promise<Departure | undefined> {
    if (!keyPair) return undefined
    const endpoint = chooseEndpoint((await metadataSource.of(connection, baseUrl)).singleLogout)
    if (!endpoint) return undefined
    const { binding, location, responseLocation: destination = location } = endpoint
    const message = buildLogoutResponse({
      id: newMessageId(),
      issuer: samlEntityId(connection, baseUrl),
      destination,
      issueInstant: clock(),
      inResponseTo,
      status,
    })
    const sending = {
      binding,
      location: destination,
      parameter: 'SAMLResponse',
      message,
      relayState,
    } as const
    return sendMessage({ ...sending, keyPair })
  }

  return { begin, read }
}

/**
 * Verifies a message about a logout in the way of its binding, and holds it to its shape.
 *
 * @throws SsoError `saml_logout_invalid`, `saml_xml_invalid`, one of the signature codes, or whatever `keys` throws
 */
async function verify(
  unverified: ArrivedLogout<SamlConnection>['unverified'],
  keys: Keys,
): Promise<VerifiedLogout> {
  const logout =
    unverified.binding === 'redirect'
      ? await verifyQuery(unverified.query, keys)
      : await verifyForm(unverified.form, keys)
  if ((logout.relayState?.length ?? 0) > MAX_RELAY_STATE) throw invalid('RelayState is longer than any')
  return logout
}

/** Holds a form to its shape before anything is computed: a signature in the wrong place is none. */
async function verifyForm(unverifiedForm: URLSearchParams, keys: Keys): Promise<VerifiedLogout> {
  const { parameter, unverifiedXml, relayState } = readPostMessage(unverifiedForm)
  const document = parseXml(unverifiedXml, MESSAGE_LIMITS)
  for (const rule of logoutShapeRules) rule(document, { binding: 'post', parameter })
  const message = await verifySignature({ document, element: document.root }, await keys())
  return { parameter, message, relayState }
}

/** The signature is around the message: it is not even decompressed before that is found good. */
async function verifyQuery(unverifiedQuery: string, keys: Keys): Promise<VerifiedLogout> {
  const logout = await verifyQuerySignature(unverifiedQuery, keys)
  const { parameter, message } = logout
  for (const rule of logoutShapeRules) rule(message.document, { binding: 'redirect', parameter })
  return logout
}

/** By a redirect where it can be: a form needs a click where scripts are off. */
function chooseEndpoint(endpoints: readonly Endpoint[]): Endpoint | undefined {
  return endpoints.find(({ binding }) => binding === 'redirect') ?? endpoints[0]
}

/** The sessions that a request is about: each that it names, or all of the person. */
function groupsOf(
  { connection, baseUrl }: ArrivedLogout<SamlConnection>,
  { nameId, sessionIndexes }: LogoutSubject,
): readonly SessionGroup[] {
  const { id, entityId } = connection
  const name = knownAs(nameId, { entityId, us: samlEntityId(connection, baseUrl) })
  const person = { by: 'name-id', connection: id, issuer: entityId, nameId: name } as const
  if (sessionIndexes.length === 0) return [{ ...person, sessionIndex: undefined }]
  return sessionIndexes.map((sessionIndex) => ({ ...person, sessionIndex }))
}

/** Nobody can guess it, and XML takes it for a name. */
function newMessageId(): string {
  return `_${randomId(16)}`
}
