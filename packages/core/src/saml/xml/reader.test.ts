import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../encoding/bytes.ts'
import { SsoError } from '../../errors/index.ts'
import { MESSAGE_LIMITS, METADATA_LIMITS } from './limits.ts'
import { parseXml } from './reader.ts'
import type { XmlElement } from './tree.ts'

/** What was read, in JSON: names, attributes and texts. */
function treeOf({ tag, children }: XmlElement): unknown {
  return [
    tag.namespace === '' ? tag.localName : `{${tag.namespace}}${tag.localName}`,
    Object.fromEntries(
      tag.attributes.map(({ namespace, localName, value }) => [namespace + localName, value]),
    ),
    ...children.map((child) => (typeof child === 'string' ? child : treeOf(child))),
  ]
}

/** What is read from a document, or why nothing is. */
function read(xml: string | Uint8Array, limits = MESSAGE_LIMITS): unknown {
  try {
    return treeOf(parseXml(typeof xml === 'string' ? encodeUtf8(xml) : xml, limits).root)
  } catch (error) {
    if (error instanceof SsoError) return error.details['reason']
    throw error
  }
}

describe('a document', () => {
  it.each([
    ['elements, attributes and texts', '<a b="1">c<d/>e</a>', ['a', { b: '1' }, 'c', ['d', {}], 'e']],
    ['white space anywhere in tags', '<a\t b\r\n=\n"1"\r\n></a \r\n\t>', ['a', { b: '1' }]],
    ['quotes of both kinds', `<a b='"' c="'"/>`, ['a', { b: '"', c: "'" }]],
    ['the five entities', '<a>&amp;&lt;&gt;&quot;&apos;</a>', ['a', {}, `&<>"'`]],
    ['characters by number', '<a b="&#65;&#x1f600;">&#13;&#xA;</a>', ['a', { b: 'A😀' }, '\r\n']],
    ['lines of any system', '<a>1\r\n2\r3\n4</a>', ['a', {}, '1\n2\n3\n4']],
    ['lines in values as spaces', '<a b="1\r\n2\r3\n4\t5"/>', ['a', { b: '1 2 3 4 5' }]],
    ['CDATA', '<a>1<![CDATA[<&]>\r\n]]>2</a>', ['a', {}, '1', '<&]>\n', '2']],
    ['a default namespace', '<a xmlns="urn:a"><b c=""/></a>', ['{urn:a}a', {}, ['{urn:a}b', { c: '' }]]],
    [
      'prefixes, declared before or after they are used',
      '<p:a p:b="1" xmlns:p="urn:a"/>',
      ['{urn:a}a', { 'urn:ab': '1' }],
    ],
    [
      'a prefix with another meaning further in, and with its own again after it',
      '<p:a xmlns:p="urn:a"><p:b xmlns:p="urn:b"><p:c/></p:b><p:b/></p:a>',
      ['{urn:a}a', {}, ['{urn:b}b', {}, ['{urn:b}c', {}]], ['{urn:a}b', {}]],
    ],
    [
      'equal tags that mean something else',
      '<a><b xmlns:p="urn:1"><p:c/></b><b xmlns:p="urn:2"><p:c/></b></a>',
      ['a', {}, ['b', {}, ['{urn:1}c', {}]], ['b', {}, ['{urn:2}c', {}]]],
    ],
    ['an XML declaration', '<?xml version="1.0" encoding="utf-8" standalone="no" ?>\r\n<a/>\n', ['a', {}]],
    ['a byte order mark', '\uFEFF<?xml version="1.0"?><a/>', ['a', {}]],
    ['names that are not ASCII', '<ä\u{10000}/>', ['ä\u{10000}', {}]],
    [
      'the attributes of xml',
      '<a xml:lang="en"/>',
      ['a', { 'http://www.w3.org/XML/1998/namespacelang': 'en' }],
    ],
  ])('may have %s', (_, xml, tree) => {
    expect(read(xml)).toEqual(tree)
  })

  it.each([
    ['nothing in it', '', 'there is no element'],
    ['only white space', ' \n', 'there is no element'],
    ['text before its root', 'x<a/>', 'there is text outside of the root'],
    ['text after its root', '<a/>x', 'there is text outside of the root'],
    ['two roots', '<a/><b/>', 'there is a second root'],
    ['an element that is not closed', '<a><b></b>', 'an element is not closed'],
    ['an element that is closed by another', '<a></b>', 'an end tag does not belong to the open element'],
    ['an end tag that goes on', '<a></a b="1">', 'an end tag does not belong to the open element'],
    ['an end tag that is longer', '<a></ab>', 'an end tag does not belong to the open element'],
    ['elements that overlap', '<a><b></a></b>', 'an end tag does not belong to the open element'],
    ['an end tag alone', '</a>', 'an end tag has no start tag'],
    ['a tag without name', '<a>< b/></a>', 'a name is missing or malformed'],
    ['a tag that does not end', '<a', 'a tag is not written as one'],
    ['a slash in the middle of a tag', '<a / b="1">', 'a name is missing or malformed'],
    ['a prefix without name', '<p: xmlns:p="urn:a"/>', 'a name is missing or malformed'],
    ['a name of three parts', '<a:b:c xmlns:a="urn:a"/>', 'a tag is not written as one'],
    ['an attribute without value', '<a b/>', 'an attribute is not written as one'],
    ['an attribute without quotes', '<a b=1/>', 'an attribute is not written as one'],
    ['an attribute with another sign', '<a b~"1"/>', 'an attribute is not written as one'],
    ['attributes without space between them', '<a b="1"c="2"/>', 'a tag is not written as one'],
    ['a value without end', '<a b="1', 'the value of an attribute has no end'],
    ['"<" in a value', '<a b="<"/>', '"<" stands in the value of an attribute'],
    ['"]]>" in a text', '<a>]]></a>', '"]]>" stands in a text'],
    ['an attribute twice', '<a b="1" b="1"/>', 'an attribute is given twice'],
    [
      'an attribute twice by two prefixes',
      '<a xmlns:p="urn:a" xmlns:q="urn:a" p:b="" q:b=""/>',
      'an attribute is given twice',
    ],
    ['a prefix twice in a tag', '<a xmlns:p="urn:a" xmlns:p="urn:a"/>', 'a prefix is declared twice'],
    ['a prefix that nobody declares', '<p:a/>', 'a prefix is not declared'],
    ['a prefix for an attribute that nobody declares', '<a p:b=""/>', 'a prefix is not declared'],
    ['a prefix that was declared elsewhere', '<a><b xmlns:p="urn:a"/><p:c/></a>', 'a prefix is not declared'],
    ['CDATA outside of the root', '<![CDATA[x]]><a/>', 'CDATA stands outside of the root, or has no end'],
    ['CDATA without end', '<a><![CDATA[x]]</a>', 'CDATA stands outside of the root, or has no end'],
    ['a processing instruction', '<a><?b c?></a>', 'there is a processing instruction'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>', 'there is a DOCTYPE, or another declaration that no message has'],
    ['a comment', '<a><!-- b --></a>', 'there is a comment'],
    ['an entity of its own', '<a>&b;</a>', 'there is a reference to something unknown'],
    ['an entity of HTML', '<a>&nbsp;</a>', 'there is a reference to something unknown'],
    ['half a reference', '<a>&amp</a>', 'there is a reference to something unknown'],
    ['the number of no character', '<a>&#0;</a>', 'there is a reference to something unknown'],
    ['the number of half a character', '<a>&#xD800;</a>', 'there is a reference to something unknown'],
    ['a number beyond all', '<a>&#x110000;</a>', 'there is a reference to something unknown'],
    ['a character that XML lacks in it', '<a>\u0001</a>', 'there is a character that XML does not have'],
    ['a character that XML lacks first of all', '\u0000<a/>', 'there is a character that XML does not have'],
    ['bytes that are not UTF-8', new Uint8Array([0x3c, 0x61, 0xff, 0x2f, 0x3e]), 'the document is not UTF-8'],
    [
      'another version',
      '<?xml version="1.1"?><a/>',
      'the XML declaration is malformed, or declares something other than version 1.0 in UTF-8',
    ],
    [
      'another encoding',
      '<?xml version="1.0" encoding="UTF-7"?><a/>',
      'the XML declaration is malformed, or declares something other than version 1.0 in UTF-8',
    ],
    ['its declaration after a blank', ' <?xml version="1.0"?><a/>', 'there is a processing instruction'],
  ])('may not have %s', (_, xml, reason) => {
    expect(read(xml)).toBe(reason)
  })

  it.each(['ID="1"', 'Id="1"', 'id="1"', 'xml:id="1"', 'p:ID="1"'])('has an ID once, also as %s', (id) => {
    const xml = (other: string) => `<a xmlns:p="urn:a" ID="1"><b ${other}/></a>`
    expect(read(xml(id))).toBe('an ID is given twice')
    expect(read(xml(id.replace('1', '2')))).toEqual(['a', { ID: '1' }, ['b', expect.anything()]])
  })
})

describe('a comment where there may be some', () => {
  it('stands between elements, and before and after all of them', () => {
    expect(read('<!-- 1 --><a><!----> <b/> <!-- <c> & --></a><!-- - -->', METADATA_LIMITS)).toEqual([
      'a',
      {},
      ' ',
      ['b', {}],
      ' ',
    ])
  })

  it.each([
    ['beside text', '<a>b<!-- -->c</a>', 'a comment stands beside text'],
    ['before text', '<a><!-- -->c</a>', 'a comment stands beside text'],
    ['after CDATA', '<a><![CDATA[b]]><!-- --></a>', 'a comment stands beside text'],
    ['with two hyphens in it', '<a><!-- -- --></a>', 'a comment does not end as one'],
    ['without end', '<a><!-- </a>', 'a comment does not end as one'],
    ['with its end as its beginning', '<a><!--></a>', 'a comment does not end as one'],
  ])('may not stand %s', (_, xml, reason) => {
    expect(read(xml, METADATA_LIMITS)).toBe(reason)
  })
})

describe('the limits', () => {
  const limits = { bytes: 100, depth: 3, elements: 4, attributes: 2, comments: false }

  it.each([
    [
      'as long as allowed',
      `<a>${'x'.repeat(93)}</a>`,
      `<a>${'x'.repeat(94)}</a>`,
      'the document is too large',
    ],
    ['as deep', '<a><b><c/></b></a>', '<a><b><c><d/></c></b></a>', 'elements are nested too deeply'],
    ['of as many elements', '<a><b/><b/><b/></a>', '<a><b/><b/><b/><b/></a>', 'there are too many elements'],
    [
      'of as many attributes',
      '<a b="" xmlns:c="urn:c"/>',
      '<a b="" c="" xmlns:d="urn:d"/>',
      'an element has too many attributes',
    ],
  ])('let a document be %s, and no more', (_, allowed, refused, reason) => {
    expect(read(allowed, limits)).toBeInstanceOf(Array)
    expect(read(refused, limits)).toBe(reason)
  })
})
