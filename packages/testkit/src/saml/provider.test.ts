import { describe, expect, it } from 'vitest'
import { authnRequest, openedForm, serviceProvider } from '../test-support/careless-service-provider.ts'
import { deflate, redirectUrl } from './bindings.ts'
import { digestMethods, signatureMethods } from './crypto/algorithms.ts'
import { base64, utf8 } from './encoding.ts'
import { createSamlIdentityProvider, generateSamlKey, SamlRequestRefused } from './index.ts'
import { signElement } from './message/sign.ts'
import { ns } from './names.ts'
import { canonicalizations } from './xml/canonical.ts'
import { scanAttribute, scanText } from './xml/scan.ts'
import { element } from './xml/tree.ts'
import { write } from './xml/write.ts'

const baseUrl = 'https://idp.example/tenant'
const keys = await generateSamlKey('P-256', 'current.idp.example')
const create = (options = {}) =>
  createSamlIdentityProvider({
    baseUrl,
    signatureMethod: 'ecdsa-sha256',
    savedKeys: { current: keys },
    ...options,
  })

async function requestUrl(xml: string, relayState?: string): Promise<URL> {
  return redirectUrl(`${baseUrl}/sso`, { parameter: 'SAMLRequest', xml, relayState })
}

describe('single sign-on', () => {
  it('answers a redirected request with a form that submits itself', async () => {
    const idp = await create()
    const response = await idp.fetch(new Request(await requestUrl(authnRequest(), 'state"1')))
    expect(response.status).toBe(200)
    const { action, parameters } = openedForm(await response.text())
    expect([action, parameters.get('RelayState')]).toEqual([serviceProvider.acsUrl, 'state"1'])
    const xml = atob(parameters.get('SAMLResponse') ?? '')
    expect(scanAttribute(xml, 'Response', 'InResponseTo')).toBe('_request-1')
    expect(scanAttribute(xml, 'Response', 'Destination')).toBe(serviceProvider.acsUrl)
    expect(scanText(xml, 'Audience')).toBe(serviceProvider.entityId)
    expect(scanText(xml, 'Issuer')).toBe(`${baseUrl}/metadata`)
  })

  it('answers a posted request without a browser', async () => {
    const idp = await create()
    const body = new URLSearchParams({ SAMLRequest: base64(utf8(authnRequest())), RelayState: 'r' })
    const { acsUrl, parameters, xml } = await idp.answer(
      new Request(idp.singleSignOnUrl, { method: 'POST', body }),
    )
    expect([acsUrl, parameters.get('RelayState')]).toEqual([serviceProvider.acsUrl, 'r'])
    expect(atob(parameters.get('SAMLResponse') ?? '')).toBe(xml)
    expect(idp.requests.last('sso').message?.binding).toBe('post')
  })

  it('lets a request decide who logs in and how', async () => {
    const idp = await create({
      user: () => ({ nameId: 'user-2', attributes: [] }),
      personality: ({ relayState }: { relayState?: string }) =>
        relayState === 'x'
          ? { name: 'x', wrong: 'x', specification: 'x', login: 'must-fail', hooks: { text: () => '<x/>' } }
          : 'good',
    })
    const xmlFor = async (relayState: string) =>
      (await idp.answer(new Request(await requestUrl(authnRequest(), relayState)))).xml
    expect(scanText(await xmlFor('y'), 'NameID')).toBe('user-2')
    expect(await xmlFor('x')).toBe('<x/>')
  })

  it('begins a login by itself', async () => {
    const idp = await create()
    const { entityId, acsUrl } = serviceProvider
    const { xml } = await idp.unsolicited({ serviceProvider: entityId, acsUrl })
    expect(xml).not.toContain('InResponseTo')
  })

  it.each<[string, () => string | Promise<string>]>([
    ['no message', () => ''],
    ['a message that is not compressed', () => base64(utf8('<x/>'))],
    ['a message without an ID', async () => base64(await deflate(utf8('<AuthnRequest/>')))],
  ])('refuses %s', async (_, message) => {
    const idp = await create()
    const query = new URLSearchParams({ SAMLRequest: await message() })
    const request = () => new Request(`${idp.singleSignOnUrl}?${query}`)
    expect((await idp.fetch(request())).status).toBe(400)
    await expect(idp.answer(request())).rejects.toThrow(SamlRequestRefused)
  })

  it('sends an answer only where the service provider is registered', async () => {
    const idp = await create({
      serviceProviders: [{ ...serviceProvider, acsUrls: ['https://sp.example/other'] }],
    })
    await expect(idp.answer(new Request(await requestUrl(authnRequest())))).rejects.toThrow('not registered')
    idp.serviceProviders = []
    await expect(idp.answer(new Request(await requestUrl(authnRequest())))).rejects.toThrow('not registered')
  })
})

describe('where requests have to be signed', async () => {
  const key = await generateSamlKey('RSA', 'sp.example')
  const idp = await create({
    wantsSignedRequests: true,
    serviceProviders: [
      { ...serviceProvider, acsUrls: 'any', signingCertificates: [keys.certificate, key.certificate] },
    ],
  })
  const signer = { key, method: signatureMethods['rsa-sha256'] }
  const redirected = (withSigner: typeof signer | undefined) =>
    redirectUrl(idp.singleSignOnUrl, {
      parameter: 'SAMLRequest',
      xml: authnRequest(),
      relayState: 'a b+c',
      signer: withSigner,
    })

  it('admits a signed query', async () => {
    await idp.answer(new Request(await redirected(signer)))
    expect(idp.requests.last('sso').signature).toBe('valid')
  })

  it('refuses a query that is not signed, was changed, or is signed by somebody else', async () => {
    const outcome = async (url: URL | string) => {
      const { status } = await idp.fetch(new Request(url))
      return [status, idp.requests.last('sso').signature]
    }
    expect(await outcome(await redirected(undefined))).toEqual([400, 'absent'])
    const changed = (await redirected(signer)).href.replace('RelayState=a', 'RelayState=b')
    expect(await outcome(changed)).toEqual([400, 'invalid'])
    const stranger = { ...signer, key: await generateSamlKey('RSA', 'stranger.example') }
    expect(await outcome(await redirected(stranger))).toEqual([400, 'invalid'])
  })

  it('admits a signed form and refuses a changed one', async () => {
    const root = element(
      'samlp:AuthnRequest',
      {
        'xmlns:samlp': ns.samlp,
        ID: '_r',
        AssertionConsumerServiceURL: serviceProvider.acsUrl,
      },
      element('saml:Issuer', { 'xmlns:saml': ns.saml }, serviceProvider.entityId),
    )
    await signElement(root, root, {
      ...signer,
      digest: digestMethods.sha256,
      canonicalization: canonicalizations.exclusive,
      inclusivePrefixes: [],
      certificates: [],
      lines: false,
    })
    const post = (xml: string) =>
      idp.fetch(
        new Request(idp.singleSignOnUrl, {
          method: 'POST',
          body: new URLSearchParams({ SAMLRequest: base64(utf8(xml)) }),
        }),
      )
    expect((await post(write(root))).status).toBe(200)
    expect((await post(write(root).replace('_r"', '_s"'))).status).toBe(400)
    expect(idp.requests.last('sso').signature).toBe('invalid')
  })
})

describe('metadata', () => {
  it('says who, where and with which key', async () => {
    const idp = await create({ wantsSignedRequests: true })
    const xml = await (await idp.fetch(new Request(idp.metadataUrl))).text()
    expect(scanAttribute(xml, 'EntityDescriptor', 'entityID')).toBe(idp.entityId)
    expect(scanAttribute(xml, 'IDPSSODescriptor', 'WantAuthnRequestsSigned')).toBe('true')
    expect(scanAttribute(xml, 'SingleSignOnService', 'Location')).toBe(idp.singleSignOnUrl)
    expect(scanText(xml, 'X509Certificate')).toBe(keys.certificate)
    await idp.rotateKeys()
    expect(await idp.certificates()).not.toEqual([keys.certificate])
  })
})

describe('single logout', () => {
  const singleLogoutUrl = 'https://sp.example/sls/?a=1'
  const serviceProviders = [{ ...serviceProvider, acsUrls: 'any' as const, singleLogoutUrl }]

  it.each(['redirect', 'post'] as const)('begins with a signed request by %s', async (binding) => {
    const idp = await create({ serviceProviders })
    const start = {
      serviceProvider: serviceProvider.entityId,
      nameId: 'user-1',
      sessionIndexes: ['_s'],
      binding,
    }
    const { url, parameters, xml, id } = await idp.startLogout({ ...start, relayState: 'r' })
    expect(url.href.startsWith(singleLogoutUrl)).toBe(true)
    expect(parameters.get('RelayState')).toBe('r')
    expect([scanText(xml, 'NameID'), scanText(xml, 'SessionIndex')]).toEqual(['user-1', '_s'])
    expect(scanAttribute(xml, 'LogoutRequest', 'ID')).toBe(id)
    // Another provider of the testkit stands in for the service provider: it checks what it is sent.
    const receiver = await create({
      serviceProviders: [
        { entityId: idp.entityId, acsUrls: 'any', singleLogoutUrl, signingCertificates: [keys.certificate] },
      ],
    })
    const target = new URL(receiver.singleLogoutUrl)
    const request =
      binding === 'post'
        ? new Request(target, { method: 'POST', body: parameters })
        : new Request(`${target}${url.search}`)
    const answer = await receiver.fetch(request)
    expect(receiver.requests.last('slo').signature).toBe('valid')
    expect(answer.status).toBe(binding === 'post' ? 200 : 302)
    const back =
      binding === 'post'
        ? openedForm(await answer.text()).parameters
        : new URL(answer.headers.get('location') ?? '').searchParams
    expect([back.has('SAMLResponse'), back.get('RelayState')]).toEqual([true, 'r'])
  })

  it('takes a LogoutResponse', async () => {
    const idp = await create()
    const response = await idp.fetch(
      new Request(
        await redirectUrl(idp.singleLogoutUrl, {
          parameter: 'SAMLResponse',
          xml: '<LogoutResponse ID="_a"/>',
        }),
      ),
    )
    expect([response.status, idp.requests.count('slo')]).toEqual([200, 1])
  })
})
