import { generateSamlKey, type KeyType, type SamlKey } from '@doorward/testkit/saml'
import { describe, expect, it } from 'vitest'
import { SsoError } from '../../src/errors/index.ts'
import { verifySignature } from '../../src/saml/signature.ts'
import { NS } from '../../src/saml/urns.ts'
import { childrenOf } from '../../src/saml/xml/tree.ts'
import { keysOf } from '../fuzz/setting.ts'
import { createRandom, type Random } from '../random-configurations.ts'
import { certificateFile } from './programs.ts'
import {
  elementWithId,
  isValidForXmlsec1,
  privateKeyFile,
  randomTemplate,
  read,
  type SignedDocument,
  signByOpenssl,
  signByXmlsec1,
  signedByOpenssl,
} from './sign-with-programs.ts'

const MORE = 'http://www.w3.org/2001/04/xmldsig-more#'

/** A key as we have it and as programs do. */
interface Signer {
  readonly key: SamlKey
  readonly keyFile: string
  readonly certificate: string
}

async function signerOf(type: KeyType): Promise<Signer> {
  const key = await generateSamlKey(type, 'idp.example')
  return { key, keyFile: privateKeyFile(key), certificate: certificateFile(key.certificate) }
}

const signers: Readonly<Record<string, Signer>> = {
  RSA: await signerOf('RSA'),
  'P-256': await signerOf('P-256'),
  'P-384': await signerOf('P-384'),
  'P-521': await signerOf('P-521'),
  Ed25519: await signerOf('Ed25519'),
}
const stranger = await signerOf('RSA')

function signer(type: string): Signer {
  const found = signers[type]
  if (!found) throw new Error(`there is no key of type ${type}`)
  return found
}

/** Whether we take the signature for one by this key: refusals are answers, other exceptions are not. */
async function isValidForUs({ xml, id }: SignedDocument, { key }: Signer): Promise<boolean> {
  try {
    const document = read(xml)
    const element = elementWithId(document, id)
    const verified = await verifySignature({ document, element }, keysOf([key.certificate]))
    return verified.element === element
  } catch (error) {
    // An ID that was altered is not found.
    if (error instanceof SsoError || String(error).includes('nothing has the ID')) return false
    throw error
  }
}

const letter = /[A-Za-z0-9]/

/** Another letter or digit in the place of one. */
function alter(signed: SignedDocument, at: number): SignedDocument {
  const now = signed.xml[at] ?? ''
  const next = /\d/.test(now)
    ? String((Number(now) + 1) % 10)
    : /[zZ]/.test(now)
      ? 'a'
      : String.fromCharCode(now.charCodeAt(0) + 1)
  return { ...signed, xml: signed.xml.slice(0, at) + next + signed.xml.slice(at + 1) }
}

/** Where what is signed has letters: in the element without its signature, and in SignedInfo. */
function signedPlaces({ xml, id }: SignedDocument): number[] {
  const document = read(xml)
  const element = elementWithId(document, id)
  const [signature] = childrenOf(element, NS.ds, 'Signature')
  const [signedInfo] = signature ? childrenOf(signature, NS.ds, 'SignedInfo') : []
  const isSigned = (at: number) =>
    (at >= element.start &&
      at < element.end &&
      !(signature && at >= signature.start && at < signature.end)) ||
    (signedInfo && at >= signedInfo.start && at < signedInfo.end)
  return Array.from(xml, (_, at) => at).filter((at) => isSigned(at) && letter.test(xml[at] ?? ''))
}

const byXmlsec1 = [
  ...['256', '384', '512'].map((bits) => ({ type: 'RSA', uri: `${MORE}rsa-sha${bits}` })),
  ...['P-256', 'P-384', 'P-521'].flatMap((type) =>
    ['256', '384', '512'].map((bits) => ({ type, uri: `${MORE}ecdsa-sha${bits}` })),
  ),
]

describe.each(byXmlsec1)('a signature by xmlsec1 with $type and $uri', ({ type, uri }) => {
  it('is valid here, over whatever document, and neither here nor there once it was altered', async () => {
    const random = createRandom(uri.length + type.length)
    for (let n = 0; n < 6; n++) {
      const signed = signByXmlsec1(randomTemplate(random, uri), signer(type).keyFile)
      expect({ ...signed, isValid: await isValidForUs(signed, signer(type)) }).toMatchObject({
        isValid: true,
      })
      expect(await isValidForUs(signed, stranger)).toBe(false)
      await expectAgreement(random, signed, signer(type))
    }
  })
})

/** What is altered may not have been signed, such as a prefix that is not used: then it is still valid there, perhaps here. */
async function expectAgreement(random: Random, signed: SignedDocument, by: Signer): Promise<void> {
  const places = signedPlaces(signed)
  for (let n = 0; n < 3; n++) {
    const altered = alter(signed, places[random.below(places.length)] ?? 0)
    const here = await isValidForUs(altered, by)
    const there = isValidForXmlsec1(altered, by.certificate)
    expect({ ...altered, here }).toMatchObject({ here: there })
  }
}

describe('a signature over an assertion', () => {
  const template: SignedDocument = {
    id: '_1',
    localName: 'Assertion',
    xml: `<saml:Assertion xmlns:saml="${NS.saml}" ID="_1" Version="2.0"><saml:Issuer>https://idp.example</saml:Issuer><ds:Signature xmlns:ds="${NS.ds}"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${NS.ec}"/><ds:SignatureMethod Algorithm="${MORE}rsa-sha256"/><ds:Reference URI="#_1"><ds:Transforms><ds:Transform Algorithm="${NS.ds}enveloped-signature"/><ds:Transform Algorithm="${NS.ec}"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/></ds:Signature><saml:Subject><saml:NameID Format="persistent">somebody</saml:NameID></saml:Subject></saml:Assertion>`,
  }

  it('is neither valid here nor there with any letter altered that is signed', async () => {
    const signed = signByXmlsec1(template, signer('RSA').keyFile)
    const places = signedPlaces(signed)
    expect(places.length).toBeGreaterThan(500)
    const validHere: number[] = []
    for (const at of places) if (await isValidForUs(alter(signed, at), signer('RSA'))) validHere.push(at)
    expect(validHere).toEqual([])
    const some = createRandom(1).shuffled(places).slice(0, 60)
    const { certificate } = signer('RSA')
    expect(some.filter((at) => isValidForXmlsec1(alter(signed, at), certificate))).toEqual([])
  })

  it('is neither valid here nor there with any letter of its value altered', async () => {
    const signed = signByXmlsec1(template, signer('RSA').keyFile)
    const start = signed.xml.indexOf('<ds:SignatureValue>') + '<ds:SignatureValue>'.length
    const value = signed.xml.slice(start, signed.xml.indexOf('</ds:SignatureValue>'))
    // The last letter holds bits that are not used.
    const places = Array.from(value, (character, index) => (letter.test(character) ? [start + index] : []))
      .flat()
      .slice(0, -1)
    const validHere: number[] = []
    for (const at of places) if (await isValidForUs(alter(signed, at), signer('RSA'))) validHere.push(at)
    expect(validHere).toEqual([])
    const { certificate } = signer('RSA')
    const some = places.filter((_, index) => index % 20 === 0)
    expect(some.filter((at) => isValidForXmlsec1(alter(signed, at), certificate))).toEqual([])
  })
})

describe.each(signedByOpenssl)('a signature by openssl with $name', ({ name, uri, type }) => {
  // This xmlsec1 knows neither RSA-PSS nor Ed25519, and so does not say what it thinks of what was altered.
  it('is valid here, over whatever document, and no more once it was altered', async () => {
    const random = createRandom(9)
    const { keyFile } = signer(type)
    for (let n = 0; n < 6; n++) {
      const template = randomTemplate(random, `${MORE}rsa-sha256`)
      const signed = signByOpenssl(template, { name, uri, keyFile, rsaKeyFile: signer('RSA').keyFile })
      expect({ ...signed, isValid: await isValidForUs(signed, signer(type)) }).toMatchObject({
        isValid: true,
      })
      expect(await isValidForUs(signed, stranger)).toBe(false)
      const digest = signed.xml.indexOf('DigestValue>') + 'DigestValue>'.length
      expect(
        await isValidForUs(
          alter(signed, digest + (letter.test(signed.xml[digest] ?? '') ? 0 : 1)),
          signer(type),
        ),
      ).toBe(false)
    }
  })
})
