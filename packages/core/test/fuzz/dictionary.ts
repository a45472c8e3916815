const EC = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** What means something to somebody who reads XML, SAML, a query or a form. */
export const words = [
  // XML.
  ...[
    '<!DOCTYPE x [<!ENTITY a "victim">]>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '&a;',
    '&amp;',
    '&lt;',
  ],
  ...[
    '<!-- -->',
    '<!---->',
    '<?x y?>',
    '<?xml version="1.0"?>',
    '<![CDATA[',
    ']]>',
    '<![CDATA[]]>',
    '<!',
    '</',
  ],
  ...[
    '&#0;',
    '&#xD800;',
    '&#x110000;',
    '&#13;',
    '&#x3c;',
    '&#38;#38;',
    '&#99999999999;',
    '\0',
    '\uFFFE',
    '\uFEFF',
  ],
  ...[
    '\r\n',
    '\r',
    '\t',
    '\u00a0',
    '\u2028',
    '\u{1f600}',
    '/>',
    '>',
    '<',
    '"',
    "'",
    '&',
    '=',
    ':',
    '<x/>',
    '<x>',
  ],
  // Namespaces.
  ...[
    ' xmlns=""',
    ' xmlns="urn:x"',
    ' xmlns:saml="urn:x"',
    ' xmlns:ds="urn:x"',
    ' xmlns:xml="urn:x"',
    ' xmlns:x=""',
  ],
  ...[' xmlns="urn:oasis:names:tc:SAML:2.0:assertion"', ' xmlns:x="urn:oasis:names:tc:SAML:2.0:protocol"'],
  ...[
    ' xmlns:x="http://www.w3.org/2000/09/xmldsig#"',
    ' xmlns:x="../relative"',
    ' xmlns:xmlns="urn:x"',
    ' x:y="z"',
  ],
  ...[' xml:lang="de"', ' xml:space="preserve"', ' xml:base="https://x.example/"', ' xml:id="_assertion"'],
  // IDs and references.
  ...[
    ' ID="_assertion"',
    ' ID="_response"',
    ' Id="_assertion"',
    ' id="_assertion"',
    ' ID=""',
    ' x:ID="_assertion"',
  ],
  ...[
    '#_assertion',
    '#_response',
    '#xpointer(/)',
    "#xpointer(id('_assertion'))",
    ' URI=""',
    ' URI="#_response"',
  ],
  // Signatures.
  ...[
    '<ds:Object>',
    '</ds:Object>',
    '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">',
  ],
  ...[
    'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
    EC,
    `${EC}WithComments`,
    'http://www.w3.org/2006/12/xml-c14n11',
  ],
  ...[
    'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
    'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
  ],
  ...[
    'http://www.w3.org/2000/09/xmldsig#sha1',
    'http://www.w3.org/2001/04/xmlenc#sha256',
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
  ],
  ...[
    `<ec:InclusiveNamespaces xmlns:ec="${EC}" PrefixList="#default saml xs"/>`,
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  ],
  // What an attacker wants to say.
  ...[
    'victim',
    'victim@acme.example',
    'user-1',
    'admin',
    '2099-01-01T00:00:00Z',
    '1999-01-01T00:00:00Z',
    'true',
    '1',
  ],
  ...['urn:oasis:names:tc:SAML:2.0:cm:bearer', 'urn:oasis:names:tc:SAML:2.0:status:Success', '2.0', '1.1'],
  // Queries and forms.
  ...[
    '&SAMLRequest=',
    '&SAMLResponse=',
    '&RelayState=x',
    '&SigAlg=',
    '&Signature=',
    '&SAMLEncoding=x',
    '%26',
    '%3D',
  ],
  ...['%', '+', '%00', '%ff', ';', '#', '?', 'SAMLRequest%3D', '%53AMLRequest=', '====', 'AAAA', '-_-_'],
] as const satisfies readonly string[]

/** Elements that may stand around others, as markup before and after them. */
export const wrappers: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['<x>', '</x>'],
  ['<samlp:Extensions xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">', '</samlp:Extensions>'],
  ['<saml:Advice xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">', '</saml:Advice>'],
  ['<ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#">', '</ds:Object>'],
  ['<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">', '</ds:KeyInfo>'],
  ['<saml:AttributeValue xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">', '</saml:AttributeValue>'],
  ['<samlp:StatusDetail xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">', '</samlp:StatusDetail>'],
  [
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_w" Version="2.0">',
    '</samlp:Response>',
  ],
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
]
