import { decodeBase64 } from '../../src/encoding/base64.ts'
import { type Bytes, encodeUtf8 } from '../../src/encoding/bytes.ts'
import { Secret } from '../../src/encoding/secret.ts'
import { SsoError } from '../../src/errors/index.ts'
import { admit } from '../../src/login/policy.ts'
import type { ExpectedResponse } from '../../src/saml/expected.ts'
import { readIdentity } from '../../src/saml/identity.ts'
import { createVerificationKey, type VerificationKey } from '../../src/saml/keys.ts'
import { knownAs } from '../../src/saml/known-as.ts'
import { validateResponse } from '../../src/saml/response.ts'
import { parseServiceProviderKeys } from '../../src/saml/sp-keys.ts'
import { createSelector } from '../../src/selection/select.ts'
import { configurationWith, reachWith, samlConnectionWith } from '../configured.ts'
import type { AcceptedIdentity, CaseExpectations, CorpusCase, SharedFacts } from './case.ts'

/** What all cases are expected to be for; the rest is in `shared.TEST-KEY.json`. */
export const parties = {
  entityId: 'https://idp.example',
  audience: 'https://sso.example.com/api/auth/saml/acme/metadata/',
  acsUrl: 'https://sso.example.com/api/auth/saml/acme/acs/',
} as const

/** Which attributes are read, where a case says nothing else. */
const attributes = {
  uid: [],
  username: ['username'],
  email: ['email'],
  emailVerified: ['email_verified'],
  name: ['name'],
  givenName: ['firstName'],
  familyName: ['lastName'],
  picture: ['picture'],
  groups: ['groups'],
} as const

/** What became of a case: who came in, or why nobody did. */
export type Outcome =
  | { readonly identity: AcceptedIdentity }
  | { readonly code: string; readonly reason: string }

/** Makes what does with a case all that is done with an answer until somebody is let in, but for that it is done once. */
export function createOutcomeOf(shared: SharedFacts): (one: CorpusCase) => Promise<Outcome> {
  const keyPairs = parseServiceProviderKeys(new Secret(JSON.stringify(shared.serviceProviderKeys))).pairs
  const keys = new Map<string, readonly VerificationKey[]>(
    Object.entries(shared.certificates).map(([name, text]) => [
      name,
      [createVerificationKey(text) ?? []].flat(),
    ]),
  )

  function expectedOf(changes: CaseExpectations): ExpectedResponse {
    const { certificates = ['current'], withoutKeys } = changes
    const { requestId, wantsSignedAssertions, wantsSignedResponse, authenticatedSince, authnContext, now } =
      changes
    return {
      ...parties,
      keys: certificates.flatMap((name) => keys.get(name) ?? []),
      requestId: requestId ?? shared.requestId,
      wantsSignedAssertions: wantsSignedAssertions ?? false,
      wantsSignedResponse: wantsSignedResponse ?? false,
      authenticatedSince,
      authnContext,
      keyPairs: withoutKeys ? [] : keyPairs,
      now: now ?? shared.now,
    }
  }

  return async (one) => {
    const { expected = {} } = one.file
    try {
      return { identity: await accept(bytesOf(one), expectedOf(expected), expected) }
    } catch (error) {
      if (!(error instanceof SsoError)) throw error
      const { code, message, details } = error
      return { code, reason: String(details?.['reason'] ?? message) }
    }
  }
}

async function accept(
  unverifiedXml: Uint8Array,
  expected: ExpectedResponse,
  changes: CaseExpectations,
): Promise<AcceptedIdentity> {
  const { emailDomain, nameIdFormat } = changes
  const connection = samlConnectionWith({
    entityId: parties.entityId,
    attributes: { ...attributes, ...changes.attributes },
    nameIdFormat,
    reach: reachWith({ domains: emailDomain === undefined ? [] : [emailDomain] }),
  })
  const validated = await validateResponse(unverifiedXml, expected)
  const { entityId } = connection
  const known = knownAs(validated.assertion.nameId, { entityId, us: expected.audience })
  const identity = readIdentity(connection, validated, known)
  const admitted = admit(identity, connection, createSelector(configurationWith([connection])))
  const { subject, email, emailVerified, username, name, givenName, familyName, picture, groups } = admitted
  return {
    ...{ subject, email, emailVerified, username, name, givenName, familyName, picture, groups },
    nameId: validated.assertion.nameId,
    sessionIndex: validated.assertion.authnStatements[0]?.sessionIndex,
    sessionEndsAt: validated.sessionEndsAt,
  }
}

/** The message as it was sent. */
export function bytesOf({ response, file }: CorpusCase): Bytes {
  if ('base64' in response) return decodeBase64(response.base64) ?? new Uint8Array()
  const { xml } = response
  if (!file.filled) return encodeUtf8(xml)
  const at = xml.lastIndexOf('</')
  return encodeUtf8(xml.slice(0, at) + file.filled.text.repeat(file.filled.times) + xml.slice(at))
}

/** What must become of a case, to be compared with what did. */
export function expectedOutcome({ kind, file }: CorpusCase): Outcome {
  return kind === 'accept' ? { identity: file.identity } : { code: file.code, reason: file.reason }
}
