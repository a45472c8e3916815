import type { SamlConnection } from '../../src/config/connection.ts'
import type { ErrorCode } from '../../src/errors/index.ts'
import type { Identity, NameId } from '../../src/ports/session-store.ts'
import type { ExpectedResponse } from '../../src/saml/expected.ts'

/** The certificates of the identity provider and of those around it; `stranger` is somebody else's. */
export type CertificateName = 'current' | 'next' | 'stranger' | 'weak' | 'p256' | 'p384' | 'p521' | 'ed25519'

/** What all cases have in common: `shared.TEST-KEY.json`. Times are in milliseconds since the epoch. */
export interface SharedFacts {
  readonly note: string
  readonly now: number
  readonly requestId: string
  /** X.509 in base64. The keys are gone. */
  readonly certificates: Readonly<Record<CertificateName, string>>
  /** What `DOORWARD_SAML_KEYS` would be: without it nobody could decrypt the cases that are encrypted. */
  readonly serviceProviderKeys: {
    readonly keys: readonly { readonly key: string; readonly certificate: string }[]
  }
}

/** In what a case differs from what all expect of a response. */
export interface CaseExpectations
  extends Partial<
    Pick<
      ExpectedResponse,
      | 'wantsSignedResponse'
      | 'wantsSignedAssertions'
      | 'requestId'
      | 'now'
      | 'authenticatedSince'
      | 'authnContext'
    >
  > {
  /** Whose certificates are trusted, in place of `current`. */
  readonly certificates?: readonly CertificateName[]
  /** Without keys of our own. */
  readonly withoutKeys?: true
  /** What is read of which attributes, in place of what is usual. */
  readonly attributes?: Partial<SamlConnection['attributes']>
  /** In which format the NameID was asked for. */
  readonly nameIdFormat?: string
  /** The only domain whose addresses the connection may bring. */
  readonly emailDomain?: string
}

/** Who came in: what we say about them, and what the identity provider will know them by at logout. */
export interface AcceptedIdentity
  extends Pick<
    Identity,
    | 'subject'
    | 'email'
    | 'emailVerified'
    | 'username'
    | 'name'
    | 'givenName'
    | 'familyName'
    | 'picture'
    | 'groups'
  > {
  readonly nameId: NameId
  readonly sessionIndex: string | undefined
  readonly sessionEndsAt: number | undefined
}

/** A `case.json`, but for what its kind adds. */
interface CommonCaseFile {
  /** Where it is written, or who made it known. */
  readonly specification: string
  readonly expected?: CaseExpectations
  /** What `response.xml` lacks because nobody wants to read it: put in front of the last `</`, so many times. */
  readonly filled?: { readonly text: string; readonly times: number }
}

/** A `case.json` of `accept/`. */
export interface AcceptCaseFile extends CommonCaseFile {
  /** What is special, in one sentence. */
  readonly about: string
  readonly identity: AcceptedIdentity
}

/** A `case.json` of `reject/`. */
export interface RejectCaseFile extends CommonCaseFile {
  /** The one thing that is different from a good answer. */
  readonly change: string
  /** That answer: a case of `accept/`. */
  readonly base: string
  readonly code: ErrorCode
  /** What an administrator reads: which of the checks it was. */
  readonly reason: string
  /** Which of the attacks in `attacks.ts` it is one of. */
  readonly attacks?: readonly string[]
}

/** A case as it is on disk. */
interface CorpusFiles {
  readonly name: string
  /** As sent: text, or base64 where it is no text. */
  readonly response: { readonly xml: string } | { readonly base64: string }
}

/** An answer that must be accepted. */
export type AcceptCase = CorpusFiles & { readonly kind: 'accept'; readonly file: AcceptCaseFile }

/** An answer that must be refused. */
export type RejectCase = CorpusFiles & { readonly kind: 'reject'; readonly file: RejectCaseFile }

/** Either. */
export type CorpusCase = AcceptCase | RejectCase

/** Makes cases of files. @param files their texts, by path within this folder, `reject/xsw1/case.json` for one */
export function readCases(files: ReadonlyMap<string, string>): readonly CorpusCase[] {
  return [...files.keys()]
    .filter((path) => path.endsWith('/case.json'))
    .sort()
    .map((path) => {
      const folder = path.slice(0, -'/case.json'.length)
      const [kind = '', name = ''] = folder.split('/')
      const xml = files.get(`${folder}/response.xml`)
      const base64 = files.get(`${folder}/response.base64`)
      const response = xml === undefined ? { base64 } : { xml }
      return { kind, name, response, file: JSON.parse(files.get(path) ?? '') as unknown } as CorpusCase
    })
}
