import type { SamlConnection } from '../config/connection.ts'
import { samlEntityId } from '../config/urls.ts'
import { decodeBase64 } from '../encoding/base64.ts'
import { randomId } from '../encoding/random.ts'
import { SsoError, shown } from '../errors/index.ts'
import type { ClaimedAfter, CompleteInput, ProtocolState, UnclaimedAnswer } from '../login/protocol.ts'
import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import type { EventSink } from '../ports/events.ts'
import type { Fetch } from '../ports/fetch.ts'
import { namesOf } from './attributes.ts'
import { buildAuthnRequest } from './authn-request.ts'
import { sendMessage } from './bindings.ts'
import { verifyWithCurrentKeys } from './connection-keys.ts'
import { missingFrom, readIdentity } from './identity.ts'
import { knownAs } from './known-as.ts'
import type { Endpoint } from './metadata/endpoints.ts'
import type { IdpMetadata } from './metadata/idp.ts'
import type { MetadataSource } from './metadata/source.ts'
import { type ValidatedResponse, validateResponse } from './response.ts'
import type { KeyPair, ServiceProviderKeys } from './sp-keys.ts'

/** What logins by SAML need. */
export interface SamlServices {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Sealed: what comes out of it decides which keys are trusted. */
  readonly documents: DocumentCache
  /** Is told what becomes of metadata. */
  readonly events?: EventSink
  /** Our own; without them nothing is signed, and nothing that is encrypted can be read. */
  readonly keys: ServiceProviderKeys | undefined
}

/** What is remembered between the two halves of a login. */
interface SamlState {
  /** The ID of our request. */
  readonly requestId: string
  /** When we asked, in milliseconds since the epoch. */
  readonly requestedAt: string
}

/**
 * Logins by SAML 2.0: the Web Browser SSO profile, begun by us
 * ([SAML Profiles, section 4.1](https://docs.oasis-open.org/security/saml/v2.0/saml-profiles-2.0-os.pdf)).
 */
export function createSamlProtocol(
  { clock, keys }: Pick<SamlServices, 'clock' | 'keys'>,
  metadataSource: MetadataSource,
): ClaimedAfter<SamlConnection> {
  async function complete(input: CompleteInput<SamlConnection>): Promise<UnclaimedAnswer> {
    const { connection, baseUrl, answerUrl, unverifiedAnswer } = input
    const { requestId, requestedAt } = input.state as unknown as SamlState
    const unverifiedXml = decodeBase64(unverifiedAnswer.get('SAMLResponse') ?? '')
    if (!unverifiedXml) throw new SsoError('saml_xml_invalid', 'the response is not base64')
    const expected = {
      entityId: connection.entityId,
      audience: samlEntityId(connection, baseUrl),
      acsUrl: answerUrl,
      requestId,
      wantsSignedAssertions: connection.wantsSignedAssertions,
      wantsSignedResponse: connection.wantsSignedResponse,
      // After a sign-out we only ask for it: not every identity provider can.
      authenticatedSince: connection.forceAuthn ? Number(requestedAt) : undefined,
      authnContext: connection.authnContext,
      keyPairs: keys?.pairs ?? [],
      now: input.now,
    }
    const validated = await verifyWithCurrentKeys({ connection, baseUrl, metadataSource }, (current) =>
      validateResponse(unverifiedXml, { ...expected, keys: current }),
    )
    const { assertion, sessionEndsAt } = validated
    const received = namesOf(assertion.attributes)
    const missing = missingFrom(connection, assertion)
    const known = knownAs(assertion.nameId, { entityId: connection.entityId, us: expected.audience })
    return {
      identity: readIdentity(connection, validated, known),
      providerSession: {
        protocol: 'saml',
        sessionIndex: sessionIndexOf(assertion),
        nameId: assertion.nameId,
        knownAs: known,
      },
      validUntil: sessionEndsAt,
      hints: { email: shown(connection.attributes.email), received },
      missing: missing === '' ? undefined : { missing, received },
      usedUp: [requestId, assertion.id],
    }
  }

  return {
    claims: 'after',
    async begin({ connection, baseUrl, answerUrl, transactionId, forceLogin }) {
      const metadata = await metadataSource.of(connection, baseUrl)
      const { binding, location } = chooseEndpoint(connection, metadata)
      const requestId = `_${randomId(16)}`
      const now = clock()
      const departure = await sendMessage({
        binding,
        location,
        parameter: 'SAMLRequest',
        message: buildAuthnRequest({
          id: requestId,
          issuer: samlEntityId(connection, baseUrl),
          destination: location,
          issueInstant: now,
          acsUrl: answerUrl,
          nameIdFormat: connection.nameIdFormat,
          forceAuthn: connection.forceAuthn || forceLogin,
          authnContext: connection.authnContext,
        }),
        relayState: transactionId,
        keyPair: signingPair(connection, metadata, keys),
      })
      return { departure, state: { requestId, requestedAt: String(now) } satisfies SamlState & ProtocolState }
    },
    complete,
  }
}

/**
 * What the identity provider calls its session. It has one for a login: with two, a logout of the one that we do not know
 * would end nothing.
 *
 * @throws SsoError `saml_assertion_invalid`
 */
function sessionIndexOf({ authnStatements }: ValidatedResponse['assertion']): string | undefined {
  const [index, ...others] = new Set(authnStatements.flatMap(({ sessionIndex }) => sessionIndex ?? []))
  if (others.length === 0) return index
  throw new SsoError('saml_assertion_invalid', 'the assertion names several sessions')
}

/** By a redirect where both sides can, since a form needs a click where scripts are off. */
function chooseEndpoint({ ssoBinding }: SamlConnection, { singleSignOn }: IdpMetadata): Endpoint {
  const wanted = ssoBinding === 'automatic' ? (['redirect', 'post'] as const) : [ssoBinding]
  for (const binding of wanted) {
    const endpoint = singleSignOn.find((candidate) => candidate.binding === binding)
    if (endpoint) return endpoint
  }
  const message = 'the identity provider offers no single sign-on by the binding that sso_binding names'
  throw new SsoError('saml_metadata_invalid', message)
}

/**
 * @returns what our request is signed with, if it is
 * @throws SsoError `installation_invalid` when the configuration demands it and there is no key of ours
 */
function signingPair(
  { signsRequests }: SamlConnection,
  { wantsSignedRequests }: IdpMetadata,
  keys: ServiceProviderKeys | undefined,
): KeyPair | undefined {
  // Some ask for it in metadata and do without it all the same, Keycloak for one.
  if (signsRequests === 'automatic') return wantsSignedRequests ? keys?.pairs[0] : undefined
  if (!signsRequests) return undefined
  if (keys) return keys.pairs[0]
  const message = 'requests to this identity provider are to be signed, and DOORWARD_SAML_KEYS is not set'
  throw new SsoError('installation_invalid', message, { details: { variable: 'DOORWARD_SAML_KEYS' } })
}
