import type { Claims } from './claims.ts'

/** Who sends what to whom, and when. */
export interface Exchange {
  readonly issuer: string
  /** The service provider's entity ID. */
  readonly audience: string
  readonly acsUrl: string
  readonly requestId: string
  /** In milliseconds since the epoch. */
  readonly now: number
}

/** How long an assertion holds, in milliseconds: longer than any run, since most peers go by the time of day. */
const LIFETIME = 24 * 3600 * 1000

const SAMLP = 'urn:oasis:names:tc:SAML:2.0:protocol'
const SAML = 'urn:oasis:names:tc:SAML:2.0:assertion'
const DS = 'http://www.w3.org/2000/09/xmldsig#'
const XS = 'http://www.w3.org/2001/XMLSchema'
const XSI = 'http://www.w3.org/2001/XMLSchema-instance'

const ASSERTION_ID = '_7c1f0a9b5d3e4f2688b0a4d6c2e9f153'

/** A text as it is sent, or in the form that is digested and signed: exclusive canonical XML 1.0. */
export type Form = 'sent' | 'canonical'

/**
 * The Assertion. The prefixes `xs` and `xsi` are declared on each AttributeValue, as Keycloak does it; `saml` is declared
 * on the Response and again on the Assertion. What makes work: attributes are not in canonical order, empty elements are
 * short, and `xs`, which only a value uses, is not in the canonical form.
 *
 * @param signature what stands after the Issuer: nothing in what is digested
 */
export function assertionOf(form: Form, claims: Claims, exchange: Exchange, signature: string): string {
  const sent = form === 'sent'
  const { issuer, audience, acsUrl, requestId, now } = exchange
  const [at, until] = [timeOf(now), timeOf(now + LIFETIME)]
  const value = sent
    ? `<saml:AttributeValue xmlns:xs="${XS}" xmlns:xsi="${XSI}" xsi:type="xs:string">`
    : `<saml:AttributeValue xmlns:xsi="${XSI}" xsi:type="xs:string">`
  return [
    sent
      ? `<saml:Assertion xmlns:saml="${SAML}" ID="${ASSERTION_ID}" Version="2.0" IssueInstant="${at}">`
      : `<saml:Assertion xmlns:saml="${SAML}" ID="${ASSERTION_ID}" IssueInstant="${at}" Version="2.0">`,
    `<saml:Issuer>${escapeText(issuer)}</saml:Issuer>`,
    signature,
    '<saml:Subject>',
    `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${escapeText(claims.nameId)}</saml:NameID>`,
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    sent
      ? `<saml:SubjectConfirmationData NotOnOrAfter="${until}" Recipient="${acsUrl}" InResponseTo="${requestId}"/>`
      : `<saml:SubjectConfirmationData InResponseTo="${requestId}" NotOnOrAfter="${until}" Recipient="${acsUrl}"></saml:SubjectConfirmationData>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${at}" NotOnOrAfter="${until}"><saml:AudienceRestriction>`,
    `<saml:Audience>${escapeText(audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${at}" SessionIndex="_5d2b7e" SessionNotOnOrAfter="${until}"><saml:AuthnContext>`,
    '<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef>',
    '</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>',
    ...claims.attributes.flatMap(({ name, values }) => [
      `<saml:Attribute FriendlyName="${name}" Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">`,
      ...values.map((text) => `${value}${escapeText(text)}</saml:AttributeValue>`),
      '</saml:Attribute>',
    ]),
    '</saml:AttributeStatement></saml:Assertion>',
  ].join('')
}

/** What is signed: the digest of the Assertion, and how it was made. */
export function signedInfoOf(form: Form, digest: string): string {
  const sent = form === 'sent'
  const empty = (name: string, algorithm: string): string =>
    sent ? `<ds:${name} Algorithm="${algorithm}"/>` : `<ds:${name} Algorithm="${algorithm}"></ds:${name}>`
  return [
    sent ? '<ds:SignedInfo>' : `<ds:SignedInfo xmlns:ds="${DS}">`,
    empty('CanonicalizationMethod', 'http://www.w3.org/2001/10/xml-exc-c14n#'),
    empty('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'),
    `<ds:Reference URI="#${ASSERTION_ID}"><ds:Transforms>`,
    empty('Transform', `${DS}enveloped-signature`),
    empty('Transform', 'http://www.w3.org/2001/10/xml-exc-c14n#'),
    '</ds:Transforms>',
    empty('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256'),
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
  ].join('')
}

/** The Signature, as it is sent. */
export function signatureOf(digest: string, signature: string, certificate: string): string {
  return [
    `<ds:Signature xmlns:ds="${DS}">`,
    signedInfoOf('sent', digest),
    `<ds:SignatureValue>${signature}</ds:SignatureValue>`,
    `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    '</ds:Signature>',
  ].join('')
}

/** The Response around the Assertion, as it is sent. */
export function responseOf(assertion: string, { issuer, acsUrl, requestId, now }: Exchange): string {
  return [
    `<samlp:Response xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="_0e5f83d1a6b94c7f9d20" Version="2.0"`,
    ` IssueInstant="${timeOf(now)}" Destination="${acsUrl}" InResponseTo="${requestId}">`,
    `<saml:Issuer>${escapeText(issuer)}</saml:Issuer>`,
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>',
    assertion,
    '</samlp:Response>',
  ].join('')
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
