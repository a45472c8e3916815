import { appended } from '../../edits.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { xml } from '../refusals.ts'

const bound = 'no specification: a service provider has to bound what it reads'

function nested(depth: number): string {
  return '<x>'.repeat(depth) + '</x>'.repeat(depth)
}

function many(count: number, each: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => each(index)).join(' ')
}

const MIB = 1024 * 1024

/** As much as is read, and one more. */
export const floods: readonly PlannedCase[] = [
  accepted('as-large-as-allowed', 'The message has exactly as many octets as are read', {
    specification: bound,
    filled: { text: ' ', octets: MIB },
  }),
  refused('too-large', 'the message has one octet more than are read', {
    base: 'as-large-as-allowed',
    specification: bound,
    filled: { text: ' ', octets: MIB + 1 },
    refusal: xml('the document is too large'),
  }),
  accepted('as-many-elements-as-allowed', 'The message has exactly as many elements as are read', {
    specification: bound,
    filled: { text: '<x/>', elements: 20_000 },
  }),
  refused('too-many-elements', 'the message has one element more than are read', {
    base: 'as-many-elements-as-allowed',
    specification: bound,
    filled: { text: '<x/>', elements: 20_001 },
    refusal: xml('there are too many elements'),
  }),
  accepted('as-deep-as-allowed', 'Elements stand in each other exactly as deep as is read', {
    specification: bound,
    hooks: appended(nested(47)),
  }),
  refused('too-deep', 'elements stand in each other one deeper than is read', {
    base: 'as-deep-as-allowed',
    specification: bound,
    hooks: appended(nested(48)),
    refusal: xml('elements are nested too deeply'),
  }),
  accepted(
    'as-many-attributes-as-allowed',
    'An element has as many attributes and declarations as are read',
    {
      specification: bound,
      hooks: appended(`<x ${many(16, (n) => `a${n}=""`)} ${many(16, (n) => `xmlns:a${n}="urn:${n}"`)}/>`),
    },
  ),
  refused('too-many-attributes', 'an element has one attribute more than are read', {
    base: 'as-many-attributes-as-allowed',
    specification: bound,
    hooks: appended(`<x ${many(33, (n) => `a${n}=""`)}/>`),
    refusal: xml('an element has too many attributes'),
  }),
  refused('too-many-declarations', 'an element has one declaration more than are read', {
    base: 'as-many-attributes-as-allowed',
    specification: bound,
    hooks: appended(`<x ${many(33, (n) => `xmlns:a${n}="urn:${n}"`)}/>`),
    refusal: xml('an element has too many attributes'),
  }),
]
