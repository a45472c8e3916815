import { text } from '../../edits.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'
import { wellFormed } from './common.ts'

const notDeclared = 'the XML declaration is malformed, or declares something other than version 1.0 in UTF-8'

function declared(name: string, change: string, declaration: string): PlannedCase {
  return refused(name, change, {
    specification: `${wellFormed} 2.8`,
    hooks: text(/^/, declaration),
    refusal: xml(notDeclared),
  })
}

function octets(name: string, change: string, replaced: readonly number[]): PlannedCase {
  return refused(name, change, {
    specification: 'RFC 3629 section 3',
    hooks: {
      octets(good) {
        const at = Buffer.from(good).indexOf('>user-1<') + 1
        return new Uint8Array([...good.subarray(0, at), ...replaced, ...good.subarray(at)])
      },
    },
    refusal: xml('the document is not UTF-8'),
  })
}

/** Octets, and what declares them. */
export const encodings: readonly PlannedCase[] = [
  octets('half-a-character-in-utf-8', 'the NameID has half a character, in three octets', [0xed, 0xa0, 0x80]),
  octets(
    'four-octets-too-many-in-utf-8',
    'the NameID has a character beyond the last one',
    [0xf4, 0x90, 0x80, 0x80],
  ),
  octets('utf-8-cut-off', 'the NameID has the first octet of a character, and not its second', [0xc3]),
  refused('two-byte-order-marks', 'the message begins with two byte order marks', {
    specification: `${wellFormed} 4.3.3`,
    hooks: text(/^/, '\ufeff\ufeff'),
    refusal: xml('there is text outside of the root'),
  }),
  refused('no-break-space-behind-root', 'there is a no-break space behind the root', {
    specification: `${wellFormed} 2.3`,
    hooks: text(/$/, '\u00a0'),
    refusal: xml('there is text outside of the root'),
  }),
  refused('blank-before-declaration', 'there is a blank in front of the XML declaration', {
    specification: `${wellFormed} 2.8`,
    hooks: text(/^/, ' <?xml version="1.0"?>'),
    refusal: xml('there is a processing instruction'),
  }),
  refused('instruction-before-root', 'there is a processing instruction in front of the root', {
    specification: `${wellFormed} 2.6`,
    hooks: text(/^/, '<?x?>'),
    refusal: xml('there is a processing instruction'),
  }),
  declared(
    'stylesheet-before-root',
    'a processing instruction in front of the root is called like the XML declaration',
    '<?xml-stylesheet href="x"?>',
  ),
  declared('declaration-without-version', 'the XML declaration names no version', '<?xml encoding="UTF-8"?>'),
  declared(
    'declaration-of-other-quotes',
    'the version begins with a double and ends with a single quote',
    '<?xml version="1.0\'?>',
  ),
  declared(
    'declaration-of-two-quotes',
    'the encoding begins with a single and ends with a double quote',
    '<?xml version="1.0" encoding=\'UTF-8"?>',
  ),
  declared(
    'declaration-of-other-standalone',
    'the XML declaration says "maybe" to standalone',
    '<?xml version="1.0" standalone="maybe"?>',
  ),
  declared('declaration-without-end', 'the XML declaration has no end', '<?xml version="1.0"'),
  declared(
    'declaration-too-long',
    'the XML declaration has three hundred blanks in it',
    `<?xml version="1.0"${' '.repeat(300)}?>`,
  ),
  accepted(
    'declaration-in-full',
    'The XML declaration says all that it can say, in single quotes and small letters',
    {
      specification: `${wellFormed} 2.8`,
      hooks: text(/^/, "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"),
    },
  ),
  accepted('declaration-behind-byte-order-mark', 'An XML declaration stands behind a byte order mark', {
    specification: `${wellFormed} 4.3.3`,
    hooks: text(/^/, '\ufeff<?xml version="1.0"?>'),
  }),
]
