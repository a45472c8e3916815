import { ns } from '../names.ts'
import { element, type XmlElement } from '../xml/tree.ts'
import type { AssertionContent, ConfirmationContent, ResponseContent, SamlAttribute } from './content.ts'

/*
 * Each top-level part declares the prefixes that it uses, and so does Issuer: the text is then in exclusive
 * canonical form, whichever part is signed.
 */

/** saml-core section 3.2.2. */
export function responseTree(content: ResponseContent): XmlElement {
  return element(
    'samlp:Response',
    {
      'xmlns:samlp': ns.samlp,
      ID: content.id,
      Version: content.version,
      IssueInstant: content.issueInstant,
      Destination: content.destination,
      InResponseTo: content.inResponseTo,
    },
    issuerTree(content.issuer, { 'xmlns:saml': ns.saml }),
    statusTree(content.status),
    content.assertion && assertionTree(content.assertion),
  )
}

/** saml-core section 2.2.5. */
export function issuerTree(
  issuer: string | undefined,
  declarations: Readonly<Record<string, string>> = {},
): XmlElement | undefined {
  return issuer === undefined ? undefined : element('saml:Issuer', declarations, issuer)
}

/** saml-core section 3.2.2.1. */
export function statusTree(codes: readonly string[]): XmlElement {
  const code = codes.reduceRight<XmlElement | undefined>(
    (inner, Value) => element('samlp:StatusCode', { Value }, inner),
    undefined,
  )
  return element('samlp:Status', {}, code)
}

/** saml-core section 2.3.3. */
function assertionTree(content: AssertionContent): XmlElement {
  return element(
    'saml:Assertion',
    { 'xmlns:saml': ns.saml, ID: content.id, Version: content.version, IssueInstant: content.issueInstant },
    issuerTree(content.issuer),
    content.subject && subjectTree(content.subject),
    content.conditions && conditionsTree(content.conditions),
    content.authnStatement && authnStatementTree(content.authnStatement),
    content.attributes.length === 0
      ? undefined
      : element('saml:AttributeStatement', {}, ...content.attributes.map(attributeTree)),
  )
}

function subjectTree({ nameId, confirmations }: NonNullable<AssertionContent['subject']>): XmlElement {
  return element(
    'saml:Subject',
    {},
    nameId && element('saml:NameID', { Format: nameId.format, ...nameId.qualifiers }, nameId.value),
    ...confirmations.map(confirmationTree),
  )
}

function confirmationTree(content: ConfirmationContent): XmlElement {
  const data = {
    InResponseTo: content.inResponseTo,
    NotBefore: content.notBefore,
    NotOnOrAfter: content.notOnOrAfter,
    Recipient: content.recipient,
  }
  return element(
    'saml:SubjectConfirmation',
    { Method: content.method },
    element('saml:SubjectConfirmationData', data),
  )
}

function conditionsTree(content: NonNullable<AssertionContent['conditions']>): XmlElement {
  return element(
    'saml:Conditions',
    { NotBefore: content.notBefore, NotOnOrAfter: content.notOnOrAfter },
    ...content.audiences.map((audiences) =>
      element(
        'saml:AudienceRestriction',
        {},
        ...audiences.map((audience) => element('saml:Audience', {}, audience)),
      ),
    ),
  )
}

function authnStatementTree(content: NonNullable<AssertionContent['authnStatement']>): XmlElement {
  return element(
    'saml:AuthnStatement',
    {
      AuthnInstant: content.authnInstant,
      SessionIndex: content.sessionIndex,
      SessionNotOnOrAfter: content.sessionNotOnOrAfter,
    },
    element('saml:AuthnContext', {}, element('saml:AuthnContextClassRef', {}, content.authnContext)),
  )
}

function attributeTree({ name, nameFormat, friendlyName, values }: SamlAttribute): XmlElement {
  return element(
    'saml:Attribute',
    { Name: name, NameFormat: nameFormat, FriendlyName: friendlyName },
    ...values.map((value) => element('saml:AttributeValue', {}, value)),
  )
}
