import type { ErrorCode } from '@doorward/core/errors'
import type { BuildOptions, LoginFacts, SamlHooks, SamlPersonality } from '@doorward/testkit/saml'
import type {
  AcceptedIdentity,
  CaseExpectations,
  CertificateName,
} from '../../packages/core/test/saml-corpus/case.ts'

/** A case before its response is made. */
export interface PlannedCase {
  readonly name: string
  readonly specification: string
  readonly verdict: Verdict
  readonly expected?: CaseExpectations
  /** How the answer is spoilt. */
  readonly hooks?: SamlHooks
  /** In what the login differs from the one that most cases answer. */
  readonly facts?: Partial<LoginFacts>
  /** How the answer is signed and encrypted. */
  readonly protection?: Omit<BuildOptions, 'keys' | 'relayState' | 'encryption'>
  /** Whose key signs, in place of `current`. */
  readonly signer?: CertificateName
  /** What is repeated at the end of the root, until there are so many octets or elements in all. */
  readonly filled?:
    | { readonly text: string; readonly octets: number }
    | { readonly text: string; readonly elements: number }
}

/** What must become of a case. */
type Verdict =
  | { readonly kind: 'accept'; readonly about: string; readonly identity: Partial<AcceptedIdentity> }
  | {
      readonly kind: 'reject'
      readonly change: string
      readonly base: string
      readonly code: ErrorCode
      readonly reason: string
    }

type Making = Omit<PlannedCase, 'name' | 'specification' | 'verdict'>

/** A case that must be accepted. @param special.identity in what the person differs from who most cases are about */
export function accepted(
  name: string,
  about: string,
  special: Making & { readonly specification: string; readonly identity?: Partial<AcceptedIdentity> },
): PlannedCase {
  const { identity = {}, ...making } = special
  return { name, ...making, verdict: { kind: 'accept', about, identity } }
}

/** Why a case must be refused: the code, and which of the checks that lead to it. */
export type Refusal = readonly [code: ErrorCode, reason: string]

/** A case that must be refused. @param special.base the good answer of which it is a change; defaults to `good` */
export function refused(
  name: string,
  change: string,
  special: Making & { readonly specification: string; readonly refusal: Refusal; readonly base?: string },
): PlannedCase {
  const { refusal, base = 'good', ...making } = special
  const [code, reason] = refusal
  return { name, ...making, verdict: { kind: 'reject', change, base, code, reason } }
}

/** A personality of testkit's, as a case makes it. */
export function personalityOf({ name, hooks = {}, specification }: PlannedCase): SamlPersonality {
  return { name, wrong: '', specification, login: 'may-succeed', hooks }
}
