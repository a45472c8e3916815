import * as v from 'valibot'
import { isJsonObject } from '../../encoding/json-object.ts'
import type { ConfigurationIssueCode } from '../../errors/index.ts'
import { normalizeDomain } from '../domain.ts'

/*
 * The kinds of value that the format knows. Messages are in the manner of all our errors, lower case and without a
 * final stop, and follow the code of the issue: the schema library has but one text to carry both.
 */

/** What the schema library is to say: `code` for programs, `text` for people, after the name of the key, and a fix. */
export function complaint(code: ConfigurationIssueCode, text: string, fix = ''): string {
  return [code, text, fix].join('|')
}

/** Takes a message of {@link complaint} apart. */
export function readComplaint(message: string): { code: ConfigurationIssueCode; text: string; fix?: string } {
  const [code, text = '', ...fix] = message.split('|')
  return {
    code: code as ConfigurationIssueCode,
    text,
    ...(fix.join('') === '' ? {} : { fix: fix.join('|') }),
  }
}

/** A mapping with these keys and no others. */
export function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(
    v.custom<Record<string, unknown>>(
      isJsonObject,
      complaint('type_wrong', 'must be a mapping: keys with values, indented below it'),
    ),
    v.objectWithRest(entries, v.never()),
  )
}

/** Whatever a terminal, a page or a log may take for the end of a line. */
const LINE_END = /[\n\v\f\r\u0085\p{Zl}\p{Zp}]/u

const INVISIBLE = complaint(
  'value_invisible',
  'must not hold invisible characters',
  'type it anew: they came along when it was copied',
)

/** One line of text. */
export function text(longest: number) {
  return v.pipe(
    v.string(),
    v.check((value) => value.trim() !== '', complaint('value_empty', 'must not be empty')),
    v.check(
      (value) => value.trim() === value,
      complaint(
        'value_white_space',
        'must not begin or end with white space',
        'write it on the line of its key, without spaces inside the quotes',
      ),
    ),
    v.check(
      (value) => !LINE_END.test(value.trim()),
      complaint(
        'value_several_lines',
        'must be a single line',
        'write all of it behind the colon, in quotes',
      ),
    ),
    // Raw: the schema for editors has no words for it, and leaves it out.
    v.rawCheck(({ dataset, addIssue }) => {
      const value = dataset.typed ? dataset.value.trim() : ''
      if (!LINE_END.test(value) && /[\p{Cc}\p{Cf}]/u.test(value.replace(JOINERS, '')))
        addIssue({ message: INVISIBLE })
    }),
    v.maxLength(longest, complaint('value_too_long', `must not be longer than ${longest} characters`)),
  )
}

/** Part of how names are written in Persian and in Indian scripts, and of some emoji. */
const JOINERS =
  /(?<=\p{L}|\p{M}|\p{Extended_Pictographic})[\u200c\u200d](?=\p{L}|\p{Extended_Pictographic})/gu

/** Several lines of text: a certificate, a document. */
export function lines(longest: number) {
  return v.pipe(
    v.string(),
    v.check((value) => value.trim() !== '', complaint('value_empty', 'must not be empty')),
    v.maxLength(longest, complaint('value_too_long', `must not be longer than ${longest} characters`)),
  )
}

/** One value, or a list of them: always read as a list. */
export function oneOrMany<const Item extends v.GenericSchema<unknown, unknown>>(item: Item) {
  const many = v.pipe(
    v.array(item),
    v.check((values) => values.length > 0, complaint('value_empty', 'must not be an empty list')),
  )
  return v.pipe(
    v.lazy((input) => (Array.isArray(input) ? many : item)),
    v.transform((value): v.InferOutput<Item>[] => [value].flat() as v.InferOutput<Item>[]),
    v.metadata({ oneOrMany: item }),
  )
}

/** Part of a URL. */
export const id = v.pipe(
  text(64),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    complaint(
      'id_invalid',
      'must be safe in a URL: letters, digits, "-", "_" and ".", beginning with a letter or a digit',
      'write a short word such as "okta" or "acme-okta": no spaces, no accents; what people read is "name"',
    ),
  ),
)

/** `example.com`, or `*.example.com` for its sub-domains. */
export const domain = v.pipe(
  text(255),
  v.check(
    (value) => !value.includes('@'),
    complaint('domain_is_address', 'must be the part after the "@" alone, such as example.com'),
  ),
  v.check(
    (value) => !value.replace(/^\*\./, '').includes('*') && !/^\*\.[^.]*$/.test(value),
    complaint(
      'wildcard_invalid',
      'may have one "*", at its beginning and before a whole domain: *.example.com',
    ),
  ),
  v.check(
    (value) =>
      /[@*]/.test(value.replace(/^\*\./, '')) || normalizeDomain(value.replace(/^\*\./, '')) !== undefined,
    complaint(
      'domain_invalid',
      'is not a domain such as example.com',
      'write the domain alone, without https:// or a path; several as a list: [example.com, example.org]',
    ),
  ),
)

/** The address of something at an identity provider. What else it must be is a rule of its own. */
export const url = text(2048)

/** A whole number from 0 on. */
export const weight = v.pipe(
  v.number(),
  v.integer(complaint('number_invalid', 'must be a whole number')),
  v.minValue(0, complaint('number_invalid', 'must be 0 or more')),
)
