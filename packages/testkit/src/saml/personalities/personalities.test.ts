import { createHmac, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { carelesslyAdmit } from '../../test-support/careless-service-provider.ts'
import { differences } from '../../test-support/observe.ts'
import { observeResponse } from '../../test-support/observe-response.ts'
import { build, facts, useKeys } from '../../test-support/responses.ts'
import {
  buildResponse,
  type SamlPersonality,
  type SamlPersonalityName,
  samlPersonalities,
  samlPersonalityNames,
} from '../index.ts'
import { scan, scanText } from '../xml/scan.ts'
import { algorithms } from './algorithms.ts'
import { messages } from './messages.ts'
import { recipients } from './recipients.ts'
import { signaturePlaces } from './signature-places.ts'
import { textSplitting } from './text-splitting.ts'
import { times } from './times.ts'
import { values } from './values.ts'
import { wrapping } from './wrapping.ts'

const keys = useKeys()

function namesOf<Name extends SamlPersonalityName>(table: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(table) as Name[]
}

describe('every personality', () => {
  it('says what is wrong and where the rule is written', () => {
    for (const [name, { wrong, specification, ...personality }] of Object.entries(samlPersonalities)) {
      expect(personality.name).toBe(name)
      expect(wrong.length).toBeGreaterThan(6)
      expect(wrong.startsWith('nothing')).toBe(
        personality.login === 'must-succeed' || wrong.startsWith('nothing'),
      )
      expect(specification.length).toBeGreaterThan(6)
    }
  })

  /** Ciphers, ECDSA and RSA-PSS take random numbers. */
  const random = /^(two-)?encrypted|pss|^ecdsa-(p256|in-der)$/

  it.each(samlPersonalityNames.filter((name) => name !== 'good'))(
    '%s changes what is sent, every time in the same way',
    async (name) => {
      const good = await build(keys, 'good', { relayState: 'r' })
      const spoilt = String((await build(keys, name, { relayState: 'r' })).parameters)
      expect(spoilt === String(good.parameters)).toBe(false)
      if (random.test(name)) return
      expect(spoilt === String((await build(keys, name, { relayState: 'r' })).parameters)).toBe(true)
    },
  )
})

describe('a service provider that wants any signature and checks nothing lets in', () => {
  /** Not written in canonical form, which is all that the careless service provider can read. xmlsec1 can. */
  const beyond: readonly string[] = ['unknown-condition']
  const names: readonly SamlPersonalityName[] = [
    ...namesOf(recipients),
    ...namesOf(times),
    ...namesOf(messages),
    ...namesOf(values),
    ...namesOf(textSplitting),
    ...namesOf(wrapping),
    ...namesOf(signaturePlaces),
  ]
  it.each(names.filter((name) => !beyond.includes(name)))('%s', async (name) => {
    const { xml, certificates } = await build(keys, name)
    // One canonicaliser writes instructions as if they were text.
    const read = name === 'instruction-in-name-id' ? xml.replace(/<\?p (.*?)\?>/, '$1') : xml
    const admitted = await carelesslyAdmit(read.replace(/<!--.*?-->|<\?harmless \?>/g, ''), certificates)
    expect(admitted).toBeDefined()
  })
})

describe('the victim of a rearranged answer is somebody else', () => {
  it.each(namesOf(wrapping))('%s', async (name) => {
    const { xml, certificates } = await build(keys, name)
    const nameIds = (await carelesslyAdmit(xml, certificates))?.nameIds ?? []
    expect(nameIds.includes('victim')).toBe(true)
  })
})

it('what was changed after it was signed lets nobody in', async () => {
  const names: readonly SamlPersonalityName[] = [
    'tampered-name-id',
    'tampered-attribute',
    'tampered-signed-response',
    'signature-removed',
    'unsigned',
    'forged-signature',
  ]
  for (const name of names) {
    const { xml, certificates } = await build(keys, name)
    expect(await carelesslyAdmit(xml, certificates), name).toBeUndefined()
  }
})

describe('keys', () => {
  const trusting = [
    'certificate-of-attacker',
    'certificate-of-attacker-beside-good-one',
    'unpublished-key',
  ] as const
  it.each(trusting)('%s lets in who trusts KeyInfo', async (name) => {
    const { xml, certificates } = await build(keys, name)
    const brought = scan(xml, 'X509Certificate').map(
      ({ start, end }) => scanText(xml.slice(start, end), 'X509Certificate') ?? '',
    )
    expect(await carelesslyAdmit(xml, certificates)).toBeUndefined()
    expect(await carelesslyAdmit(xml, brought)).toBeDefined()
  })

  const secretOf: Readonly<Record<string, (certificate: X509Certificate) => string | Buffer>> = {
    'hmac-with-certificate-pem': (certificate) => certificate.toString(),
    'hmac-with-certificate-der': ({ raw }) => raw,
    'hmac-with-certificate-base64': ({ raw }) => raw.toString('base64'),
    'hmac-with-public-key-pem': ({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' }),
    'hmac-with-public-key-der': ({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' }),
  }
  it.each(namesOf(algorithms).filter((name) => name in secretOf))(
    '%s is what a confused verifier would accept',
    async (name) => {
      const { xml, certificates } = await build(keys, name)
      const certificate = new X509Certificate(Buffer.from(certificates[0] ?? '', 'base64'))
      const octets = xml
        .match(/<ds:SignedInfo>.*<\/ds:SignedInfo>/)?.[0]
        .replace('<ds:SignedInfo', '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"')
      const secret = secretOf[name]?.(certificate) ?? ''
      const expected = createHmac('sha256', secret)
        .update(octets ?? '')
        .digest('base64')
      expect(scanText(xml, 'SignatureValue')).toBe(expected)
    },
  )

  it('a weak key and one on P-256 are published under the personalities that use them', async () => {
    const published = async (name: SamlPersonalityName) => {
      const { certificates } = await build(keys, name)
      const { publicKey } = new X509Certificate(Buffer.from(certificates[0] ?? '', 'base64'))
      return publicKey.asymmetricKeyDetails
    }
    expect(await published('weak-key')).toMatchObject({ modulusLength: 1024 })
    expect(await published('ecdsa-in-der')).toMatchObject({ namedCurve: 'prime256v1' })
  })
})

it("a personality of one's own is one hook", async () => {
  const own: SamlPersonality = {
    ...samlPersonalities.good,
    name: 'consent',
    wrong: 'the Response says that the user has consented',
    hooks: {
      unsigned(root) {
        root.attributes['Consent'] = 'urn:oasis:names:tc:SAML:2.0:consent:obtained'
        return root
      },
    },
  }
  const good = observeResponse((await build(keys, 'good')).xml)
  expect(differences(good, observeResponse((await build(keys, own)).xml))).toEqual({
    'Response@Consent': 'urn:oasis:names:tc:SAML:2.0:consent:obtained',
  })
})

it('what encrypts asks for a certificate of the service provider', async () => {
  const personality = samlPersonalities['encrypted-assertion']
  await expect(buildResponse(facts, personality, { keys: keys.ring })).rejects.toThrow('for whom')
})
