import { instant, randomId } from '../encoding.ts'
import {
  attributeNameFormat,
  confirmationMethod,
  nameIdFormat,
  passwordProtectedTransport,
  statusCode,
} from '../names.ts'

/** What an identity provider knows when it answers a request. All times are in milliseconds since 1970. */
export interface LoginFacts {
  /** Entity ID of the identity provider. */
  readonly issuer: string
  /** Entity ID of the service provider. */
  readonly audience: string
  /** Its assertion consumer service, where the answer goes. */
  readonly acsUrl: string
  /** ID of the request; absent for an answer that nobody asked for. */
  readonly inResponseTo?: string | undefined
  readonly now: number
  readonly user: SamlUser
  /** Fixed identifiers; random when absent. */
  readonly ids?: { readonly response: string; readonly assertion: string; readonly session: string }
}

/** Who logs in. */
export interface SamlUser {
  readonly nameId: string
  /** A URN; defaults to persistent. saml-core section 8.3. */
  readonly nameIdFormat?: string | undefined
  readonly attributes: readonly SamlAttribute[]
}

/** saml-core section 2.7.3.1. */
export interface SamlAttribute {
  readonly name: string
  readonly nameFormat?: string | undefined
  readonly friendlyName?: string | undefined
  readonly values: readonly string[]
}

/** saml-core section 2.2.3. */
export interface NameIdContent {
  readonly value: string
  readonly format?: string | undefined
  /** NameQualifier, SPNameQualifier, SPProvidedID. */
  readonly qualifiers?: Readonly<Record<string, string>>
}

/** saml-core section 2.4.1.1 and 2.4.1.2. */
export interface ConfirmationContent {
  readonly method: string
  readonly recipient?: string | undefined
  readonly notBefore?: string | undefined
  readonly notOnOrAfter?: string | undefined
  readonly inResponseTo?: string | undefined
}

/** saml-core section 2.3.3. Times are as they will be written. */
export interface AssertionContent {
  readonly id?: string | undefined
  readonly version?: string | undefined
  readonly issueInstant?: string | undefined
  readonly issuer?: string | undefined
  readonly subject?:
    | {
        readonly nameId?: NameIdContent | undefined
        readonly confirmations: readonly ConfirmationContent[]
      }
    | undefined
  readonly conditions?:
    | {
        readonly notBefore?: string | undefined
        readonly notOnOrAfter?: string | undefined
        /** One list for each AudienceRestriction. */
        readonly audiences: readonly (readonly string[])[]
      }
    | undefined
  readonly authnStatement?:
    | {
        readonly authnInstant: string
        readonly sessionIndex?: string | undefined
        readonly sessionNotOnOrAfter?: string | undefined
        readonly authnContext: string
      }
    | undefined
  readonly attributes: readonly SamlAttribute[]
}

/** saml-core section 3.2.2. */
export interface ResponseContent {
  readonly id?: string | undefined
  readonly version?: string | undefined
  readonly issueInstant?: string | undefined
  readonly destination?: string | undefined
  readonly inResponseTo?: string | undefined
  readonly issuer?: string | undefined
  /** From the outside in. */
  readonly status: readonly string[]
  readonly assertion?: AssertionContent | undefined
}

const minute = 60_000
const hour = 60 * minute

/** The user of whom nothing else was said. */
export const defaultSamlUser: SamlUser = {
  nameId: 'user-1',
  attributes: [
    { name: 'email', nameFormat: attributeNameFormat.basic, values: ['user@acme.example'] },
    { name: 'username', nameFormat: attributeNameFormat.basic, values: ['user'] },
    { name: 'firstName', nameFormat: attributeNameFormat.basic, values: ['User'] },
    { name: 'lastName', nameFormat: attributeNameFormat.basic, values: ['One'] },
    { name: 'groups', nameFormat: attributeNameFormat.basic, values: ['staff', 'engineering'] },
  ],
}

/** What a good answer says. saml-profiles section 4.1.4.2. */
export function goodContent(facts: LoginFacts): ResponseContent {
  const { issuer, audience, acsUrl, now, user } = facts
  const asked = facts.inResponseTo === undefined ? {} : { inResponseTo: facts.inResponseTo }
  const ids = facts.ids ?? { response: randomId(), assertion: randomId(), session: randomId() }
  const issueInstant = instant(now)
  const notOnOrAfter = instant(now + 5 * minute)
  return {
    id: ids.response,
    version: '2.0',
    issueInstant,
    destination: acsUrl,
    ...asked,
    issuer,
    status: [statusCode.success],
    assertion: {
      id: ids.assertion,
      version: '2.0',
      issueInstant,
      issuer,
      subject: {
        nameId: { value: user.nameId, format: user.nameIdFormat ?? nameIdFormat.persistent },
        confirmations: [{ method: confirmationMethod.bearer, recipient: acsUrl, notOnOrAfter, ...asked }],
      },
      conditions: { notBefore: instant(now - minute), notOnOrAfter, audiences: [[audience]] },
      authnStatement: {
        authnInstant: issueInstant,
        sessionIndex: ids.session,
        sessionNotOnOrAfter: instant(now + 8 * hour),
        authnContext: passwordProtectedTransport,
      },
      attributes: user.attributes,
    },
  }
}
