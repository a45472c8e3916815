import { first } from '@doorward/testkit/saml'
import { appended, text, unsigned, withText } from '../../edits.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'
import { markup, wellFormed } from './common.ts'

const unknownReference = 'there is a reference to something unknown'

const references: readonly PlannedCase[] = [
  markup('reference-without-end', 'a reference has no semicolon', '<x>&amp</x>', unknownReference),
  markup('reference-without-name', 'a reference has no name', '<x>&;</x>', unknownReference),
  markup('reference-in-capitals', 'an entity is written in capitals', '<x>&AMP;</x>', unknownReference),
  markup('reference-without-digits', 'a reference has no number', '<x>&#x;</x>', unknownReference),
  markup(
    'reference-in-capital-x',
    'a hexadecimal reference has a capital X',
    '<x>&#X41;</x>',
    unknownReference,
  ),
  markup(
    'reference-with-too-many-digits',
    'a reference has more digits than any character needs',
    '<x>&#0000000065;</x>',
    unknownReference,
  ),
  markup(
    'reference-to-last-surrogate',
    'a reference is to the last half of a character',
    '<x>&#xDFFF;</x>',
    unknownReference,
  ),
  markup(
    'reference-beyond-unicode',
    'a reference is to the first number that no character has',
    '<x>&#x110000;</x>',
    unknownReference,
  ),
  markup('reference-to-non-character', 'a reference is to U+FFFE', '<x>&#xFFFE;</x>', unknownReference),
  markup('reference-to-control-character', 'a reference is to U+001F', '<x>&#31;</x>', unknownReference),
  markup(
    'reference-in-attribute',
    'the value of an attribute has an entity that is not declared',
    '<x a="&who;"/>',
    unknownReference,
  ),
  markup('html-entity', 'an entity is one that HTML has', '<x>&nbsp;</x>', unknownReference),
  markup(
    'cdata-end-after-reference',
    'text has the end of a CDATA section in it, beside a reference',
    '<x>&gt;]]></x>',
    '"]]>" stands in a text',
  ),
  accepted('all-references', 'All five entities stand in text and attributes, and characters by number', {
    specification: `${wellFormed} 4.6`,
    hooks: appended(
      '<x a="&amp;&lt;&gt;&quot;&apos;&#9;&#x10FFFF;">&amp;&lt;&gt;&quot;&apos;&#xD7FF;&#57344;&#xFFFD;</x>',
    ),
  }),
  accepted(
    'characters-of-all-kinds',
    'A name has letters of other alphabets and characters beyond the first 65536',
    {
      specification: `${wellFormed} 2.2`,
      hooks: withText('NameID', 'J\u00f6rg \u738b \u{1f600} \ue000 \u{10fffd}'),
      identity: {
        nameId: {
          value: 'J\u00f6rg \u738b \u{1f600} \ue000 \u{10fffd}',
          format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
          nameQualifier: undefined,
          spNameQualifier: undefined,
        },
      },
    },
  ),
  accepted(
    'special-characters-in-values',
    'Values have characters that canonical form writes as references',
    {
      specification: 'Canonical XML 1.0 section 2.3',
      hooks: {
        user: (good) => ({
          ...good,
          attributes: [
            ...good.attributes.filter(({ name }) => name !== 'groups'),
            { name: 'groups', values: ['R&D', '<admins>', '"quoted"', "it's"] },
            { name: 'a<b>&"c"\'\t\n\r', values: [' \r\n\t '] },
          ],
        }),
      },
      identity: { groups: ['R&D', '<admins>', '"quoted"', "it's"] },
    },
  ),
  accepted('lines-in-attributes', 'A line ends in the middle of an attribute, which XML reads as a blank', {
    specification: `${wellFormed} 3.3.3`,
    hooks: {
      ...unsigned((root) => {
        first(root, 'Attribute').attributes['FriendlyName'] = 'e mail  address'
      }),
      text: (good) => good.replace('"e mail  address"', '"e\nmail\r\n\taddress"'),
    },
  }),
]

const charactersThemselves: readonly PlannedCase[] = [0x1, 0x8, 0xb, 0xc, 0xe, 0x1f, 0xfffe, 0xffff].map(
  (code) =>
    refused(
      `character-${code.toString(16).padStart(4, '0')}`,
      `the NameID has the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
      {
        specification: `${wellFormed} 2.2`,
        hooks: text('>user-1<', `>user-1${String.fromCharCode(code)}<`),
        refusal: xml('there is a character that XML does not have'),
      },
    ),
)

/** Characters and references to them. */
export const characters: readonly PlannedCase[] = [...references, ...charactersThemselves]
