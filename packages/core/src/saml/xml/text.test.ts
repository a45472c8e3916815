import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../encoding/bytes.ts'
import { SsoError } from '../../errors/index.ts'
import { MESSAGE_LIMITS } from './limits.ts'
import { parseXml } from './reader.ts'
import { textOf } from './tree.ts'

function textIn(content: string): string | undefined {
  return textOf(parseXml(encodeUtf8(`<a>${content}</a>`), MESSAGE_LIMITS).root)
}

describe('a reference', () => {
  it.each([
    ['&amp;&lt;&gt;&quot;&apos;', '&<>"\''],
    ['&#65;&#x41;&#x00000041;&#00065;', 'AAAA'],
    ['&#x1F600;&#128512;&#x10FFFF;', '\u{1f600}\u{1f600}\u{10ffff}'],
    ['&#13;&#x9;', '\r\t'],
    // What comes out of one is not read again.
    ['&amp;lt;&#38;#60;', '&lt;&#60;'],
    ['x&amp;y;z', 'x&y;z'],
  ])('%s stands for %j', (written, meant) => {
    expect(textIn(written)).toBe(meant)
    const value = `<a b="${written}"/>`
    expect(parseXml(encodeUtf8(value), MESSAGE_LIMITS).root.tag.attributes[0]?.value).toBe(meant)
  })

  it.each([
    ...['&', '&;', '&amp', '&AMP;', '&nbsp;', '& amp;', '&amp ;', '&#;', '&#x;', '&#X41;', '&#xg;', '&#6 5;'],
    ...['&#-65;', '&#+65;', '&#6.5;', '&#1e1;', '&#0;', '&#8;', '&#xB;', '&#xD800;', '&#xDFFF;', '&#xFFFE;'],
    ...[
      '&#x110000;',
      '&#99999999;',
      '&#x000000000000041;',
      '&constructor;',
      '&__proto__;',
      `&${'a'.repeat(1000)};`,
    ],
  ])('%s is none', (written) => {
    expect(() => textIn(`&amp;${written}`)).toThrow(SsoError)
  })

  it('that is none is said to be where it is', () => {
    try {
      textIn('ab&amp;&b;&c;')
      expect.unreachable()
    } catch (error) {
      expect((error as SsoError).details).toEqual({
        reason: 'there is a reference to something unknown',
        offset: '<a>ab&amp;'.length,
      })
    }
  })
})
