import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../test/random-configurations.ts'
import { randomElement } from '../../../test/random-elements.ts'
import { encodeUtf8 } from '../../encoding/bytes.ts'
import { NS } from '../urns.ts'
import { canonicalize } from './canonical.ts'
import { MESSAGE_LIMITS } from './limits.ts'
import { parseXml } from './reader.ts'
import { childrenOf, isElement, textOf } from './tree.ts'
import { element, writeXml } from './writer.ts'

describe('a document that is written', () => {
  it('declares a prefix where it is first used on each branch, and never twice', () => {
    const tree = element('samlp:Response', {}, [
      element('saml:Issuer', {}, ['us']),
      element('saml:Assertion', {}, [element('saml:Issuer', {}), element('samlp:Status', {})]),
    ])
    expect(writeXml(tree)).toBe(
      `<samlp:Response xmlns:samlp="${NS.samlp}">` +
        `<saml:Issuer xmlns:saml="${NS.saml}">us</saml:Issuer>` +
        `<saml:Assertion xmlns:saml="${NS.saml}"><saml:Issuer></saml:Issuer><samlp:Status></samlp:Status></saml:Assertion>` +
        '</samlp:Response>',
    )
  })

  it('has its declarations in the order of prefixes, then attributes in the order of namespaces', () => {
    const attributes = {
      'xenc:b': '1',
      'md:a': '2',
      'saml:z': '3',
      'ds:c': '4',
      b: '5',
      B: '6',
      'xml:lang': 'en',
    }
    expect(writeXml(element('samlp:X', attributes))).toBe(
      `<samlp:X xmlns:ds="${NS.ds}" xmlns:md="${NS.md}" xmlns:saml="${NS.saml}" xmlns:samlp="${NS.samlp}" xmlns:xenc="${NS.xenc}"` +
        ' B="6" b="5" ds:c="4" xenc:b="1" xml:lang="en" saml:z="3" md:a="2"></samlp:X>',
    )
  })

  it('escapes what could be read otherwise, and nothing else', () => {
    const text = 'a<b>c&d"e\'f\tg\nh\ri\u00e4\u{1f511}\u2028'
    expect(writeXml(element('md:X', { a: text }, [text]))).toBe(
      `<md:X xmlns:md="${NS.md}" a="a&lt;b>c&amp;d&quot;e'f&#x9;g&#xA;h&#xD;i\u00e4\u{1f511}\u2028">` +
        'a&lt;b&gt;c&amp;d"e\'f\tg\nh&#xD;i\u00e4\u{1f511}\u2028</md:X>',
    )
  })

  it('leaves out what is undefined', () => {
    const tree = element('md:X', { a: undefined, b: '' }, [undefined, '', undefined])
    expect(writeXml(tree)).toBe(`<md:X xmlns:md="${NS.md}" b=""></md:X>`)
  })

  it.each(['\0', '\x08', '\x0b', '\x1f', '\ufffe', '\uffff', '\ud800', '\udc00', '\udc00\ud800', 'a\ud83d'])(
    'holds no %j, which XML does not have',
    (text) => {
      expect(() => writeXml(element('md:X', {}, [text]))).toThrow(TypeError)
      expect(() => writeXml(element('md:X', { a: text }))).toThrow(TypeError)
    },
  )

  it('has no prefix whose namespace is unknown', () => {
    expect(() => writeXml(element('md:X', { 'xsi:type': 'a' }))).toThrow('prefix xsi')
    expect(() => writeXml(element('md:X', { 'constructor:a': 'a' }))).toThrow('prefix constructor')
  })

  it('is read as it was meant', () => {
    const value = ' <&>"\'\t\n\r ]]> \u{10ffff} '
    const document = read(writeXml(element('md:X', { a: value }, [element('saml:Y', {}, [value])])))
    expect(isElement(document.root, NS.md, 'X')).toBe(true)
    expect(document.root.tag.attributes).toMatchObject([{ localName: 'a', namespace: '', value }])
    expect(childrenOf(document.root, NS.saml, 'Y').map((child) => textOf(child))).toEqual([value])
  })

  it('is in canonical form, whatever it holds', () => {
    const random = createRandom(20_261_122)
    for (let count = 0; count < 500; count++) {
      const xml = writeXml(randomElement(random))
      const document = read(xml)
      const canonical = canonicalize(
        { document, element: document.root },
        { kind: 'exclusive', inclusivePrefixes: [] },
      )
      expect(canonical).toBe(xml)
    }
  })
})

function read(xml: string) {
  return parseXml(encodeUtf8(xml), MESSAGE_LIMITS)
}
