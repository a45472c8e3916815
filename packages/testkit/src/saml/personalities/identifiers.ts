import { first, type XmlElement } from '../xml/tree.ts'
import { extend, foreign } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const unique = 'saml-core section 1.3.4: an ID is unique; XML Signature 1.1 section 4.4.3.1'
const pollution = `PortSwigger, "The Fragile Lock" (2025); ${unique}`

function idOf(root: XmlElement): string {
  return first(root, 'Assertion').attributes['ID'] ?? ''
}

/** An element that nobody has to understand has the ID of the Assertion, under another name. */
function duplicateAs(attribute: string): SamlPersonalityEntry {
  return {
    wrong: `another element has the ID of the Assertion in its attribute ${attribute}`,
    specification: pollution,
    login: 'must-fail',
    hooks: { unsigned: (root) => extend(root, foreign('Thing', { [attribute]: idOf(root) })) },
  }
}

/** Messages in which more than one element answers to the ID that was signed. */
export const identifiers = {
  'duplicate-ID': duplicateAs('ID'),
  'duplicate-Id': duplicateAs('Id'),
  'duplicate-id': duplicateAs('id'),
  'duplicate-xml-id': duplicateAs('xml:id'),
  'duplicate-namespaced-ID': duplicateAs('x:ID'),
  'response-has-id-of-assertion': {
    wrong: 'Response and Assertion have the same ID',
    specification: unique,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        root.attributes['ID'] = idOf(root)
        return root
      },
    },
  },
  'polluted-response-id': {
    wrong: 'the Response has the ID of the Assertion in an attribute of a foreign namespace',
    specification: pollution,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        Object.assign(root.attributes, { 'xmlns:x': 'urn:example:foreign', 'x:ID': idOf(root) })
        return root
      },
    },
  },
  'empty-id': {
    wrong: 'the ID of the Assertion is empty',
    specification: `${unique}; an xs:ID has a first character`,
    login: 'must-fail',
    hooks: {
      unsigned(root) {
        first(root, 'Assertion').attributes['ID'] = ''
        return root
      },
    },
  },
  'id-is-no-name': {
    wrong: 'the ID of the Assertion begins with a digit and has a blank in it',
    specification: 'saml-core section 1.3.4, XML Schema 1.0 part 2 section 3.3.8',
    login: 'may-succeed',
    hooks: {
      unsigned(root) {
        first(root, 'Assertion').attributes['ID'] = '1 2'
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
