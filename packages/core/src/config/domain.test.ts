import { expect, it } from 'vitest'
import { normalizeDomain } from './domain.ts'

const label = (length: number) => 'a'.repeat(length)
const fifties = `${label(49)}.`.repeat(5)

it.each([
  ['example.com', 'example.com'],
  ['EXAMPLE.com', 'example.com'],
  ['sub.example.com', 'sub.example.com'],
  ['localhost', 'localhost'],
  ['123.com', '123.com'],
  ['a-b.example', 'a-b.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['BÜCHER.example', 'xn--bcher-kva.example'],
  ['bu\u0308cher.example', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['stra\u00dfe.example', 'xn--strae-oqa.example'],
  ['\uff45xample.com', 'example.com'],
  ['example\u3002com', 'example.com'],
  ['\u212aelvin.example', 'kelvin.example'],
  [`${label(63)}.com`, `${label(63)}.com`],
  [`${fifties}com`, `${fifties}com`],
])('writes %j as %j', (text, domain) => {
  expect(normalizeDomain(text)).toBe(domain)
})

it.each([
  ['', 'nothing'],
  ['example.com.', 'a final dot'],
  ['example.com\u3002', 'a final dot of another script'],
  ['.', 'a dot alone'],
  ['.example.com', 'an empty label at the start'],
  ['example..com', 'an empty label'],
  ['-example.com', 'a label that begins with a hyphen'],
  ['example-.com', 'a label that ends with a hyphen'],
  ['ex_ample.com', 'an underscore'],
  ['*.example.com', 'a wildcard'],
  ['1.2.3.4', 'an IP address'],
  ['1.2.3', 'an IP address in short'],
  ['0x7f.1', 'an IP address in hexadecimal'],
  ['2130706433', 'an IP address as a number'],
  ['\uff11.2.3.4', 'an IP address in full width'],
  ['[::1]', 'an IP address in brackets'],
  ['exa mple.com', 'a space'],
  [' example.com', 'a space before'],
  ['example.com ', 'a space after'],
  ['example.com\n', 'a line break'],
  ['example\t.com', 'a tab, which the URL class would drop'],
  ['exam\0ple.com', 'a control character'],
  ['example.com:443', 'a port'],
  ['example.com:', 'an empty port'],
  ['exam%70le.com', 'a percent sign'],
  ['user@example.com', 'a user'],
  ['example.com/path', 'a path'],
  ['example.com\\path', 'a backslash'],
  ['example.com?query', 'a query'],
  ['example.com#fragment', 'a fragment'],
  ['example.com\uff0fpath', 'a slash in full width'],
  ['example.com\uff03fragment', 'a number sign in full width'],
  ['user\uff20example.com', 'an at sign in full width'],
  ['example.com,evil.example', 'a comma'],
  ['example.com;', 'a semicolon'],
  ["exa'mple.com", 'a quotation mark'],
  ['ex\u00adample.com', 'a soft hyphen, which IDNA would drop'],
  ['ex\u200bample.com', 'a zero width space, which IDNA would drop'],
  ['ex\u2060ample.com', 'a word joiner, which IDNA would drop'],
  ['ex\ufe0fample.com', 'a variation selector, which IDNA would drop'],
  ['ex\ufeffample.com', 'a byte order mark'],
  ['ex\u202eample.com', 'a change of direction'],
  [`${label(64)}.com`, 'a label of 64 characters'],
  [`${fifties}${label(4)}`, 'a name of 254 characters'],
])('refuses %j: %s', (text) => {
  expect(normalizeDomain(text)).toBeUndefined()
})
