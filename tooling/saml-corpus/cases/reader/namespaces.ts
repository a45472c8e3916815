import { appended } from '../../edits.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'

const XML = 'http://www.w3.org/XML/1998/namespace'

const namespaces = 'Namespaces in XML 1.0 section'

const notAbsolute = 'a namespace has a name that is no absolute URI, or longer than any'

const ofXml = 'the prefix xml and its namespace belong together'

function declaring(name: string, change: string, declaration: string, reason: string): PlannedCase {
  return refused(name, change, {
    specification: `${namespaces} 3`,
    hooks: appended(`<x ${declaration}/>`),
    refusal: xml(reason),
  })
}

/** Prefixes and namespace names. */
export const prefixes: readonly PlannedCase[] = [
  declaring(
    'prefix-declared-twice',
    'a tag declares a prefix twice',
    'xmlns:y="urn:1" xmlns:y="urn:2"',
    'a prefix is declared twice',
  ),
  declaring(
    'default-namespace-declared-twice',
    'a tag declares the default namespace twice',
    'xmlns="urn:1" xmlns="urn:2"',
    'a prefix is declared twice',
  ),
  declaring(
    'namespace-of-xml',
    'another prefix is declared for the namespace of the prefix xml',
    `xmlns:y="${XML}"`,
    ofXml,
  ),
  declaring(
    'default-namespace-of-xml',
    'the default namespace is declared to be that of the prefix xml',
    `xmlns="${XML}"`,
    ofXml,
  ),
  declaring(
    'namespace-of-declarations',
    'a prefix is declared for the namespace of declarations',
    'xmlns:y="http://www.w3.org/2000/xmlns/"',
    'the namespace of declarations is given a prefix',
  ),
  declaring(
    'namespace-of-international-characters',
    'a namespace name has a letter that URIs do not have',
    'xmlns:y="urn:\u00e4"',
    notAbsolute,
  ),
  declaring(
    'namespace-with-ampersand',
    'a namespace name has an ampersand',
    'xmlns:y="urn:a&amp;b"',
    notAbsolute,
  ),
  declaring(
    'namespace-with-apostrophe',
    'a namespace name has an apostrophe',
    'xmlns:y="urn:a\'b"',
    notAbsolute,
  ),
  declaring(
    'namespace-with-scheme-of-digit',
    'the scheme of a namespace name begins with a digit',
    'xmlns:y="1rn:a"',
    notAbsolute,
  ),
  declaring('namespace-of-path', 'a namespace name is a path', 'xmlns="/a/b"', notAbsolute),
  declaring('namespace-of-fragment', 'a namespace name is a fragment', 'xmlns:y="#a"', notAbsolute),
  declaring(
    'prefix-of-text-declared-empty',
    'the prefix that elements have is declared for no namespace',
    'xmlns:samlp=""',
    'a prefix is declared for no namespace',
  ),
  declaring(
    'namespace-with-brackets',
    'a namespace name has brackets, which are for addresses',
    'xmlns:y="urn:a[b]"',
    notAbsolute,
  ),
  declaring(
    'namespace-with-two-fragments',
    'a namespace name has two fragments',
    'xmlns:y="urn:a#b#c"',
    notAbsolute,
  ),
  declaring(
    'namespace-with-lone-percent-sign',
    'a namespace name has a percent sign that begins no octet',
    'xmlns:y="urn:a%zz"',
    notAbsolute,
  ),
  declaring(
    'namespace-too-long',
    'a namespace name has 257 characters',
    `xmlns:y="${'urn:'.padEnd(257, 'a')}"`,
    notAbsolute,
  ),
  accepted('namespace-as-long-as-allowed', 'A namespace name has 256 characters', {
    specification: 'no specification: a canonical form may repeat it in every element',
    hooks: appended(`<x xmlns:y="${'urn:'.padEnd(256, 'a')}"/>`),
  }),
  refused('prefix-out-of-scope', 'an element has a prefix that is declared in its neighbour', {
    specification: `${namespaces} 6.1`,
    hooks: appended('<x xmlns:y="urn:1"><y:z/></x><y:z/>'),
    refusal: xml('a prefix is not declared'),
  }),
  refused(
    'prefix-of-default-attribute',
    'an attribute has the default namespace, and so a namesake of another prefix',
    {
      specification: `${namespaces} 6.3`,
      hooks: appended('<x xmlns:y="urn:1" xmlns:z="urn:1" y:a="1" z:a="2"/>'),
      refusal: xml('an attribute is given twice'),
    },
  ),
  accepted(
    'namespaces-of-all-kinds',
    'Namespace names have all characters that they may have, and are undeclared again',
    {
      specification: `${namespaces} 6.2`,
      hooks: appended(
        `<x xmlns="http://a.example:1/b/c%20d?e=f;g#!$()*+,~@h" xmlns:y="a+b-c.d:" xmlns:xml="${XML}" y:a="1" a="2" xml:lang="en"><x xmlns=""/><y:x/></x>`,
      ),
    },
  ),
  accepted('prefixes-of-siblings', 'Neighbours that are written alike mean different things by one prefix', {
    specification: `${namespaces} 6.1`,
    hooks: appended('<x xmlns:y="urn:1"><y:z a="1"/></x><x xmlns:y="urn:2"><y:z a="1"/></x>'),
  }),
]
