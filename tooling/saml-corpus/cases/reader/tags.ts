import { element, first } from '@doorward/testkit/saml'
import { appended, text, unsigned } from '../../edits.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'
import { markup, wellFormed } from './common.ts'

const notATag = 'a tag is not written as one'

const notAName = 'a name is missing or malformed'

const notAnAttribute = 'an attribute is not written as one'

const notOpen = 'an end tag does not belong to the open element'

const tagsThemselves: readonly PlannedCase[] = [
  markup('blank-before-name', 'there is a blank between "<" and the name of an element', '< x/>', notAName),
  markup('name-with-digit', 'the name of an element begins with a digit', '<1x/>', notAName),
  markup('name-without-prefix', 'the name of an element begins with a colon', '<:x/>', notAName),
  markup('name-without-local-part', 'the name of an element ends with a colon', '<samlp:/>', notAName),
  markup('name-with-two-colons', 'the name of an element has two colons', '<samlp:x:y/>', notATag),
  markup(
    'name-with-foreign-character',
    'the name of an element has a character that names do not have',
    '<x\u00d7/>',
    notATag,
  ),
  markup(
    'name-of-foreign-character',
    'the name of an element begins with a character that names do not have',
    '<\u00d7/>',
    notAName,
  ),
  markup('blank-before-tag-end', 'there is a blank between "/" and ">"', '<x/ >', notATag),
  markup(
    'blank-before-tag-end-after-attribute',
    'there is a blank between "/" and ">" behind an attribute',
    '<x a="b"/ >',
    notATag,
  ),
  markup('slash-in-tag', 'there is a slash in the middle of a tag', '<x / a="b">', notAName),
  markup(
    'attribute-of-other-quotes',
    'the value of an attribute begins with a double and ends with a single quote',
    '<x a="b\'/>',
    'the value of an attribute has no end',
  ),
  markup(
    'attribute-with-two-colons',
    'the name of an attribute has two colons',
    '<x samlp:a:b="c"/>',
    notAnAttribute,
  ),
  markup(
    'attribute-with-backtick',
    'the value of an attribute is in backticks',
    '<x a=`b`/>',
    notAnAttribute,
  ),
  markup('attribute-without-name', 'an attribute has no name', '<x ="b"/>', notAName),
  markup('tag-without-end', 'the last tag has no end', '<x', notATag),
  markup('end-tag-with-attribute', 'an end tag has an attribute', '<x></x a="b">', notOpen),
  markup('end-tag-of-longer-name', 'an end tag has a letter more than its start tag', '<x></xy>', notOpen),
  markup('end-tag-of-other-case', 'an end tag is in capitals and its start tag is not', '<x></X>', notOpen),
  markup(
    'end-tag-of-other-prefix',
    'an end tag has another prefix than its start tag, for the same namespace',
    '<samlp:x xmlns:y="urn:oasis:names:tc:SAML:2.0:protocol"></y:x>',
    notOpen,
  ),
  markup(
    'end-tag-with-blank',
    'there is a blank between "</" and the name of an element',
    '<x></ x>',
    notOpen,
  ),
  markup(
    'cdata-without-end',
    'a CDATA section has no end',
    '<![CDATA[',
    'CDATA stands outside of the root, or has no end',
  ),
  markup(
    'cdata-in-lower-case',
    'CDATA is written in small letters',
    '<![cdata[x]]>',
    'there is a DOCTYPE, or another declaration that no message has',
  ),
  markup(
    'entity-declaration',
    'an entity is declared in the middle of the message',
    '<!ENTITY who "victim">',
    'there is a DOCTYPE, or another declaration that no message has',
  ),
  refused('end-tag-without-start', 'there is an end tag behind the root', {
    specification: `${wellFormed} 2.1`,
    hooks: text(/$/, '</samlp:Response>'),
    refusal: xml('an end tag has no start tag'),
  }),
  refused('cdata-before-root', 'there is a CDATA section in front of the root', {
    specification: `${wellFormed} 2.8`,
    hooks: text(/^/, '<![CDATA[x]]>'),
    refusal: xml('CDATA stands outside of the root, or has no end'),
  }),
  refused('blank-message', 'the message is a blank', {
    specification: `${wellFormed} 2.1`,
    hooks: text(/^[\s\S]*$/, ' '),
    refusal: xml('there is no element'),
  }),
]

const forms: readonly PlannedCase[] = [
  accepted('white-space-everywhere', 'There is white space wherever XML allows it', {
    specification: `${wellFormed} 2.3`,
    hooks: appended('\r\n\t <x\n a\t=\r\n"b"\n></x\t\n> \n'),
  }),
  accepted('odd-names', 'Elements and attributes have names of characters that names rarely have', {
    specification: `${wellFormed} 2.3`,
    hooks: appended('<_/><\u00e9l\u00e9ment \u03b1="1" a-b.c_1="2" a\u00b7b="3"/><\u{10000}/>'),
  }),
  accepted('cdata-with-markup', 'A CDATA section has markup and line ends in it, and another one is empty', {
    specification: `${wellFormed} 2.7`,
    hooks: unsigned((root) => {
      const texts = ['<admins>&amp;', ']]', '>']
      const values = texts.map((value) => ({ written: `<![CDATA[${value}]]>`, text: value }))
      const [value] = first(root, 'AttributeStatement').children.slice(-1)
      if (typeof value !== 'object' || !('children' in value)) throw new Error('there are no groups')
      value.children = [
        element('saml:AttributeValue', {}, ...values, { written: '<![CDATA[]]>', text: '' }),
        element('saml:AttributeValue', {}, { written: '<![CDATA[a\r\nb]]>'.replace('\r\n', ''), text: 'ab' }),
      ]
    }),
    identity: { groups: ['<admins>&amp;]]>', 'ab'] },
  }),
]

/** Tags, and what stands between them. */
export const tags: readonly PlannedCase[] = [...tagsThemselves, ...forms]
