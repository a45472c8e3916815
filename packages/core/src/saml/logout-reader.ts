import { SsoError } from '../errors/index.ts'
import type { NameId } from '../ports/session-store.ts'
import { bounded, readNameId } from './assertion.ts'
import { decryptNameId } from './decrypt.ts'
import { parseInstant } from './instant.ts'
import { invalid, type LogoutHead } from './logout-rules.ts'
import { type VerifiedElement, verifiedChild } from './signature.ts'
import type { KeyPair } from './sp-keys.ts'
import { NS, statusCodes } from './urns.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from './xml/tree.ts'

/** What a LogoutRequest says besides ([SAML Core, section 3.7.1](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
export interface LogoutSubject {
  readonly nameId: NameId
  /** Which of the person's sessions; none: all of them. */
  readonly sessionIndexes: readonly string[]
}

/** What a LogoutResponse says besides (SAML Core, section 3.7.2). */
export interface LogoutOutcome {
  readonly inResponseTo: string | undefined
  /** The outermost status, which alone counts, is success, and nothing within it takes that back. */
  readonly isComplete: boolean
}

/** More sessions than anybody has in one browser. Each is looked for in every part of the session store. */
const MAX_INDEXES = 16

/** Reads what all messages about a logout have. @throws SsoError `saml_logout_invalid` */
export function readLogoutHead({ element }: VerifiedElement): LogoutHead {
  const issuer = onlyChild(element, NS.saml, 'Issuer')
  return {
    id: attributeOf(element, 'ID'),
    version: attributeOf(element, 'Version'),
    issuer: issuer && textOf(issuer)?.trim(),
    destination: attributeOf(element, 'Destination'),
    issueInstant: instantOf(element, 'IssueInstant'),
    notOnOrAfter: instantOf(element, 'NotOnOrAfter'),
  }
}

/**
 * Reads whose sessions are to end.
 *
 * @param keyPairs our own, for a name that is encrypted
 * @throws SsoError `saml_logout_invalid`, `saml_encryption_unsupported` or `saml_decryption_failed`
 */
export async function readLogoutSubject(
  verified: VerifiedElement,
  keyPairs: readonly KeyPair[],
): Promise<LogoutSubject> {
  const { element } = verified
  const nameId = onlyChild(element, NS.saml, 'NameID')
  const encryptedId = onlyChild(element, NS.saml, 'EncryptedID')
  if ((nameId === undefined) === (encryptedId === undefined)) {
    throw invalid('the request is about nobody, or names somebody twice')
  }
  const indexes = childrenOf(element, NS.samlp, 'SessionIndex').map(textOf)
  if (indexes.length > MAX_INDEXES) throw invalid('the request names more sessions than anybody has')
  const sessionIndexes = indexes.flatMap((index) => (index ? [index] : []))
  // What can not be read must not count as if it were missing: that would end all sessions.
  if (sessionIndexes.length < indexes.length) throw invalid('a SessionIndex is empty, or has elements in it')
  return {
    nameId: encryptedId
      ? await decryptNameId(verifiedChild(verified, encryptedId), keyPairs)
      : said(() => readNameId(nameId as XmlElement)),
    sessionIndexes: said(() => [...new Set(sessionIndexes.map(bounded))]),
  }
}

/** Reads how a logout of ours went. @throws SsoError `saml_logout_invalid` */
export function readLogoutOutcome({ element }: VerifiedElement): LogoutOutcome {
  const status = onlyChild(element, NS.samlp, 'Status')
  const code = status && onlyChild(status, NS.samlp, 'StatusCode')
  const nested = code && onlyChild(code, NS.samlp, 'StatusCode')
  return {
    inResponseTo: attributeOf(element, 'InResponseTo'),
    isComplete:
      code !== undefined && attributeOf(code, 'Value') === statusCodes.success && nested === undefined,
  }
}

/** What is read as in an assertion, and refused as in a logout. */
function said<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    throw invalid(error.message)
  }
}

/** @throws SsoError for what is no time: it must not count as if it were missing */
function instantOf(element: XmlElement, name: string): number | undefined {
  const text = attributeOf(element, name)
  const instant = text === undefined ? undefined : parseInstant(text)
  if (text !== undefined && instant === undefined) {
    throw invalid('a time is not written as SAML writes it, in UTC')
  }
  return instant
}

function onlyChild(element: XmlElement, namespace: string, localName: string): XmlElement | undefined {
  const [only, ...others] = childrenOf(element, namespace, localName)
  if (others.length > 0) throw invalid('a part of the message is there twice', { element: localName })
  return only
}
