import { SIZES, type Size } from '../names.ts'
import { createCertificate, encodeBase64 } from './certificate.ts'
import { type Claims, claimsOf } from './claims.ts'
import { assertionOf, type Exchange, responseOf, signatureOf, signedInfoOf } from './message.ts'

/** A SAML response as a browser posts it, and what whoever validates it needs to know. */
export interface Input extends Sender {
  readonly size: Size
  /** Of the XML. */
  readonly bytes: number
  readonly message: Message
  /** The same message, each time with something else altered. All must be refused. */
  readonly altered: readonly Message[]
  readonly claims: Claims
  /** What the floor verifies, beside the message: what was signed, and the signature. */
  readonly signed: { readonly data: Uint8Array<ArrayBuffer>; readonly signature: Uint8Array<ArrayBuffer> }
}

/** The XML, and the form field: base64 with padding and without line breaks. */
export interface Message {
  readonly xml: string
  readonly base64: string
}

/** The identity provider, and what it was asked. */
interface Sender {
  readonly exchange: Exchange
  /** Base64 of its DER. */
  readonly certificate: string
  readonly keys: CryptoKeyPair
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1),
}

/** Makes a key pair, and a signed response of each size. The Assertion is signed, the Response is not. */
export async function createInputs(): Promise<readonly Input[]> {
  const keys = (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as CryptoKeyPair
  const sender = { keys, certificate: await createCertificate(keys), exchange: exchangeOf(Date.now()) }
  return Promise.all(SIZES.map((size) => createInput(size, sender)))
}

function exchangeOf(now: number): Exchange {
  const sso = 'https://sso.example.com/api/auth/saml/customer'
  return {
    issuer: 'https://idp.example.com/realms/customer',
    audience: `${sso}/metadata/`,
    acsUrl: `${sso}/acs/`,
    requestId: '_3f9a1c7e5b2d48609e7c1a5f3b8d2e40',
    now,
  }
}

async function createInput(size: Size, sender: Sender): Promise<Input> {
  const { exchange, keys, certificate } = sender
  const claims = claimsOf(size)
  const digested = utf8(assertionOf('canonical', claims, exchange, ''))
  const digest = encodeBase64(new Uint8Array(await crypto.subtle.digest('SHA-256', digested)))
  const data = utf8(signedInfoOf('canonical', digest))
  const signature = new Uint8Array(await crypto.subtle.sign(ALGORITHM.name, keys.privateKey, data))
  const element = signatureOf(digest, encodeBase64(signature), certificate)
  const xml = responseOf(assertionOf('sent', claims, exchange, element), exchange)
  const message = messageOf(xml)
  return {
    ...sender,
    size,
    bytes: utf8(xml).length,
    message,
    altered: alterations(xml, claims).map(messageOf),
    claims,
    signed: { data, signature },
  }
}

/** One character changed: in the NameID, in the last group, in the digest, in the signature. */
function alterations(xml: string, { nameId, attributes }: Claims): string[] {
  const lastGroup = attributes.at(-1)?.values.at(-1) ?? ''
  return [nameId, lastGroup, '<ds:DigestValue>', '<ds:SignatureValue>'].map((mark) => {
    const found = xml.indexOf(mark)
    if (found < 0) throw new Error(`there is no ${mark}`)
    const at = found + (mark.startsWith('<') ? mark.length + 5 : 4)
    return `${xml.slice(0, at)}${xml[at] === 'A' ? 'B' : 'A'}${xml.slice(at + 1)}`
  })
}

function messageOf(xml: string): Message {
  return { xml, base64: encodeBase64(utf8(xml)) }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}
