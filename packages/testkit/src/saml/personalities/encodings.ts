import { utf8 } from '../encoding.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const utf8Only = 'RFC 3076, Extensible Markup Language (XML) 1.0 section 4.3.3: canonical XML is UTF-8'

function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(text.length * 2 + 2))
  view.setUint16(0, 0xfeff, littleEndian)
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2 + 2, text.charCodeAt(at), littleEndian)
  return new Uint8Array(view.buffer)
}

/** Replaces one character of the octets by others, in the NameID. */
function octetsInNameId(text: string, octets: readonly number[]): Uint8Array<ArrayBuffer> {
  const at = text.search(/NameID[^>]*>/)
  const start = text.indexOf('>', at) + 1
  return new Uint8Array([...utf8(text.slice(0, start)), ...octets, ...utf8(text.slice(start + 1))])
}

/** Octets that are not UTF-8. */
export const encodings = {
  'utf-16': {
    wrong: 'the message is in UTF-16, little-endian, and says so',
    specification: utf8Only,
    login: 'must-fail',
    hooks: { octets: (_, text) => utf16(`<?xml version="1.0" encoding="UTF-16"?>${text}`, true) },
  },
  'utf-16-big-endian': {
    wrong: 'the message is in UTF-16, big-endian, and only its first two octets say so',
    specification: utf8Only,
    login: 'must-fail',
    hooks: { octets: (_, text) => utf16(text, false) },
  },
  'overlong-utf-8': {
    wrong: 'the first character of the NameID is written with an octet too many',
    specification: 'RFC 3629 section 3: decoders MUST protect against decoding invalid sequences',
    login: 'must-fail',
    hooks: {
      octets: (_, text) => {
        const first = text.charCodeAt(text.indexOf('>', text.search(/NameID[^>]*>/)) + 1)
        return octetsInNameId(text, [0xc0 | (first >> 6), 0x80 | (first & 0x3f)])
      },
    },
  },
  'broken-utf-8': {
    wrong: 'the NameID has an octet that no UTF-8 has',
    specification: 'RFC 3629 section 3',
    login: 'must-fail',
    hooks: { octets: (_, text) => octetsInNameId(text, [0xff]) },
  },
  'declared-latin-1': {
    wrong: 'the message says that it is in ISO 8859-1',
    specification: utf8Only,
    login: 'must-fail',
    hooks: { text: (text) => `<?xml version="1.0" encoding="ISO-8859-1"?>${text}` },
  },
  'declared-utf-7': {
    wrong: 'the message says that it is in UTF-7, in which tags can look like text',
    specification: utf8Only,
    login: 'must-fail',
    hooks: { text: (text) => `<?xml version="1.0" encoding="UTF-7"?>${text}` },
  },
  'xml-1.1': {
    wrong: 'the message says that it is XML 1.1, in which other characters are allowed',
    specification: 'saml-core section 1.1: XML 1.0',
    login: 'must-fail',
    hooks: { text: (text) => `<?xml version="1.1" encoding="UTF-8"?>${text}` },
  },
  'byte-order-mark': {
    wrong: 'the message begins with a byte order mark',
    specification: 'Extensible Markup Language (XML) 1.0 section 4.3.3: allowed, and nobody sends it',
    login: 'may-succeed',
    hooks: { octets: (_, text) => utf8(`\ufeff${text}`) },
  },
  'not-base64': {
    wrong: 'the parameter has characters in it that base64 does not have',
    specification: 'saml-bindings section 3.5.4',
    login: 'must-fail',
    hooks: {
      parameters(good) {
        good.set('SAMLResponse', `*${good.get('SAMLResponse')}`)
        return good
      },
    },
  },
  'two-responses': {
    wrong: 'the form has a second SAMLResponse',
    specification: 'saml-bindings section 3.5.4: a single message',
    login: 'must-fail',
    hooks: {
      parameters(good) {
        good.append('SAMLResponse', good.get('SAMLResponse') ?? '')
        return good
      },
    },
  },
  'no-response': {
    wrong: 'the form has no SAMLResponse',
    specification: 'saml-bindings section 3.5.4',
    login: 'must-fail',
    hooks: {
      parameters(good) {
        good.delete('SAMLResponse')
        return good
      },
    },
  },
  'other-relay-state': {
    wrong: 'the RelayState is not that of the request',
    specification: 'saml-bindings section 3.5.3: it MUST be the exact value',
    login: 'must-fail',
    hooks: {
      parameters(good) {
        good.set('RelayState', 'AAAAAAAAAAAAAAAAAAAAAA')
        return good
      },
    },
  },
  'no-relay-state': {
    wrong: 'the RelayState of the request is missing',
    specification: 'saml-bindings section 3.5.3: it MUST be the exact value',
    login: 'may-succeed',
    hooks: {
      parameters(good) {
        good.delete('RelayState')
        return good
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
