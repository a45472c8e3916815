import { instant } from '../encoding.ts'
import { ns } from '../names.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import { issuerTree, statusTree } from './response.ts'

/** saml-core section 3.7.1. Times are in milliseconds since 1970. */
export interface LogoutRequestContent {
  readonly id?: string | undefined
  readonly issuer?: string | undefined
  readonly destination?: string | undefined
  readonly issueInstant: number
  readonly notOnOrAfter?: number | undefined
  readonly nameId?: { readonly value: string; readonly format?: string | undefined } | undefined
  readonly sessionIndexes: readonly string[]
}

export function logoutRequestTree(content: LogoutRequestContent): XmlElement {
  const { nameId, notOnOrAfter } = content
  return element(
    'samlp:LogoutRequest',
    {
      'xmlns:samlp': ns.samlp,
      ID: content.id,
      Version: '2.0',
      IssueInstant: instant(content.issueInstant),
      Destination: content.destination,
      NotOnOrAfter: notOnOrAfter === undefined ? undefined : instant(notOnOrAfter),
    },
    issuerTree(content.issuer, { 'xmlns:saml': ns.saml }),
    nameId && element('saml:NameID', { 'xmlns:saml': ns.saml, Format: nameId.format }, nameId.value),
    ...content.sessionIndexes.map((index) => element('samlp:SessionIndex', {}, index)),
  )
}

/** saml-core section 3.7.2. */
export interface LogoutResponseContent {
  readonly id?: string | undefined
  readonly issuer?: string | undefined
  readonly destination?: string | undefined
  readonly inResponseTo?: string | undefined
  readonly issueInstant: number
  readonly status: readonly string[]
}

export function logoutResponseTree(content: LogoutResponseContent): XmlElement {
  return element(
    'samlp:LogoutResponse',
    {
      'xmlns:samlp': ns.samlp,
      ID: content.id,
      Version: '2.0',
      IssueInstant: instant(content.issueInstant),
      Destination: content.destination,
      InResponseTo: content.inResponseTo,
    },
    issuerTree(content.issuer, { 'xmlns:saml': ns.saml }),
    statusTree(content.status),
  )
}
