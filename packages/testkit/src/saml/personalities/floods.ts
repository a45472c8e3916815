import { first } from '../xml/tree.ts'
import { beforeStatus, extend, foreign } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const bound = 'no specification: a service provider has to bound what it reads'

/** Messages that are good and far too much. */
export const floods = {
  'deep-nesting': {
    wrong: 'elements stand in each other five thousand deep',
    specification: bound,
    login: 'must-fail',
    hooks: { text: beforeStatus(`${'<x>'.repeat(5000)}${'</x>'.repeat(5000)}`) },
  },
  oversize: {
    wrong: 'the message has eight million blanks',
    specification: bound,
    login: 'must-fail',
    hooks: { text: beforeStatus(' '.repeat(8_000_000)) },
  },
  'attribute-flood': {
    wrong: 'an element has ten thousand attributes',
    specification: bound,
    login: 'must-fail',
    hooks: {
      unsigned: (root) =>
        extend(
          root,
          foreign('Thing', Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`a${n}`, '']))),
        ),
    },
  },
  'declaration-flood': {
    wrong: 'an element declares ten thousand prefixes',
    specification: bound,
    login: 'must-fail',
    hooks: {
      unsigned: (root) =>
        extend(
          root,
          foreign(
            'Thing',
            Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`xmlns:a${n}`, `urn:${n}`])),
          ),
        ),
    },
  },
  'element-flood': {
    wrong: 'the message has a hundred thousand elements',
    specification: bound,
    login: 'must-fail',
    hooks: { text: beforeStatus('<x/>'.repeat(100_000)) },
  },
  'signature-flood': {
    wrong: 'the Assertion has a thousand signatures',
    specification: bound,
    login: 'must-fail',
    hooks: {
      signed(root) {
        const signature = first(root, 'Signature')
        first(root, 'Assertion').children.push(...Array.from({ length: 999 }, () => signature))
        return root
      },
    },
  },
  'transform-flood': {
    wrong: 'the reference has a thousand transforms',
    specification: 'XML Signature Best Practices section 2.1.4',
    login: 'must-fail',
    hooks: {
      signedInfo(signedInfo) {
        const transforms = first(signedInfo, 'Transforms').children
        const last = transforms.at(-1)
        if (last !== undefined) transforms.push(...Array.from({ length: 998 }, () => last))
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
