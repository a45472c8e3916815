import { X509Certificate } from 'node:crypto'
import * as xmldom from '@xmldom/xmldom'
import { XMLParser } from 'fast-xml-parser'
import { setNodeDependencies } from 'xml-core'
import { Application, Parse, SignedXml } from 'xmldsigjs'
import { SsoError } from '../../src/errors/index.ts'
import { verifySignature } from '../../src/saml/signature.ts'
import { NS } from '../../src/saml/urns.ts'
import { MESSAGE_LIMITS } from '../../src/saml/xml/limits.ts'
import { parseXml } from '../../src/saml/xml/reader.ts'
import { isElement, type XmlElement } from '../../src/saml/xml/tree.ts'
import { keysOf } from '../fuzz/setting.ts'

/** An element as any reader has it: names as they are written, and texts that stand beside each other as one. */
export interface PlainElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (PlainElement | string)[]
}

/** What we read. @throws SsoError as we do */
export function readHere(xml: string): PlainElement {
  return plain(parseXml(new TextEncoder().encode(xml), MESSAGE_LIMITS).root)
}

function plain({ tag, children }: XmlElement): PlainElement {
  const declarations = tag.declarations.map(({ prefix, uri }) => [qualified('xmlns', prefix), uri] as const)
  const attributes = tag.attributes.map(({ prefix, localName, value }) => [
    qualified(prefix, localName),
    value,
  ])
  return {
    name: qualified(tag.prefix, tag.localName),
    attributes: Object.fromEntries([...attributes, ...declarations]),
    children: joined(children.map((child) => (typeof child === 'string' ? child : plain(child)))),
  }
}

function qualified(prefix: string, localName: string): string {
  return [prefix, localName].filter((part) => part !== '').join(':')
}

function joined(children: readonly (PlainElement | string)[]): (PlainElement | string)[] {
  const result: (PlainElement | string)[] = []
  for (const child of children) {
    const last = result.at(-1)
    if (typeof child === 'string' && typeof last === 'string') result.splice(-1, 1, last + child)
    else if (child !== '') result.push(child)
  }
  return result
}

/** With everything that it would leave out, and nothing that it would make of it: numbers, for instance. */
const fastXmlParser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
  // References by number are among them.
  htmlEntities: true,
  cdataPropName: '#cdata',
  ignoreDeclaration: true,
})

type ParsedNode = Readonly<Record<string, unknown>>

/** What fast-xml-parser reads: all that stands outside of any element. @throws Error as it does */
export function readByFastXmlParser(xml: string): readonly (PlainElement | string)[] {
  return joined(
    nodesOf(fastXmlParser.parse(xml)).filter((node) => typeof node !== 'string' || node.trim() !== ''),
  )
}

function nodesOf(parsed: readonly ParsedNode[]): (PlainElement | string)[] {
  return parsed.flatMap((node): (PlainElement | string)[] => {
    if ('#text' in node) return [String(node['#text'])]
    if ('#cdata' in node) return nodesOf(node['#cdata'] as ParsedNode[])
    const [name = ''] = Object.keys(node).filter((key) => key !== ':@')
    const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>
    return [{ name, attributes, children: joined(nodesOf(node[name] as ParsedNode[])) }]
  })
}

setNodeDependencies({ ...xmldom })
Application.setEngine('WebCrypto', crypto)

/** Whether xmldsigjs takes the first signature of a document for one by this key. What it throws is a no. */
export async function isValidForXmldsigjs(xml: string, certificate: string): Promise<boolean> {
  // It writes what it thinks of a document.
  const { error, warn } = console
  console.error = console.warn = () => undefined
  try {
    const document = Parse(xml)
    const [signature] = document.getElementsByTagNameNS(NS.ds, 'Signature')
    if (!signature) return false
    const signed = new SignedXml(document)
    signed.LoadXml(signature)
    return await signed.Verify(await publicKey(certificate))
  } catch {
    return false
  } finally {
    Object.assign(console, { error, warn })
  }
}

async function publicKey(certificate: string): Promise<CryptoKey> {
  const { publicKey: key } = new X509Certificate(Buffer.from(certificate, 'base64'))
  const algorithm =
    key.asymmetricKeyType === 'ec'
      ? { name: 'ECDSA', namedCurve: 'P-256' }
      : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const spki = new Uint8Array(key.export({ type: 'spki', format: 'der' }))
  return crypto.subtle.importKey('spki', spki, algorithm, true, ['verify'])
}

/** Whether we take it for one, wherever it stands. @throws what is no refusal */
export async function isValidHere(xml: Uint8Array, certificates: readonly string[]): Promise<boolean> {
  try {
    const document = parseXml(xml, MESSAGE_LIMITS)
    const element = document.elements.find((one) => isElement(one, NS.ds, 'Signature'))?.parent
    if (!element) return false
    await verifySignature({ document, element }, keysOf(certificates))
    return true
  } catch (error) {
    if (error instanceof SsoError) return false
    throw error
  }
}
