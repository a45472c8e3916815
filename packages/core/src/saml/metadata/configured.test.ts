import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../../test/configured.ts'
import { der, ENTITY_ID, metadataWith, SIGN_ON } from '../../../test/idp-metadata.ts'
import {
  connection,
  createMetadataScenario,
  keyOf,
  signingWith,
  until,
} from '../../../test/metadata-scenario.ts'
import { readAt } from '../../../test/read-metadata.ts'
import type { SamlConnection } from '../../config/connection.ts'
import { createMemoryDocumentCache } from '../../ports/memory/document-cache.ts'
import { createMetadataSource } from './source.ts'

const DAY = 24 * 60 * 60_000

describe('metadata in the configuration', () => {
  const inlineWith = (xml: string): SamlConnection => ({ ...connection, metadata: { kind: 'document', xml } })

  it('is read once', async () => {
    const { source, requests } = createMetadataScenario()
    const inline = inlineWith(`\n  ${signingWith('p256')}`)
    const metadata = await source.of(inline, baseUrl)
    expect(keyOf(metadata)).toBe('p256')
    expect(await source.of(inline, baseUrl)).toBe(metadata)
    expect(requests).toEqual([])
  })

  it.each([
    ['nothing', '', 'saml_metadata_invalid'],
    ['metadata of another', metadataWith({ entityId: 'x' }), 'saml_metadata_invalid'],
    ['what is over', signingWith('p256', until(readAt)), 'saml_metadata_expired'],
  ])('that is %s is refused, every time', async (_, xml, code) => {
    const { source, key } = createMetadataScenario()
    const inline = inlineWith(xml)
    expect([await key(source, inline), await key(source, inline)]).toEqual([code, code])
  })

  it('is refused from the moment on when it is over', async () => {
    const { clock, source, key } = createMetadataScenario()
    const inline = inlineWith(signingWith('p256', until(readAt + DAY)))
    expect(await key(source, inline)).toBe('p256')
    clock.advance(DAY - 1)
    expect(await key(source, inline)).toBe('p256')
    clock.advance(1)
    expect(await key(source, inline)).toBe('saml_metadata_expired')
  })

  it('is looked for nowhere, not after a signature that no key fits either', async () => {
    const { clock, source } = createMetadataScenario()
    const documents = createMemoryDocumentCache(clock.now)
    const asked: string[] = []
    const get = (key: string) => {
      asked.push(key)
      return documents.get(key)
    }
    const fetch = () => Promise.reject(new Error('nobody is called'))
    const watched = createMetadataSource({ fetch, clock: clock.now, documents: { ...documents, get } })
    const inline = inlineWith(signingWith('p256'))
    const metadata = await watched.of(inline, baseUrl)
    expect(metadata).toEqual(await source.of(inline, baseUrl))
    expect(await watched.refreshed(inline, baseUrl, metadata)).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('may be an address and certificates', async () => {
    const { source } = createMetadataScenario()
    const certificates = [der('p256'), der('p384')]
    const settings = { kind: 'settings', ssoUrl: SIGN_ON, sloUrl: undefined, certificates } as const
    const written = { ...connection, metadata: settings }
    const metadata = await source.of(written, baseUrl)
    expect(metadata).toEqual({
      entityId: ENTITY_ID,
      singleSignOn: [{ binding: 'redirect', location: SIGN_ON, responseLocation: undefined }],
      singleLogout: [],
      signingCertificates: certificates,
      wantsSignedRequests: false,
      validUntil: undefined,
      cacheDuration: undefined,
    })
    expect(await source.of(written, baseUrl)).toBe(metadata)
  })

  it.each([
    ['automatic', 'redirect'],
    ['redirect', 'redirect'],
    ['post', 'post'],
  ] as const)(
    'with sso_binding %s is reached by %s, and its logout by redirect',
    async (ssoBinding, binding) => {
      const { source } = createMetadataScenario()
      const sloUrl = 'https://idp.example/slo'
      const metadata = { kind: 'settings', ssoUrl: SIGN_ON, sloUrl, certificates: [der('p256')] } as const
      const { singleSignOn, singleLogout } = await source.of({ ...connection, ssoBinding, metadata }, baseUrl)
      expect(singleSignOn).toMatchObject([{ binding, location: SIGN_ON }])
      expect(singleLogout).toMatchObject([{ binding: 'redirect', location: sloUrl }])
    },
  )
})
