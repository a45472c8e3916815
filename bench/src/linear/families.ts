import { type Family, filled, times } from './family.ts'
import { WANTED_ENTITY } from './readers.ts'

const KB = 1024
const MB = 1024 * KB

/** Elements that are deeper than 48 are refused. */
const DEPTH = 46

/** More than twenty thousand elements are refused: this keeps them below that, up to the largest size. */
const WEIGHT = 'x'.repeat(50)

function message(name: string, danger: string, make: Family['make'], change: Partial<Family> = {}): Family {
  return { name, danger, make, reader: 'message', fate: 'read', limit: MB - KB, ...change }
}

function within(content: string, declarations = ''): string {
  return `<r${declarations}>${content}</r>`
}

const declared = times(20, (i) => ` xmlns:p${i}="urn:${i}"`)

const messages: readonly Family[] = [
  message('nested', 'what is in scope grows with the depth', (bytes) =>
    within(
      filled(bytes, (n) => {
        const open = times(
          DEPTH,
          (i) => `<p${i}:a xmlns:p${i}="urn:${n}" xmlns="urn:${i % 2}" p${i}:b="">${WEIGHT}`,
        )
        return `${open}${times(DEPTH, (i) => `</p${DEPTH - 1 - i}:a>`)}`
      }),
    ),
  ),
  message('nested too deep', 'nothing bounds the depth', (bytes) => filled(bytes, () => '<a>'), {
    fate: 'saml_xml_invalid',
  }),
  message('attributes', 'each is compared with all others of its element', (bytes) =>
    within(filled(bytes, () => `<a${times(30, (i) => ` a${(i * 37) % 30}=""`)}/>`)),
  ),
  message(
    'attributes of one element',
    'nothing bounds them',
    (bytes) => `<a${filled(bytes, (i) => ` a${i}=""`)}/>`,
    {
      fate: 'saml_xml_invalid',
    },
  ),
  message('declarations', 'each element declares everything anew', (bytes) =>
    within(filled(bytes, (n) => `<p0:a${times(15, (i) => ` xmlns:p${i}="urn:${n % 2}:${i}" p${i}:b=""`)}/>`)),
  ),
  message(
    'declarations of the root, used everywhere',
    'the canonical form repeats them',
    (bytes) =>
      within(
        filled(bytes, () => `<a${times(24, (i) => ` p${i}:b=""`)}/>`),
        times(24, (i) => ` xmlns:p${i}="urn:${'n'.repeat(240)}${i}"`),
      ),
    { fate: 'depends', limit: MB - 20 * KB },
  ),
  message('siblings that redeclare a prefix', 'no two neighbours are the same', (bytes) =>
    within(
      filled(bytes, (i) => `<p0:a xmlns:p0="urn:${i % 3}" p0:b="">${WEIGHT}</p0:a>`),
      declared,
    ),
  ),
  message('siblings in redeclared prefixes', 'what is the same means something else', (bytes) =>
    within(
      filled(
        bytes,
        (i) => `<b xmlns:p0="urn:${i % 3}">${WEIGHT}<p0:a p0:b=""/>${WEIGHT}<p0:a p0:b=""/>${WEIGHT}</b>`,
      ),
      declared,
    ),
  ),
  message('tags that differ at their end', 'each is compared with its neighbour', (bytes) =>
    within(filled(bytes, (i) => `<a b="${'x'.repeat(1000)}${i}"/>`)),
  ),
  message('one long tag, and short ones', 'the long one is compared with each', (bytes) =>
    within(`<a b="${'x'.repeat(bytes / 2)}"/>${filled(bytes / 2, () => `<a b="${WEIGHT}"/>`)}`),
  ),
  message('IDs', 'each is looked for among all others', (bytes) =>
    within(filled(bytes, (i) => `<a ID="_${i}" xml:id="x${i}">${WEIGHT}</a>`)),
  ),
  message('small texts', 'texts are joined one by one', (bytes) =>
    within(filled(bytes, () => `<a/>&amp;<![CDATA[]]>b\r\n<![CDATA[>]]>${WEIGHT}<c> </c>${WEIGHT}`)),
  ),
  message('sections of CDATA in one text', 'texts are joined one by one', (bytes) =>
    within(filled(bytes, () => '<![CDATA[]]>x')),
  ),
  message('references in a text', 'each is replaced', (bytes) =>
    within(filled(bytes, () => '&amp;&#65;&lt;&#x1F600;')),
  ),
  message('references in a value', 'each is replaced', (bytes) =>
    within(`<a b="${filled(bytes, () => '&amp;&#65;&quot;&#x1F600;\n')}"/>`),
  ),
  message('"&" without end', 'the end of a reference is looked for', (bytes) => within('&'.repeat(bytes)), {
    fate: 'saml_xml_invalid',
  }),
  message('"]]" without ">"', 'the end of a section is looked for', (bytes) =>
    within(']]'.repeat(bytes / 2)),
  ),
  message(
    'sections of CDATA that do not end',
    'the end of each is looked for',
    (bytes) => within(filled(bytes, () => '<![CDATA[')),
    { fate: 'saml_xml_invalid' },
  ),
  message(
    'quotes that do not end',
    'the end of a value is looked for',
    (bytes) => `<a${filled(bytes, () => ' b="\'')}`,
    {
      fate: 'saml_xml_invalid',
    },
  ),
  message('white space in tags', 'it is skipped one by one', (bytes) =>
    within(
      filled(
        bytes,
        () => `<a${' '.repeat(500)}b${'\n'.repeat(500)}=${'\t'.repeat(500)}""${' '.repeat(500)}/>`,
      ),
    ),
  ),
  message('long names', 'each character is looked at', (bytes) =>
    within(filled(bytes, () => `<${'a'.repeat(1000)} ${'b'.repeat(1000)}=""/><${'é'.repeat(500)}/>`)),
  ),
  message('a text of one line', 'nothing about it', (bytes) => within('x'.repeat(bytes))),
]

const SAML =
  'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"'
const DS = 'xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
const EC = 'http://www.w3.org/2001/10/xml-exc-c14n#'

function answerWith({
  prefixes = '',
  value = 'AAAA',
  attributes = '',
}: Readonly<Record<string, string>>): string {
  const canonicalization = `Algorithm="${EC}"><ec:InclusiveNamespaces xmlns:ec="${EC}" PrefixList="${prefixes}"/>`
  const signature = `<ds:Signature ${DS}><ds:SignedInfo><ds:CanonicalizationMethod ${canonicalization}</ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#_a"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform ${canonicalization}</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`
  return `<samlp:Response ${SAML} ID="_r" Version="2.0"><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status><saml:Assertion ID="_a" Version="2.0"><saml:Issuer>${WANTED_ENTITY}</saml:Issuer>${signature}<saml:AttributeStatement>${attributes}</saml:AttributeStatement></saml:Assertion></samlp:Response>`
}

/** All of them are refused, for nobody signed them; but only once everything was read and digested. */
function answer(
  name: string,
  danger: string,
  part: (bytes: number) => Readonly<Record<string, string>>,
  fate: Family['fate'] = 'saml_signature_invalid',
): Family {
  return {
    name: `answer: ${name}`,
    danger,
    make: (bytes) => answerWith(part(bytes)),
    reader: 'answer',
    fate,
    limit: MB - 8 * KB,
  }
}

const answers: readonly Family[] = [
  answer('attributes', 'each is asked what it is', (bytes) => ({
    attributes: filled(
      bytes,
      (i) =>
        `<saml:Attribute Name="${i}"><saml:AttributeValue>${WEIGHT}</saml:AttributeValue></saml:Attribute>`,
    ),
  })),
  answer(
    'elements of all kinds',
    'each is asked whether it is a signature, a message or an assertion',
    (bytes) => ({
      attributes: filled(
        bytes,
        (i) => `<samlp:Res${i}/>${WEIGHT}<ds:Sig ${DS}/>${WEIGHT}<saml:Ass/>${WEIGHT}`,
      ),
    }),
  ),
  answer('twenty listed prefixes', 'each is looked for in each element', (bytes) => ({
    prefixes: times(20, (i) => `p${i} `),
    attributes: filled(
      bytes,
      (i) =>
        `<a xmlns:p${i % 20}="urn:${i}" xmlns:p${(i + 7) % 20}="urn:${i % 7}"><b/>${WEIGHT}${WEIGHT}</a>`,
    ),
  })),
  answer(
    'a long list of prefixes',
    'nothing bounds it',
    (bytes) => ({
      // It stands there twice.
      prefixes: filled(bytes / 2, (i) => `p${i} `),
    }),
    'saml_signature_refused',
  ),
  answer('white space in base64', 'it is taken out', (bytes) => ({ value: filled(bytes, () => 'A \n\t') })),
]

/** @param certificate of the one entity that is asked for, the last one of them */
function federationsWith(certificate: string): readonly Family[] {
  const protocol = 'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"'
  const keyDescriptor = (text: string) =>
    `<KeyDescriptor><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${text}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>`
  const binding = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
  const wanted = (more = '') =>
    `<EntityDescriptor entityID="${WANTED_ENTITY}"><IDPSSODescriptor ${protocol}>${keyDescriptor(certificate)}${more}<SingleSignOnService Binding="${binding}" Location="https://wanted.idp.example/sso"/></IDPSSODescriptor></EntityDescriptor>`
  const metadata = (name: string, danger: string, content: Family['make']): Family => ({
    name: `metadata: ${name}`,
    danger,
    make: (bytes) =>
      `<EntitiesDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata">${content(bytes)}</EntitiesDescriptor>`,
    reader: 'metadata',
    fate: 'read',
    limit: 4 * MB - 8 * KB,
  })
  return [
    metadata(
      'entities of a federation',
      'each is asked whether it is the one',
      (bytes) =>
        filled(
          bytes,
          (i) =>
            `<EntityDescriptor entityID="https://${i}.example" ID="_${i}"><SPSSODescriptor protocolSupportEnumeration="x"><Extensions><a/></Extensions></SPSSODescriptor><Organization>${'x'.repeat(200)}</Organization></EntityDescriptor>\n`,
        ) + wanted(),
    ),
    metadata(
      'comments',
      'the end of each is looked for',
      (bytes) => filled(bytes, () => '<!-- - -->') + wanted(),
    ),
    metadata(
      'comments, each in an element',
      'whether text is beside it',
      (bytes) => filled(bytes, () => `<a>${'\n'.repeat(40)}<!-- x --></a>`) + wanted(),
    ),
    metadata(
      'comments and white space in one element',
      'whether text is beside them',
      (bytes) => `<a>${filled(bytes, () => '\n <!---->')}</a>${wanted()}`,
    ),
    metadata('a certificate of dashes and blanks', 'its armour is looked for', (bytes) =>
      wanted(keyDescriptor(filled(bytes, () => '-----BEGIN CERT \n '))),
    ),
  ]
}

const queries: readonly Family[] = [
  {
    name: 'query: parameters',
    danger: 'each is decoded, and looked for among all others',
    make: (bytes) => filled(bytes, (i) => `&p${i}%41=+%42`),
    reader: 'query',
    fate: 'saml_logout_invalid',
    limit: MB,
  },
  {
    name: 'query: a long message that is none',
    danger: 'it is decoded and decompressed',
    make: (bytes) => `SAMLRequest=${'%41+'.repeat(bytes / 4)}`,
    reader: 'query',
    fate: 'saml_logout_invalid',
    limit: MB,
  },
]

/** Everything that we could think of. @param certificate in base64 */
export function familiesWith(certificate: string): readonly Family[] {
  return [...messages, ...answers, ...federationsWith(certificate), ...queries]
}
