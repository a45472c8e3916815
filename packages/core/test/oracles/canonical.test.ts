import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Canonicalization, canonicalize } from '../../src/saml/xml/canonical.ts'
import { METADATA_LIMITS } from '../../src/saml/xml/limits.ts'
import { parseXml } from '../../src/saml/xml/reader.ts'
import { attributeOf, type XmlDocument, type XmlElement } from '../../src/saml/xml/tree.ts'
import { createRandom, type Random } from '../random-configurations.ts'
import { type DocumentOptions, randomDocument } from '../random-documents.ts'
import { ask, file } from './programs.ts'

const EXCLUSIVE: Canonicalization = { kind: 'exclusive', inclusivePrefixes: [] }

function read(xml: string): XmlDocument {
  return parseXml(new TextEncoder().encode(xml), METADATA_LIMITS)
}

function documents(seed: number, count: number, options: DocumentOptions = {}): string[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => randomDocument(random, options))
}

describe('a document in canonical form', () => {
  const methods: readonly (readonly [string, Canonicalization])[] = [
    ['--exc-c14n', EXCLUSIVE],
    ['--c14n', { kind: 'inclusive', version: '1.0' }],
    ['--c14n11', { kind: 'inclusive', version: '1.1' }],
  ]

  /** What it is here and what it is there: the first document where these are not the same. */
  function firstDifference(written: readonly string[], option: string, method: Canonicalization) {
    const { output, complaints } = ask('xmllint', ['--nonet', option, ...written.map(file)])
    expect(complaints).toBe('')
    let offset = 0
    for (const xml of written) {
      const document = read(xml)
      const ours = canonicalize({ document, element: document.root }, method)
      const theirs = output.slice(offset, offset + ours.length)
      if (ours !== theirs) return { xml, ours, theirs }
      offset += ours.length
    }
    expect(offset).toBe(output.length)
    return undefined
  }

  it.each(methods)('is what xmllint %s makes of it, byte for byte', (option, method) => {
    expect(firstDifference(documents(1, 2000), option, method)).toBeUndefined()
  })

  it('has no comments', () => {
    const written = documents(2, 500, { comments: true })
    expect(written.filter((xml) => xml.includes('<!--')).length).toBeGreaterThan(100)
    const without = written.map((xml) => xml.replaceAll(/<!--.*?-->/gs, ''))
    const form = (xml: string) => {
      const document = read(xml)
      return canonicalize({ document, element: document.root }, EXCLUSIVE)
    }
    expect(written.map(form)).toEqual(without.map(form))
    expect(firstDifference(without, '--exc-c14n', EXCLUSIVE)).toBeUndefined()
  })

  it('has itself as its canonical form', () => {
    for (const xml of documents(3, 500)) {
      for (const [, method] of methods) {
        const document = read(xml)
        const once = canonicalize({ document, element: document.root }, method)
        const again = read(once)
        expect(canonicalize({ document: again, element: again.root }, method)).toBe(once)
      }
    }
  })
})

/** A way to bring an element into canonical form, as a Transform and for us. */
interface Form {
  readonly transform: string
  readonly method: Canonicalization
}

const DS = 'http://www.w3.org/2000/09/xmldsig#'
const EC = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** Prefixes that may be in scope or not, may be used or not, and may be named more than once. */
const listed = ['p', 'q', 'r', 'P', 'n-1', 'ä', '#default', 'nowhere'] as const

function randomForm(random: Random): Form {
  if (random.happens(0.2)) {
    const Algorithm = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
    return { transform: algorithm(Algorithm), method: { kind: 'inclusive', version: '1.0' } }
  }
  if (random.happens(0.25)) {
    const Algorithm = 'http://www.w3.org/2006/12/xml-c14n11'
    return { transform: algorithm(Algorithm), method: { kind: 'inclusive', version: '1.1' } }
  }
  if (random.happens(0.3)) return { transform: algorithm(EC), method: EXCLUSIVE }
  const list = random.some(listed, 0.4)
  return {
    transform: algorithm(EC, `<InclusiveNamespaces xmlns="${EC}" PrefixList="${list.join(' ')}"/>`),
    method: {
      kind: 'exclusive',
      inclusivePrefixes: list.map((prefix) => (prefix === '#default' ? '' : prefix)),
    },
  }
}

function algorithm(uri: string, parameters = ''): string {
  return `<Transform Algorithm="${uri}">${parameters}</Transform>`
}

/** What xmlsec1 is to digest: an element by its ID, in a form. */
interface Wanted {
  readonly element: XmlElement
  readonly id: string
  readonly form: Form
}

/** The SHA-256 of each that is wanted, as xmlsec1 finds it when it signs references to them. */
function digestsByXmlsec1(xml: string, wanted: readonly Wanted[], hmacKey: string): string[] {
  const references = wanted.map(
    ({ id, form }) =>
      `<Reference URI="#${id}"><Transforms>${form.transform}</Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>`,
  )
  const signature = `<Signature xmlns="${DS}"><SignedInfo><CanonicalizationMethod Algorithm="${EC}"/><SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"/>${references.join('')}</SignedInfo><SignatureValue/></Signature>`
  const names = new Set(wanted.map(({ element }) => element.tag.localName))
  const ids = [...names].flatMap((name) => ['--id-attr:ID', name])
  // Digests do not depend on who signs.
  const template = file(withLastChild(xml, signature))
  const { output, complaints, isContent } = ask('xmlsec1', ['--sign', '--hmackey', hmacKey, ...ids, template])
  expect(isContent ? '' : complaints).toBe('')
  return [...output.matchAll(/<DigestValue>([^<]+)<\/DigestValue>/g)].map(([, digest = '']) => digest)
}

/** Into the document, but into nothing that is wanted. */
function withLastChild(xml: string, signature: string): string {
  const end = read(xml).root.contentEnd
  return `${xml.slice(0, end)}${signature}${xml.slice(end)}`
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}

describe('an element deep in a document', () => {
  const hmacKey = file('a key that proves nothing')

  function compare(seed: number, options: DocumentOptions, form: (random: Random) => Form): number {
    const random = createRandom(seed)
    let compared = 0
    while (compared < 600) {
      const xml = randomDocument(random, { ids: 0.6, ...options })
      const document = read(xml)
      if (document.root.end === document.root.contentEnd) continue
      const wanted = document.elements.flatMap((element): Wanted[] => {
        const id = attributeOf(element, 'ID')
        return id === undefined || !element.parent ? [] : [{ element, id, form: form(random) }]
      })
      if (wanted.length === 0) continue
      const theirs = digestsByXmlsec1(xml, wanted, hmacKey)
      const forms = wanted.map(({ element, form }) => canonicalize({ document, element }, form.method))
      const different = wanted.filter((_, index) => sha256(forms[index] ?? '') !== theirs[index])
      expect(different.map(({ id, form }) => ({ xml, id, transform: form.transform }))).toEqual([])
      compared += wanted.length
    }
    return compared
  }

  it('has the canonical form of which xmlsec1 makes the digest, by every method and list of prefixes', () => {
    expect(compare(4, {}, randomForm)).toBeGreaterThan(0)
  })

  it('takes over what xmlsec1 takes over of the attributes around it, and no more', () => {
    const xmlAttributes = [
      ['lang', 'de'],
      ['lang', 'fr'],
      ['space', 'preserve'],
      ['space', 'default'],
      ['other', 'x'],
    ] as const
    expect(compare(5, { xmlAttributes }, randomForm)).toBeGreaterThan(0)
  })

  it('takes over xml:base too in Canonical XML 1.0', () => {
    const xmlAttributes = [['base', 'https://x.example/']] as const
    const form: Form = {
      transform: algorithm('http://www.w3.org/TR/2001/REC-xml-c14n-20010315'),
      method: { kind: 'inclusive', version: '1.0' },
    }
    expect(compare(6, { xmlAttributes }, () => form)).toBeGreaterThan(0)
  })
})
