import {
  type BuildOptions,
  buildResponse,
  createSamlKeyRing,
  defaultSamlUser,
  generateSamlKey,
  type LoginFacts,
  type SamlPersonality,
  samlPersonalities,
} from '@doorward/testkit/saml'
import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '../../src/encoding/base64.ts'
import { SsoError } from '../../src/errors/index.ts'
import { names, now } from '../fuzz/setting.ts'
import { createRandom } from '../random-configurations.ts'
import { randomDocument } from '../random-documents.ts'
import { randomText } from '../random-elements.ts'
import {
  readDifferently,
  readOnlyByFastXmlParser,
  readOnlyHere,
  refusedByXmldsigjs,
  takenByXmldsigjs,
} from './peer-differences.ts'
import { isValidForXmldsigjs, isValidHere, readByFastXmlParser, readHere } from './peers.ts'

describe('fast-xml-parser', () => {
  it('reads the names, attributes and texts that we read', () => {
    const random = createRandom(21)
    for (let n = 0; n < 1000; n++) {
      // As to ends of lines in values, they differ: see the table.
      const xml = randomDocument(random, { linesInValues: false })
      expect(readByFastXmlParser(xml)).toEqual([readHere(xml)])
    }
  })

  it.each(readOnlyByFastXmlParser)('reads what we refuse: $because', ({ xml }) => {
    expect(() => readByFastXmlParser(xml)).not.toThrow()
    expect(() => readHere(xml)).toThrow(SsoError)
  })

  it.each(readOnlyHere)('refuses what we read: $because', ({ xml }) => {
    expect(() => readByFastXmlParser(xml)).toThrow()
    expect(() => readHere(xml)).not.toThrow()
  })

  it.each(readDifferently)('reads something else: $because', ({ xml, here, there }) => {
    expect(readHere(xml)).toEqual(here)
    expect(readByFastXmlParser(xml)).toEqual(there)
  })
})

const current = await generateSamlKey('RSA', 'current.idp.example', now)
const keys = createSamlKeyRing('RSA', { current })

const facts: LoginFacts = {
  issuer: names.idp,
  audience: names.audience,
  acsUrl: names.acsUrl,
  inResponseTo: names.requestId,
  now,
  user: defaultSamlUser,
}

describe('xmldsigjs', () => {
  it('takes the signatures that we take, over whatever an identity provider says', async () => {
    const random = createRandom(22)
    for (let n = 0; n < 60; n++) {
      // As to ends of lines, they differ: see the next test.
      const text = () => randomText(random).replaceAll(/[\u0085\u2028]/g, '')
      const attributes = Array.from({ length: random.below(5) }, (_, index) => ({
        name: `${index}${text()}`,
        values: Array.from({ length: random.below(4) }, text),
      }))
      const options: BuildOptions = {
        keys,
        sign: random.pick(['assertion', 'response', 'both']),
        signatureMethod: random.pick(['rsa-sha256', 'rsa-sha384', 'rsa-sha512']),
        digestMethod: random.pick(['sha256', 'sha384', 'sha512']),
        canonicalization: random.pick(['exclusive', 'exclusive-with-comments', 'inclusive-1.0']),
        keyInfo: random.happens(0.5),
      }
      const user = { nameId: text(), attributes }
      const { xml } = await buildResponse({ ...facts, user }, samlPersonalities.good, options)
      const isValid = {
        here: await isValidHere(new TextEncoder().encode(xml), [current.certificate]),
        there: await isValidForXmldsigjs(xml, current.certificate),
      }
      expect({ xml, ...isValid }).toMatchObject({ here: true, there: true })
      const altered = xml.replaceAll('IssueInstant="2', 'IssueInstant="3')
      expect(await isValidForXmldsigjs(altered, current.certificate)).toBe(false)
      expect(await isValidHere(new TextEncoder().encode(altered), [current.certificate])).toBe(false)
    }
  })

  it.each(['\u0085', '\u2028'])(
    'refuses what we take: its reader makes an end of a line of %j, as only XML 1.1 does',
    async (nameId) => {
      const user = { nameId, attributes: [] }
      const { xml } = await buildResponse({ ...facts, user }, samlPersonalities.good, { keys })
      expect(await isValidHere(new TextEncoder().encode(xml), [current.certificate])).toBe(true)
      expect(await isValidForXmldsigjs(xml, current.certificate)).toBe(false)
    },
  )

  it('takes the signatures of all other answers that we take, but for these reasons', async () => {
    const { here, there } = await verdicts()
    const unlike = here.filter((name) => !there.includes(name))
    expect(unlike.sort()).toEqual(Object.values(refusedByXmldsigjs).flat().sort())
  })

  it('refuses the signatures of all other answers that we refuse, but for these reasons', async () => {
    const { here, there } = await verdicts()
    const unlike = there.filter((name) => !here.includes(name))
    expect(unlike.sort()).toEqual(Object.values(takenByXmldsigjs).flat().sort())
  })
})

/** xmldsigjs takes seconds to refuse some of what is longer, in bytes. */
const MAX_LENGTH = 200_000

let known: Promise<{ here: readonly string[]; there: readonly string[] }> | undefined

/** The personalities whose signature, the first one, is taken, here and there. */
function verdicts(): Promise<{ here: readonly string[]; there: readonly string[] }> {
  known ??= findVerdicts()
  return known
}

async function findVerdicts() {
  const here: string[] = []
  const there: string[] = []
  for (const personality of Object.values<SamlPersonality>(samlPersonalities)) {
    if (personality.needs === 'encryption') continue
    const { parameters, certificates } = await buildResponse(facts, personality, { keys })
    const bytes = decodeBase64(parameters.get('SAMLResponse') ?? '')
    if (!bytes || bytes.length > MAX_LENGTH) continue
    const xml = new TextDecoder().decode(bytes)
    if (await isValidHere(bytes, certificates)) here.push(personality.name)
    for (const certificate of certificates) {
      if (await isValidForXmldsigjs(xml, certificate)) there.push(personality.name)
    }
  }
  return { here, there }
}
