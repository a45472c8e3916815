import { describe, expect, it } from 'vitest'
import { type Canonicalization, canonicalize } from './canonical.ts'
import { MESSAGE_LIMITS } from './limits.ts'
import { parseXml } from './reader.ts'

/*
 * What the standards say in examples; the oracles (`test/oracles/canonical.test.ts`) ask xmllint and xmlsec1 the same of
 * thousands of documents.
 */

const EXCLUSIVE: Canonicalization = { kind: 'exclusive', inclusivePrefixes: [] }
const INCLUSIVE: Canonicalization = { kind: 'inclusive', version: '1.0' }
const INCLUSIVE_11: Canonicalization = { kind: 'inclusive', version: '1.1' }

/** The canonical form of the element of this name, `part` unless said otherwise, in a document. */
function formOf(xml: string, method: Canonicalization, name = 'part'): string {
  const document = parseXml(new TextEncoder().encode(xml), MESSAGE_LIMITS)
  const element = document.elements.find(({ tag }) => tag.localName === name)
  if (!element) throw new Error(`there is no ${name}`)
  return canonicalize({ document, element }, method)
}

function refused(reason: string) {
  return expect.objectContaining({ details: expect.objectContaining({ reason }) })
}

describe.each([
  ['exclusive', EXCLUSIVE],
  ['inclusive', INCLUSIVE],
  ['inclusive 1.1', INCLUSIVE_11],
] as const)('the %s canonical form', (_, method) => {
  it.each([
    ['no empty tags', '<part><a/></part>', '<part><a></a></part>'],
    ['no white space in tags', '<part  a = "1"\n ><b ></b ></part >', '<part a="1"><b></b></part>'],
    ['double quotes', "<part a='1' b='\"'/>", '<part a="1" b="&quot;"></part>'],
    ['text without CDATA', '<part><![CDATA[<&>]]></part>', '<part>&lt;&amp;&gt;</part>'],
    ['text without references to what needs none', '<part>&#65;&apos;</part>', "<part>A'</part>"],
    ['text beside elements', '<part>&#65;<a/>&#66;<a/>&#67;</part>', '<part>A<a></a>B<a></a>C</part>'],
    ['attributes in order of their names', '<part c="1" a="2" b="3"/>', '<part a="2" b="3" c="1"></part>'],
    [
      'attributes without namespace first, then in order of namespaces, whatever their prefixes',
      '<part xmlns:a="urn:2" xmlns:b="urn:1" a:x="1" b:x="2" y="3"/>',
      '<part xmlns:a="urn:2" xmlns:b="urn:1" y="3" b:x="2" a:x="1"></part>',
    ],
    [
      'attributes in order of code points',
      '<part \u{10000}="1" \uf900="2"/>',
      '<part \uf900="2" \u{10000}="1"></part>',
    ],
    [
      'namespaces in order of their prefixes, the default first',
      '<b:part xmlns:b="urn:b" xmlns:a="urn:a" xmlns="urn:d"><d a:x="1"/></b:part>',
      {
        exclusive: '<b:part xmlns:b="urn:b"><d xmlns="urn:d" xmlns:a="urn:a" a:x="1"></d></b:part>',
        inclusive: '<b:part xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b"><d a:x="1"></d></b:part>',
      },
    ],
    [
      'no declaration that says nothing new',
      '<a:part xmlns:a="urn:a"><a:b xmlns:a="urn:a"><a:c xmlns:a="urn:c"/></a:b></a:part>',
      '<a:part xmlns:a="urn:a"><a:b><a:c xmlns:a="urn:c"></a:c></a:b></a:part>',
    ],
    ['no default namespace taken back that was not there', '<part xmlns=""/>', '<part></part>'],
    [
      'the default namespace taken back',
      '<part xmlns="urn:a"><b xmlns=""/></part>',
      '<part xmlns="urn:a"><b xmlns=""></b></part>',
    ],
    [
      'no declaration of the prefix xml',
      '<part xmlns:xml="http://www.w3.org/XML/1998/namespace" xml:lang="en"/>',
      '<part xml:lang="en"></part>',
    ],
  ] as const)('has %s', (_, xml, form) => {
    expect(formOf(xml, method)).toBe(typeof form === 'string' ? form : form[method.kind])
  })

  it('leaves an element out and keeps what stands around it', () => {
    const xml = '<part><a/>\n<signature>x</signature>\n<b>&#65;</b></part>'
    const document = parseXml(new TextEncoder().encode(xml), MESSAGE_LIMITS)
    const omitted = document.elements.find(({ tag }) => tag.localName === 'signature')
    const form = canonicalize({ document, element: document.root, omitted }, method)
    expect(form).toBe('<part><a></a>\n\n<b>A</b></part>')
  })

  it('has four million characters at most', () => {
    // Each of them takes five characters, and '<part></part>' thirteen.
    const longest = `${'&'.repeat((4 * 1024 * 1024 - 13 - 1) / 5)}x`
    const xml = (text: string) => `<part><![CDATA[${text}]]></part>`
    expect(formOf(xml(longest), method)).toHaveLength(4 * 1024 * 1024)
    expect(() => formOf(xml(`${longest}x`), method)).toThrow(refused('the canonical form is longer than any'))
  })
})

describe('a part of a document', () => {
  const xml =
    '<whole xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b"><a:part x="b:value"><a:c/><b:d/></a:part></whole>'

  it('declares in exclusive form what it uses itself, where it uses it', () => {
    expect(formOf(xml, EXCLUSIVE)).toBe(
      '<a:part xmlns:a="urn:a" x="b:value"><a:c></a:c><b:d xmlns:b="urn:b"></b:d></a:part>',
    )
  })

  it('declares in exclusive form what is listed, too', () => {
    const method: Canonicalization = { kind: 'exclusive', inclusivePrefixes: ['', 'b', 'unknown', 'xml'] }
    expect(formOf(xml, method)).toBe(
      '<a:part xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b" x="b:value"><a:c></a:c><b:d></b:d></a:part>',
    )
  })

  it('declares in inclusive form all that is in scope around it', () => {
    expect(formOf(xml, INCLUSIVE)).toBe(
      '<a:part xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b" x="b:value"><a:c></a:c><b:d></b:d></a:part>',
    )
  })

  const inherited = [
    ['xml:lang and xml:space', '<whole xml:space="preserve" xml:lang="en"><part a="1"/></whole>'],
    [
      'the nearest',
      '<all xml:lang="de" xml:space="preserve"><whole xml:lang="en"><part a="1"/></whole></all>',
    ],
  ] as const
  it.each(inherited)('takes over %s from around it in inclusive forms', (_, around) => {
    const form = '<part a="1" xml:lang="en" xml:space="preserve"></part>'
    expect(formOf(around, INCLUSIVE)).toBe(form)
    expect(formOf(around, INCLUSIVE_11)).toBe(form)
    expect(formOf(around, EXCLUSIVE)).toBe('<part a="1"></part>')
  })

  it('keeps its own language', () => {
    const around = '<whole xml:lang="de"><part xml:lang="en"><b/></part></whole>'
    expect(formOf(around, INCLUSIVE)).toBe('<part xml:lang="en"><b></b></part>')
  })

  it('takes over every attribute of xml in Canonical XML 1.0, and in 1.1 no id', () => {
    const around = '<whole xml:id="w" xml:base="http://x.example/"><part/></whole>'
    expect(formOf(around, INCLUSIVE)).toBe('<part xml:base="http://x.example/" xml:id="w"></part>')
    expect(formOf('<whole xml:id="w"><part/></whole>', INCLUSIVE_11)).toBe('<part></part>')
  })

  it('has no form of Canonical XML 1.1 where bases would have to be joined', () => {
    expect(() => formOf('<whole xml:base="http://x.example/"><part/></whole>', INCLUSIVE_11)).toThrow(
      refused('xml:base stands around what is signed'),
    )
  })
})
