import { beforeStatus } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const xml = 'Extensible Markup Language (XML) 1.0 section'
const namespaces = 'Namespaces in XML 1.0 section'
const xmldom = 'CVE-2022-39353 of xmldom, CVE-2022-39299 of passport-saml'

/** Puts something into the tag of the root, where no signature covers it. */
function inRootTag(attributes: string): (text: string) => string {
  return (text) => text.replace(/^<[\w:]+/, `$& ${attributes}`)
}

/** Puts markup, or a character, into the text of the NameID. */
function inNameId(markup: string): (text: string) => string {
  return (text) => text.replace(/(<(?:[\w-]+:)?NameID[^>]*>)([^<]*)/, `$1${markup}$2`)
}

/** The same Response about somebody else, without a signature and with other IDs. */
function forgedText(text: string): string {
  const nameId = /(<(?:[\w-]+:)?NameID[^>]*>)[^<]*/
  const unsigned = text.replace(/<([\w-]+:)?Signature[ >][\s\S]*?<\/\1Signature>/g, '')
  return unsigned.replace(nameId, '$1victim').replaceAll(' ID="', ' ID="_forged')
}

function notWellFormed(
  wrong: string,
  specification: string,
  text: (good: string) => string,
): SamlPersonalityEntry {
  return { wrong, specification, login: 'must-fail', hooks: { text } }
}

/** Texts that are not XML, or not XML with namespaces, and that careless readers take for it. */
export const wellFormedness = {
  'two-roots': notWellFormed(
    'behind the signed Response there is a second root, a forged Response',
    `${xml} 2.1; ${xmldom}`,
    (text) => text + forgedText(text),
  ),
  'two-roots-forged-first': notWellFormed(
    'in front of the signed Response there is a second root, a forged Response',
    `${xml} 2.1; ${xmldom}`,
    (text) => forgedText(text) + text,
  ),
  'text-after-root': notWellFormed(
    'there is text behind the root',
    `${xml} 2.1; ${xmldom}`,
    (text) => `${text}text`,
  ),
  'text-before-root': notWellFormed(
    'there is text in front of the root',
    `${xml} 2.1`,
    (text) => `text${text}`,
  ),
  'cdata-after-root': notWellFormed(
    'there is a CDATA section behind the root',
    `${xml} 2.1`,
    (text) => `${text}<![CDATA[ ]]>`,
  ),
  truncated: notWellFormed('the last tag is missing', `${xml} 2.1`, (text) =>
    text.slice(0, text.lastIndexOf('<')),
  ),
  'empty-message': notWellFormed('the message is empty', `${xml} 2.1`, () => ''),
  'crossing-tags': notWellFormed(
    'the end tags of two elements have changed places',
    `${xml} 3`,
    beforeStatus('<x:a xmlns:x="urn:example:x"><x:b></x:a></x:b>'),
  ),
  'duplicate-attribute': notWellFormed(
    'the root has an attribute twice',
    `${xml} 3.1`,
    inRootTag('Destination="https://another-sp.example/acs"'),
  ),
  'duplicate-attribute-by-namespace': notWellFormed(
    'an element has an attribute twice, under two prefixes of one namespace',
    `${namespaces} 6.3`,
    inRootTag('xmlns:p="urn:example:p" xmlns:q="urn:example:p" p:a="1" q:a="2"'),
  ),
  'unbound-prefix': notWellFormed(
    'an element has a prefix that is not declared',
    `${namespaces} 5`,
    beforeStatus('<unbound:a></unbound:a>'),
  ),
  'unbound-attribute-prefix': notWellFormed(
    'an attribute has a prefix that is not declared',
    `${namespaces} 5`,
    inRootTag('unbound:a="1"'),
  ),
  'undeclared-prefix': notWellFormed(
    'a prefix is declared to mean nothing',
    `${namespaces} 5: only the default namespace can be undeclared`,
    inRootTag('xmlns:p=""'),
  ),
  'xml-prefix-redeclared': notWellFormed(
    'the prefix xml is declared to mean something else',
    `${namespaces} 3`,
    inRootTag('xmlns:xml="urn:example:p"'),
  ),
  'xmlns-prefix-declared': notWellFormed(
    'the prefix xmlns is declared',
    `${namespaces} 3`,
    inRootTag('xmlns:xmlns="urn:example:p"'),
  ),
  'attribute-without-quotes': notWellFormed('an attribute has no quotes', `${xml} 3.1`, inRootTag('a=1')),
  'attribute-without-value': notWellFormed('an attribute has no value', `${xml} 3.1`, inRootTag('a')),
  'tag-in-attribute': notWellFormed('an attribute has a tag in it', `${xml} 3.1`, inRootTag('a="<b>"')),
  'attributes-without-blank': notWellFormed(
    'there is no blank between two attributes',
    `${xml} 3.1`,
    inRootTag('a="1"b="2"'),
  ),
  'bare-ampersand': notWellFormed('there is an ampersand in the NameID', `${xml} 2.4`, inNameId('a & b')),
  'unknown-entity': notWellFormed(
    'the NameID has an entity that is not declared',
    `${xml} 4.1`,
    inNameId('&nbsp;'),
  ),
  'cdata-end-in-text': notWellFormed(
    'text has the end of a CDATA section in it',
    `${xml} 2.4`,
    inNameId(']]>'),
  ),
  'double-hyphen-in-comment': notWellFormed(
    'a comment has two hyphens in it',
    `${xml} 2.5`,
    beforeStatus('<!-- a -- b -->'),
  ),
  'second-xml-declaration': notWellFormed(
    'there is an XML declaration in the middle',
    `${xml} 2.8`,
    beforeStatus('<?xml version="1.0"?>'),
  ),
  'nul-character': notWellFormed(
    'the NameID ends early for who stops at NUL',
    `${xml} 2.2`,
    inNameId('victim\0'),
  ),
  'nul-reference': notWellFormed('the NameID has a reference to NUL', `${xml} 4.1`, inNameId('victim&#0;')),
  'control-character': notWellFormed('the NameID has a control character', `${xml} 2.2`, inNameId('\u0001')),
  'surrogate-reference': notWellFormed('the NameID has half a character', `${xml} 4.1`, inNameId('&#xD800;')),
  'reference-out-of-range': notWellFormed(
    'the NameID has a reference to a character that can not be',
    `${xml} 4.1`,
    inNameId('&#x110000;'),
  ),
  'not-xml': notWellFormed('the message is JSON', `${xml} 2.1`, () => '{"NameID":"victim"}'),
} as const satisfies Record<string, SamlPersonalityEntry>
