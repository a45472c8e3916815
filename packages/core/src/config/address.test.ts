import { expect, it } from 'vitest'
import { parseEmailAddress } from './address.ts'

it.each([
  ['user@acme.example', 'user@acme.example', 'acme.example'],
  ['  user@acme.example\n', 'user@acme.example', 'acme.example'],
  ['User.Name+tag@ACME.example', 'User.Name+tag@acme.example', 'acme.example'],
  ['user@bücher.example', 'user@xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['ünï@acme.example', 'ünï@acme.example', 'acme.example'],
  ['user@localhost', 'user@localhost', 'localhost'],
  ['{user}|~!#$%&*=?^_`@acme.example', '{user}|~!#$%&*=?^_`@acme.example', 'acme.example'],
  [`${'u'.repeat(64)}@acme.example`, `${'u'.repeat(64)}@acme.example`, 'acme.example'],
])('reads %j', (written, text, domain) => {
  expect(parseEmailAddress(written)).toEqual({ text, domain, key: text.toLowerCase() })
})

it('has one key for all spellings of one address', () => {
  const keys = ['User@ACME.example', ' user@acme.EXAMPLE', 'USER@acme.example'].map(
    (text) => parseEmailAddress(text)?.key,
  )
  expect(new Set(keys)).toEqual(new Set(['user@acme.example']))
})

it('reads an address of 254 characters and none of 255', () => {
  const local = 'u'.repeat(53)
  const longest = `${local}@${'a'.repeat(49)}.${'a'.repeat(49)}.${'a'.repeat(49)}.${'a'.repeat(50)}`
  expect(longest).toHaveLength(254)
  expect(parseEmailAddress(longest)?.text).toBe(longest)
  expect(parseEmailAddress(`u${longest}`)).toBeUndefined()
})

it.each([
  ['', 'nothing'],
  ['   ', 'white space'],
  ['user', 'no at sign'],
  ['@acme.example', 'no name'],
  ['user@', 'no domain'],
  ['@', 'an at sign alone'],
  ['user@acme.example@evil.example', 'two at signs'],
  ['user@evil.example@acme.example', 'two at signs, ours last'],
  ['"user@evil.example"@acme.example', 'a quoted at sign'],
  ['ceo\uff20acme.example@evil.example', 'a full-width at sign'],
  ['"user"@acme.example', 'quotation'],
  ["user'@acme.example", 'a quotation mark'],
  ['user(comment)@acme.example', 'a comment'],
  ['user@(comment)acme.example', 'a comment in the domain'],
  ['user@acme.example(comment)', 'a comment after the domain'],
  ['User <user@acme.example>', 'a display name'],
  ['<user@acme.example>', 'angle brackets'],
  ['mailto:user@acme.example', 'a scheme'],
  ['user@acme.example,user@evil.example', 'two addresses'],
  ['user@evil.example,@acme.example', 'a route'],
  ['user;x@acme.example', 'a semicolon'],
  ['us er@acme.example', 'a space'],
  ['user @acme.example', 'a space before the at sign'],
  ['user@ acme.example', 'a space after the at sign'],
  ['user@acme .example', 'a space in the domain'],
  ['user\n@acme.example', 'a line break'],
  ['user@acme.example\nbcc:x@evil.example', 'a header'],
  ['user\t@acme.example', 'a tab'],
  ['us\0er@acme.example', 'a control character'],
  ['us\u007fer@acme.example', 'a delete character'],
  ['us\u200ber@acme.example', 'a zero width space'],
  ['us\u00ader@acme.example', 'a soft hyphen'],
  ['us\ufe0fer@acme.example', 'a variation selector'],
  ['us\u3164er@acme.example', 'a filler that nobody sees'],
  ['us\u202eer@acme.example', 'a change of direction'],
  ['us\u00a0er@acme.example', 'a no-break space'],
  ['us\ud800er@acme.example', 'half of a surrogate pair'],
  ['user@acme\u200b.example', 'a zero width space in the domain'],
  ['user\\@acme.example', 'a backslash'],
  ['user@[192.0.2.1]', 'a domain literal'],
  ['user@192.0.2.1', 'an IP address'],
  ['user@acme.example:25', 'a port'],
  ['user@acme.example/path', 'a path'],
  ['user@acme..example', 'an empty label'],
  ['user@.acme.example', 'a dot before the domain'],
  ['user@acme.example.', 'a dot after the domain'],
  ['user\uff20acme.example', 'an at sign in full width'],
  ['user@evil.example\uff20acme.example', 'a second at sign in full width'],
  [`${'u'.repeat(65)}@acme.example`, 'a name of 65 characters'],
])('refuses %j: %s', (text) => {
  expect(parseEmailAddress(text)).toBeUndefined()
})
