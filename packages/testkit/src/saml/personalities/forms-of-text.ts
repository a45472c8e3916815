import type { XmlElement } from '../xml/tree.ts'
import { first } from '../xml/tree.ts'
import { indent, renamePrefix, respell } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const xml = 'Extensible Markup Language (XML) 1.0 section'
const names = 'Namespaces in XML 1.0 section 3: a prefix is but an abbreviation'

function withPrefix(saml: string, samlp: string): (root: XmlElement) => XmlElement {
  return (root) => {
    renamePrefix(root, 'saml', saml)
    renamePrefix(root, 'samlp', samlp)
    return root
  }
}

/** Ways to write a good answer that readers of XML do not see. */
export const formsOfText = {
  'pretty-printed': {
    wrong: 'nothing: every element is on a line of its own',
    specification: `${xml} 2.10`,
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        indent(root)
        return root
      },
      signedInfo: (_, { signature }) => indent(signature, 2),
    },
  },
  'cr-lf': {
    wrong: 'nothing: elements are on lines of their own, which end in carriage return and line feed',
    specification: `${xml} 2.11`,
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        indent(root)
        return root
      },
      text: (text) => text.replaceAll('\n', '\r\n'),
    },
  },
  'xml-declaration': {
    wrong: 'nothing: there is an XML declaration, and a line end before and after the root',
    specification: `${xml} 2.8`,
    login: 'must-succeed',
    hooks: { text: (text) => `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n` },
  },
  'single-quotes': {
    wrong: 'nothing: attributes are in single quotes, and there is white space in tags',
    specification: `${xml} 3.1`,
    login: 'must-succeed',
    hooks: {
      text: (text) => text.replace(/ ([\w:]+)="([^"']*)"/g, " $1 = '$2'").replace(/<\/([\w:]+)>/g, '</$1 >'),
    },
  },
  'empty-element-tags': {
    wrong: 'nothing: elements without content have one tag instead of two',
    specification: `${xml} 3.1`,
    login: 'must-succeed',
    hooks: { text: (text) => text.replace(/<([\w:]+)((?: [\w:]+="[^"]*")*)><\/\1>/g, '<$1$2 />') },
  },
  'cdata-values': {
    wrong: 'nothing: values are in CDATA sections, the NameID half in and half out',
    specification: `${xml} 2.7`,
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        const cdata = (text: string) => ({ written: `<![CDATA[${text}]]>`, text })
        respell(root, 'AttributeValue', (text) => [cdata(text)])
        respell(root, 'Audience', (text) => [cdata(text)])
        respell(root, 'NameID', (text) => [text.slice(0, 2), cdata(text.slice(2, -1)), text.slice(-1)])
        return root
      },
    },
  },
  'numeric-character-references': {
    wrong: 'nothing: characters are written as numbers, in text and in attributes',
    specification: `${xml} 4.1`,
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        const decimal = (text: string) => ({ written: `&#${text.codePointAt(0)};`, text })
        const hexadecimal = (text: string) => ({ written: `&#x${text.codePointAt(0)?.toString(16)};`, text })
        for (const name of ['NameID', 'AttributeValue', 'Audience'])
          respell(root, name, (text) => [
            decimal(text.slice(0, 1)),
            hexadecimal(text.slice(1, 2)),
            text.slice(2),
          ])
        return root
      },
      text: (text) => text.replace(/(Destination|Recipient)="(\w+):/g, '$1="$2&#58;'),
    },
  },
  'odd-prefixes': {
    wrong: 'nothing: the namespaces have prefixes that nobody else gives them',
    specification: names,
    login: 'must-succeed',
    hooks: {
      unsigned: withPrefix('ns2', 'a-b.c_d'),
      signedInfo: (_, { signature }) => renamePrefix(signature, 'ds', 'saml'),
    },
  },
  'default-namespaces': {
    wrong: 'nothing: no element has a prefix',
    specification: names,
    login: 'must-succeed',
    hooks: {
      unsigned: withPrefix('', ''),
      signedInfo: (_, { signature }) => renamePrefix(signature, 'ds', ''),
    },
  },
  'prefix-with-two-meanings': {
    wrong: 'nothing: the same prefix means the protocol outside the assertion and the assertion inside',
    specification: names,
    login: 'must-succeed',
    hooks: { unsigned: withPrefix('p', 'p') },
  },
  'redeclared-prefixes': {
    wrong: 'nothing: elements declare a prefix again that they have already',
    specification: 'Namespaces in XML 1.0 section 6.1',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        for (const name of ['Subject', 'NameID', 'Conditions', 'AttributeStatement', 'AttributeValue'])
          first(root, name).attributes['xmlns:saml'] = first(root, 'Assertion').attributes['xmlns:saml'] ?? ''
        return root
      },
    },
  },
  'unused-declarations': {
    wrong: 'nothing: the root declares prefixes that nothing uses',
    specification: 'Namespaces in XML 1.0 section 3',
    login: 'must-succeed',
    hooks: {
      unsigned(root) {
        Object.assign(root.attributes, {
          xmlns: 'urn:example:default',
          'xmlns:xs': 'http://www.w3.org/2001/XMLSchema',
          'xmlns:ds': 'urn:example:not-a-signature',
          'xmlns:b': 'http://b.example/#',
        })
        return root
      },
    },
  },
  'wrapped-base64': {
    wrong: 'nothing: signature, digest and certificate are broken into lines',
    specification: 'XML Signature 1.1 section 4.2: base64 of RFC 2045, which has lines of 76 characters',
    login: 'must-succeed',
    hooks: { plan: (good) => ({ ...good, signature: { ...good.signature, lines: true } }) },
  },
  'wrapped-parameter': {
    wrong: 'nothing: the message in the form is broken into lines',
    specification: 'saml-bindings section 3.5.4: base64 of RFC 2045',
    login: 'must-succeed',
    hooks: {
      parameters(good) {
        good.set('SAMLResponse', good.get('SAMLResponse')?.replace(/.{76}/g, '$&\r\n') ?? '')
        return good
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
