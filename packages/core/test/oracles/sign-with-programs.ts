import type { KeyType, SamlKey } from '@doorward/testkit/saml'
import { METADATA_LIMITS } from '../../src/saml/xml/limits.ts'
import { parseXml } from '../../src/saml/xml/reader.ts'
import { attributeOf, type XmlDocument, type XmlElement } from '../../src/saml/xml/tree.ts'
import type { Random } from '../random-configurations.ts'
import { randomDocument } from '../random-documents.ts'
import { ask, file } from './programs.ts'

const DS = 'http://www.w3.org/2000/09/xmldsig#'
const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#'

const canonicalizations = [
  EXCLUSIVE,
  `${EXCLUSIVE}WithComments`,
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  'http://www.w3.org/2006/12/xml-c14n11',
  'http://www.w3.org/2006/12/xml-c14n11#WithComments',
] as const

const digests = [
  'http://www.w3.org/2001/04/xmlenc#sha256',
  `${MORE}sha384`,
  'http://www.w3.org/2001/04/xmlenc#sha512',
] as const

/** A document of which an element is signed. */
export interface SignedDocument {
  readonly xml: string
  /** The name of the signed element, as xmlsec1 is told which attributes are IDs. */
  readonly localName: string
  readonly id: string
}

/** Reads a document as broadly as anything is read here. */
export function read(xml: string): XmlDocument {
  return parseXml(new TextEncoder().encode(xml), METADATA_LIMITS)
}

/** The element with an ID. */
export function elementWithId(document: XmlDocument, id: string): XmlElement {
  const element = document.elements.find((one) => attributeOf(one, 'ID') === id)
  if (!element) throw new Error(`nothing has the ID ${id}`)
  return element
}

/** Keys as programs take them. */
export function privateKeyFile({ privateKey }: SamlKey): string {
  return file(`-----BEGIN PRIVATE KEY-----\n${lines(privateKey)}\n-----END PRIVATE KEY-----\n`)
}

function lines(base64: string): string {
  return (base64.match(/.{1,64}/g) ?? []).join('\n')
}

/**
 * A random document with a signature of one of its elements in it that has no value yet: by any canonicalization and
 * digest, with any prefixes listed, wherever in the element it stands, however it is written.
 *
 * @param method the URI of the signature's algorithm
 */
export function randomTemplate(random: Random, method: string): SignedDocument {
  for (;;) {
    const xml = randomDocument(random, { ids: 0.7 })
    const candidates = read(xml).elements.filter(
      (element) => attributeOf(element, 'ID') !== undefined && element.end !== element.contentEnd,
    )
    const [first, ...others] = candidates
    if (!first) continue
    const { start, tag, contentEnd } = random.pick([first, ...others])
    const id = attributeOf({ tag } as XmlElement, 'ID') ?? ''
    const place = random.pick([start + tag.source.length, contentEnd])
    const signature = templateOf(random, id, method)
    return { xml: xml.slice(0, place) + signature + xml.slice(place), localName: tag.localName, id }
  }
}

function templateOf(random: Random, id: string, method: string): string {
  const prefix = random.pick(['', 'ds:', 'p:', 'dsig:'])
  const space = random.pick(['', '', '\n  ', '\r\n'])
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`
  const tag = (name: string, attributes: string, ...children: readonly string[]) =>
    `<${prefix}${name}${attributes}>${space}${children.join(space)}${space}</${prefix}${name}>`
  const algorithm = (name: string, uri: string, parameters = '') =>
    `<${prefix}${name} Algorithm="${uri}">${parameters}</${prefix}${name}>`
  const canonicalization = (name: string) => {
    const uri = random.pick(canonicalizations)
    const list = random.some(['p', 'q', 'r', 'ä', '#default', 'nowhere', prefix.slice(0, -1) || 'p'], 0.3)
    const isListed = uri.startsWith(EXCLUSIVE) && list.length > 0
    const parameters = `<ec:InclusiveNamespaces xmlns:ec="${EXCLUSIVE}" PrefixList="${list.join(' ')}"/>`
    return algorithm(name, uri, isListed ? parameters : '')
  }
  const transforms = tag(
    'Transforms',
    '',
    algorithm('Transform', `${DS}enveloped-signature`),
    ...random.pick([[canonicalization('Transform')], [canonicalization('Transform')], []]),
  )
  const reference = tag(
    'Reference',
    ` URI="#${id}"`,
    transforms,
    algorithm('DigestMethod', random.pick(digests)),
    `<${prefix}DigestValue/>`,
  )
  const signedInfo = tag(
    'SignedInfo',
    '',
    canonicalization('CanonicalizationMethod'),
    algorithm('SignatureMethod', method),
    reference,
  )
  return tag('Signature', ` ${declaration}="${DS}"`, signedInfo, `<${prefix}SignatureValue/>`)
}

/** Has xmlsec1 fill in digest and value. */
export function signByXmlsec1(template: SignedDocument, keyFile: string): SignedDocument {
  const { output, complaints, isContent } = ask('xmlsec1', [
    '--sign',
    '--pkcs8-pem',
    keyFile,
    ...idAttribute(template),
    file(template.xml),
  ])
  if (!isContent) throw new Error(complaints)
  return { ...template, xml: output }
}

/** Whether xmlsec1 takes the one signature of a document for one by this key. */
export function isValidForXmlsec1(signed: SignedDocument, certificate: string): boolean {
  return ask('xmlsec1', [
    '--verify',
    ...['--enabled-key-data', 'rsa,ec', '--pubkey-cert-pem', certificate],
    ...idAttribute(signed),
    file(signed.xml),
  ]).isContent
}

function idAttribute({ localName }: SignedDocument): string[] {
  return ['--id-attr:ID', localName]
}

/** What xmlsec1 does not sign by, and how openssl does. */
export const signedByOpenssl: readonly {
  readonly name: string
  readonly uri: string
  readonly type: KeyType
}[] = [
  { name: 'sha256-rsa-MGF1', uri: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1', type: 'RSA' },
  { name: 'sha384-rsa-MGF1', uri: 'http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1', type: 'RSA' },
  { name: 'sha512-rsa-MGF1', uri: 'http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1', type: 'RSA' },
  {
    name: 'eddsa-ed25519',
    uri: 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519',
    type: 'Ed25519',
  },
]

/**
 * Signs by an algorithm that this xmlsec1 does not know: it finds the digest, xmllint the canonical form of what is
 * signed, and openssl makes the signature.
 */
export function signByOpenssl(
  template: SignedDocument,
  { name, uri, keyFile, rsaKeyFile }: { name: string; uri: string; keyFile: string; rsaKeyFile: string },
): SignedDocument {
  const signed = signByXmlsec1(template, rsaKeyFile)
  const [signature = ''] = /<(\w+:)?Signature[\s>][\s\S]*<\/\1?Signature>/.exec(signed.xml) ?? []
  const digest = /DigestValue>([^<]+)</.exec(signature)?.[1] ?? ''
  const digestMethod = /DigestMethod Algorithm="([^"]+)"/.exec(signature)?.[1] ?? ''
  const transforms = /<((?:\w+:)?)Transforms>[\s\S]*<\/\1Transforms>/.exec(signature)?.[0] ?? ''
  const ds = transforms.replaceAll(/<(\/?)(?:\w+:)?(?=Transform)/g, '<$1ds:')
  const signedInfo = ask(
    'xmllint',
    ['--nonet', '--exc-c14n', '-'],
    `<ds:SignedInfo xmlns:ds="${DS}"><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"/><ds:SignatureMethod Algorithm="${uri}"/><ds:Reference URI="#${template.id}">${ds}<ds:DigestMethod Algorithm="${digestMethod}"/><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
  ).output
  const out = file('')
  const hash = name.slice(0, 'sha256'.length)
  const args =
    name === 'eddsa-ed25519'
      ? ['pkeyutl', '-sign', '-rawin', '-inkey', keyFile, '-in', file(signedInfo), '-out', out]
      : [
          ...['dgst', `-${hash}`, '-sign', keyFile, '-sigopt', 'rsa_padding_mode:pss'],
          ...['-sigopt', 'rsa_pss_saltlen:digest', '-out', out, file(signedInfo)],
        ]
  const { isContent, complaints } = ask('openssl', args)
  if (!isContent) throw new Error(complaints)
  const value = ask('openssl', ['base64', '-in', out]).output
  const replaced = signed.xml.replace(
    signature,
    () =>
      `<ds:Signature xmlns:ds="${DS}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`,
  )
  return { ...template, xml: replaced }
}
