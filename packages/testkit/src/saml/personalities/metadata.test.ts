import { describe, expect, it } from 'vitest'
import { createSamlIdentityProvider, type MetadataPersonalityName, metadataPersonalities } from '../index.ts'
import { scan, scanAttribute, scanText } from '../xml/scan.ts'

const now = Date.UTC(2030, 0, 1)
const idp = await createSamlIdentityProvider({ baseUrl: 'https://idp.example', now: () => now })

function get(personality: MetadataPersonalityName): Promise<Response> {
  idp.metadataPersonality = personality
  return idp.fetch(new Request(idp.metadataUrl))
}

async function textOf(personality: MetadataPersonalityName): Promise<string> {
  return (await get(personality)).text()
}

const names = Object.keys(metadataPersonalities) as MetadataPersonalityName[]

describe('metadata', () => {
  it.each(names.filter((name) => name !== 'good'))('%s is not as good metadata', async (name) => {
    const { wrong, specification, metadata } = metadataPersonalities[name]
    expect(wrong.startsWith('nothing')).toBe(metadata !== 'must-be-refused')
    expect(specification).toMatch(/section|CWE-|no specification/)
    expect((await textOf(name)) === (await textOf('good'))).toBe(false)
  })

  it('has the keys of those who sign, and says when it ends', async () => {
    expect(scan(await textOf('good'), 'X509Certificate')).toHaveLength(1)
    expect(scan(await textOf('key-rollover'), 'X509Certificate')).toHaveLength(2)
    const validUntil = async (name: MetadataPersonalityName) =>
      scanAttribute(await textOf(name), 'EntityDescriptor', 'validUntil')
    expect(await validUntil('expired')).toBe('2029-12-31T00:00:00Z')
    expect(await validUntil('valid-until-tomorrow')).toBe('2030-01-02T00:00:00Z')
  })

  it('follows the personality of answers, so that what it signs with is published', async () => {
    idp.personality = 'key-rollover'
    const published = await textOf('good')
    const { parameters } = await idp.unsolicited({
      serviceProvider: 'https://sp.example',
      acsUrl: 'https://sp.example/acs',
    })
    const signedWith = scanText(atob(parameters.get('SAMLResponse') ?? ''), 'X509Certificate') ?? ''
    idp.personality = 'good'
    expect(published).toContain(signedWith)
    expect(await textOf('good')).not.toContain(signedWith)
  })

  it('comes with the status that a personality has', async () => {
    expect((await get('not-found')).status).toBe(404)
    expect((await get('redirect-elsewhere')).headers.get('location')).toMatch(/^http:\/\/127/)
  })
})
