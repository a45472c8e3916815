import { type BaseUrl, type MetadataExamination, readCertificates, refuseKey } from '@doorward/core/config'
import { type ErrorDetails, SsoError } from '@doorward/core/errors'
import { type IdpMetadata, type MetadataFault, readIdpMetadata, type SkippedPart } from '@doorward/core/saml'

/** What a login makes of metadata. */
export interface ExaminedMetadata {
  /** What it would use; undefined when it refuses. */
  readonly metadata: IdpMetadata | undefined
  readonly problem: ExplainedProblem | undefined
  /** What it passes over. */
  readonly skipped: readonly SkippedPart[]
}

/** Why a login refuses metadata, in the words of an administrator. */
export interface ExplainedProblem {
  readonly fault: MetadataFault | 'expired'
  /** Half a sentence: what the metadata is, or is not. */
  readonly found: string
  readonly fix: string
  /** What an entity is called that is called nearly as configured. */
  readonly alike?: string
}

/** What metadata is read with. */
export interface MetadataExpectation {
  readonly entityId: string
  readonly baseUrl: BaseUrl
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Reads metadata by the login's own code. Never throws a refusal. */
export function examineMetadata(bytes: Uint8Array, expected: MetadataExpectation): ExaminedMetadata {
  const skipped: SkippedPart[] = []
  const onSkipped = (part: SkippedPart) => void skipped.push(part)
  try {
    return { metadata: readIdpMetadata(bytes, { ...expected, onSkipped }), problem: undefined, skipped }
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return { metadata: undefined, problem: explain(error, bytes, skipped), skipped }
  }
}

/** The same for the text of a configuration, as the configuration's rules ask for it. */
export function examineWritten(xml: string, expected: MetadataExpectation): MetadataExamination {
  const { metadata, problem } = examineMetadata(new TextEncoder().encode(xml), expected)
  return {
    problem: problem && {
      about: problem.fault === 'entity_missing' ? 'entity_id' : 'metadata',
      found: problem.found,
      fix: problem.fix,
    },
    hasLogout: (metadata?.singleLogout.length ?? 0) > 0,
  }
}

const TAKE =
  'take the XML that the identity provider offers as "metadata", unchanged: it begins with <EntityDescriptor'

/** What is to be said where the fault alone decides. */
const plainFaults = {
  not_metadata: ['it is XML, but no SAML metadata', TAKE],
  entity_twice: [
    'it describes this entity ID twice, and nobody can say which of them counts',
    'take out one of the two',
  ],
  web_page: [
    'it is a web page, perhaps one to sign in, and not metadata',
    'take the address that the identity provider calls "metadata"; it must open without signing in',
  ],
  no_saml2: [
    'it is of an identity provider that does not offer SAML 2.0',
    'switch SAML 2.0 on there, or take the metadata of the application that has it',
  ],
  valid_until: [
    'its "validUntil" is no time, so nobody knows whether it is still good',
    'the identity provider has to publish it anew',
  ],
  too_many_keys: [
    'it has more certificates than anybody signs with',
    'the identity provider has to take out those that it does not sign with',
  ],
} as const satisfies Partial<Record<MetadataFault, readonly [found: string, fix: string]>>

function explain(
  { code, details }: SsoError,
  bytes: Uint8Array,
  skipped: readonly SkippedPart[],
): ExplainedProblem {
  if (code === 'saml_metadata_expired') {
    return {
      fault: 'expired',
      found: `it expired on ${String(details['validUntil']).slice(0, 10)}`,
      fix: 'take it from the identity provider anew, or use "metadata_url"',
    }
  }
  const fault = details['fault'] as MetadataFault
  switch (fault) {
    case 'not_xml':
      return { fault, found: `it is no XML that can be read: ${whyNoXml(details, bytes)}`, fix: TAKE }
    case 'entity_missing':
      return { fault, ...explainEntity(details) }
    case 'no_identity_provider':
      return {
        fault,
        found: details['isServiceProvider']
          ? 'it is of a service provider, not of an identity provider'
          : 'it is not of an identity provider',
        fix: "take the identity provider's metadata; this may be that of an application",
      }
    case 'no_sign_on':
      return { fault, ...explainSignOn(skipped) }
    case 'no_key':
      return { fault, ...explainKeys(skipped) }
    default: {
      const [found, fix] = plainFaults[fault]
      return { fault, found, fix }
    }
  }
}

/** The reader's own reason, and where. */
function whyNoXml({ reason, offset }: ErrorDetails, bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  const blank = text.length - text.trimStart().length
  const line = text.slice(0, blank + Number(offset ?? 0)).split('\n').length
  return `${String(reason)} (line ${line})`
}

type Explanation = Omit<ExplainedProblem, 'fault'>

function explainEntity({ expected, received, entities, differs }: ErrorDetails): Explanation {
  const name = String(received)
  if (differs !== undefined) {
    const where = differs === 'several' ? 'in its form' : `in the ${String(differs)}`
    return {
      found: `it is of ${name}, which differs ${where} alone, and that counts`,
      fix: `write "entity_id: ${name}"`,
      alike: name,
    }
  }
  const others = entities === 1 ? name : `${String(entities)} others`
  return {
    found: `the metadata is of ${others}, and "entity_id" says ${String(expected)}`,
    fix: 'if that is the identity provider you mean, write its name to the letter; if not, take the metadata of the one you mean',
  }
}

function explainSignOn(skipped: readonly SkippedPart[]): Explanation {
  return skipped.some(({ kind }) => kind === 'endpoint')
    ? {
        found: 'its address for sign-on does not begin with https://, or is none',
        fix: 'mend the public address in the settings of the identity provider, or of the proxy in front of it',
      }
    : {
        found: 'it has no SingleSignOnService by HTTP-Redirect or HTTP-POST',
        fix: 'allow one of the two bindings at the identity provider',
      }
}

function explainKeys(skipped: readonly SkippedPart[]): Explanation {
  const reasons = [...new Set(skipped.flatMap((part) => whyUnusable(part) ?? []))]
  return {
    found:
      reasons.length > 0
        ? `none of its certificates for signing can be used: ${reasons.join(', ')}`
        : 'it has no certificate for signing',
    fix: 'the identity provider has to publish the certificate it signs with; RSA with at least 2048 bits is well',
  }
}

/** Why a certificate is passed over. @returns undefined for other parts */
export function whyUnusable(part: SkippedPart): string | undefined {
  if (part.kind !== 'certificate') return undefined
  const read = readCertificates(part.text)
  const certificates = 'certificates' in read ? read.certificates : []
  const refused = certificates.find(({ key }) => refuseKey(key).length > 0)
  if (!refused) return 'it can not be read'
  return refused.key.type === 'RSA' ? 'an RSA key below 2048 bits' : 'a kind of key that is not accepted'
}
