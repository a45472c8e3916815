/** XML namespaces ([SAML Core, section 1.1](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf)). */
export const NS = {
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  md: 'urn:oasis:names:tc:SAML:2.0:metadata',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  xenc11: 'http://www.w3.org/2009/xmlenc11#',
  ec: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  xml: 'http://www.w3.org/XML/1998/namespace',
  xmlns: 'http://www.w3.org/2000/xmlns/',
} as const

/** How messages travel ([SAML Bindings](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf), 3.4 and 3.5). */
export const bindings = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const

/** What kind of name a NameID is (SAML Core, section 8.3). */
export const nameIdFormats = {
  emailAddress: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  unspecified: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  entity: 'urn:oasis:names:tc:SAML:2.0:nameid-format:entity',
} as const

/** Answers to a request (SAML Core, section 3.2.2.2). */
export const statusCodes = {
  success: 'urn:oasis:names:tc:SAML:2.0:status:Success',
  requester: 'urn:oasis:names:tc:SAML:2.0:status:Requester',
  responder: 'urn:oasis:names:tc:SAML:2.0:status:Responder',
  /** Under one of those above: not everybody who had to was signed out. */
  partialLogout: 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout',
} as const

/** How the subject of an assertion is confirmed: whoever brings it is meant (SAML Profiles, section 3.3). */
export const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer'

/** The transform that leaves out the signature itself ([XML Signature, section 6.6.4](https://www.w3.org/TR/xmldsig-core1/#sec-EnvelopedSignature)). */
export const ENVELOPED_SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** How we sign ([RFC 9231, section 2.3.2](https://www.rfc-editor.org/rfc/rfc9231#section-2.3.2)), and with what digest and canonical form. */
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256'
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
