import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import {
  changed,
  createLogoutScenario,
  encryptedId,
  person,
  read,
  startLogout,
  us,
} from '../../test/logout-scenario.ts'
import { logIn, requestOf, type SamlScenario } from '../../test/saml-scenario.ts'
import { refusalOf } from '../../test/scenario.ts'
import type { LogoutAnswer, LogoutRequest } from '../login/provider-logout.ts'

const MINUTE = 60_000
const bindings = ['redirect', 'post'] as const

async function requestIn(
  scenario: SamlScenario,
  message: Parameters<typeof read>[1],
): Promise<LogoutRequest> {
  const logout = await read(scenario, message)
  if (logout.kind !== 'request') throw new Error('it was taken for an answer')
  return logout
}

/** A session that has ended here. */
function sessionFrom(issuer: string) {
  return { protocol: 'saml', issuer, sessionIndex: '_1', nameId: person } as const
}

/** Takes our request to the identity provider. @returns what it answers, on its way to us */
async function goAndReturn(scenario: SamlScenario, binding: 'redirect' | 'post' = 'redirect') {
  const { logout, connection, idp } = scenario
  const begun = await logout.begin({ connection, baseUrl, session: sessionFrom(connection.entityId) })
  if (!begun) throw new Error('there is no logout')
  const response = await idp.fetch(requestOf(begun.departure))
  const url = new URL(response.headers.get('location') ?? 'https://nowhere.example')
  return { requestId: begun.requestId, answer: { binding, url, parameters: url.searchParams } }
}

describe("an identity provider's logout", () => {
  it.each(bindings)('by %s ends the sessions that it names, of that person', async (binding) => {
    const scenario = await createLogoutScenario()
    const message = await startLogout(scenario, { binding, sessionIndexes: ['_1', '_2', '_1'] })
    const request = await requestIn(scenario, message)
    const { id: connection, entityId: issuer } = scenario.connection
    const group = { by: 'name-id', connection, issuer, nameId: person } as const
    expect(request.groups).toEqual([
      { ...group, sessionIndex: '_1' },
      { ...group, sessionIndex: '_2' },
    ])
    expect(request.id).toBe(message.id)
    expect(request.expiresAt).toBe(scenario.clock.now() + 6 * MINUTE)
  })

  it.each(bindings)('by %s without a SessionIndex ends all of them', async (binding) => {
    const scenario = await createLogoutScenario()
    const { groups } = await requestIn(scenario, await startLogout(scenario, { binding }))
    expect(groups).toMatchObject([{ nameId: person, sessionIndex: undefined }])
    expect(groups).toHaveLength(1)
  })

  it('may name as many sessions as anybody has', async () => {
    const scenario = await createLogoutScenario()
    const sessionIndexes = Array.from({ length: 16 }, (_, index) => `_${index}`)
    const message = await startLogout(scenario, { binding: 'post', sessionIndexes })
    expect((await requestIn(scenario, message)).groups).toHaveLength(16)
  })

  it('names the person whole, with every qualifier', async () => {
    const scenario = await createLogoutScenario()
    const text = (xml: string) =>
      xml.replace('<saml:NameID', '<saml:NameID NameQualifier="q" SPNameQualifier="sp"')
    const { groups } = await requestIn(
      scenario,
      await startLogout(scenario, { binding: 'redirect', hooks: { text } }),
    )
    expect(groups).toMatchObject([{ nameId: { ...person, nameQualifier: 'q', spNameQualifier: 'sp' } }])
  })

  it('leaves out of the name what goes without saying', async () => {
    const scenario = await createLogoutScenario()
    const qualifiers = `NameQualifier="${scenario.idp.entityId}" SPNameQualifier="${us.entityId}"`
    const text = (xml: string) => xml.replace('<saml:NameID', `<saml:NameID ${qualifiers}`)
    const { groups } = await requestIn(
      scenario,
      await startLogout(scenario, { binding: 'redirect', hooks: { text } }),
    )
    expect(groups).toMatchObject([{ nameId: person }])
  })

  it.each(bindings)('by %s is answered, signed, with its RelayState', async (binding) => {
    const scenario = await createLogoutScenario()
    const relayState = 'a b+c&d=é'
    const message = await startLogout(scenario, { binding, relayState })
    const departure = await (await requestIn(scenario, message)).answer('ended')
    if (!departure) throw new Error('there is no answer')
    const answered = await scenario.idp.fetch(requestOf(departure))
    expect(answered.status).toBe(200)
    const received = scenario.idp.requests.last('slo')
    expect(received.signature).toBe('valid')
    expect(received.message?.relayState).toBe(relayState)
    const xml = received.message?.xml ?? ''
    expect(xml).toContain(`InResponseTo="${message.id}"`)
    expect(xml).toContain('Value="urn:oasis:names:tc:SAML:2.0:status:Success"')
    expect(xml).toContain(`Destination="${scenario.idp.singleLogoutUrl}"`)
  })

  it('is answered with a fault of ours where there was one', async () => {
    const scenario = await createLogoutScenario()
    const request = await requestIn(scenario, await startLogout(scenario, { binding: 'redirect' }))
    const departure = await request.answer('failed')
    if (!departure) throw new Error('there is no answer')
    await scenario.idp.fetch(requestOf(departure))
    const { message } = scenario.idp.requests.last('slo')
    expect(message?.xml).toContain('status:Responder')
    expect(message?.xml).not.toContain('status:Success')
  })

  it('is answered where answers go, by a form where there is no other way', async () => {
    const { entityId } = await createLogoutScenario().then(({ idp }) => idp)
    const certificate = (await (await createLogoutScenario()).idp.certificates())[0]
    const place = (
      binding: string,
    ) => `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}"
      Location="https://idp.example/slo" ResponseLocation="https://idp.example/answers"/>`
    const xml = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}">
      <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
      <md:KeyDescriptor><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
      ${place('HTTP-POST')}
      <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example/sso"/>
      </md:IDPSSODescriptor></md:EntityDescriptor>`
    const scenario = await createLogoutScenario({ connection: { metadata: { kind: 'document', xml } } })
    const request = await requestIn(
      scenario,
      await startLogout(scenario, { binding: 'redirect', relayState: 'r' }),
    )
    const departure = await request.answer('ended')
    expect(departure).toMatchObject({ kind: 'form', fields: { RelayState: 'r' } })
    expect(departure?.kind === 'form' && departure.action.href).toBe('https://idp.example/answers')
    const session = { ...sessionFrom(scenario.connection.entityId), sessionIndex: undefined }
    const begun = await scenario.logout.begin({ connection: scenario.connection, baseUrl, session })
    expect(begun?.departure.kind === 'form' && begun.departure.action.href).toBe('https://idp.example/slo')
  })

  it('is obeyed without keys of ours, and not answered', async () => {
    const scenario = await createLogoutScenario()
    const without = await createLogoutScenario({ isWithoutKeys: true })
    const message = await startLogout(scenario, { binding: 'redirect' })
    const request = await requestIn(without, message)
    expect(request.groups).toHaveLength(1)
    expect(await request.answer('ended')).toBeUndefined()
  })

  it('is obeyed where the identity provider says of no place for answers, and not answered', async () => {
    const scenario = await createLogoutScenario()
    const certificates = await scenario.idp.certificates()
    const metadata = {
      kind: 'settings',
      ssoUrl: 'https://idp.example/sso',
      sloUrl: undefined,
      certificates,
    } as const
    const silent = await createLogoutScenario({ connection: { metadata } })
    const request = await requestIn(silent, await startLogout(scenario, { binding: 'redirect' }))
    expect(request.groups).toHaveLength(1)
    expect(await request.answer('ended')).toBeUndefined()
  })

  it('may bring a RelayState that fits into a URL, and no longer one', async () => {
    const scenario = await createLogoutScenario()
    const withState = async (length: number) =>
      startLogout(scenario, { binding: 'post', relayState: 'a'.repeat(length) })
    expect((await requestIn(scenario, await withState(1024))).groups).toHaveLength(1)
    expect(await refusalOf(read(scenario, await withState(1025)))).toBe('saml_logout_invalid')
  })

  it('is taken until six minutes after it was issued, and a minute before', async () => {
    const scenario = await createLogoutScenario()
    const { clock } = scenario
    const message = await startLogout(scenario, {
      binding: 'redirect',
      hooks: { request: (good) => ({ ...good, notOnOrAfter: undefined }) },
    })
    clock.advance(-MINUTE)
    await requestIn(scenario, message)
    clock.advance(7 * MINUTE - 1)
    await requestIn(scenario, message)
    clock.advance(1)
    expect(await refusalOf(read(scenario, message))).toBe('saml_logout_invalid')
  })

  it('has nobody ask for newer keys: they are known from the next login on', async () => {
    const scenario = await createLogoutScenario()
    const { idp } = scenario
    await requestIn(scenario, await startLogout(scenario, { binding: 'post' }))
    const asked = idp.requests.count('metadata')
    await idp.rotateKeys()
    for (const binding of bindings) {
      const message = await startLogout(scenario, { binding })
      expect(await refusalOf(requestIn(scenario, message))).toBe('saml_signature_invalid')
    }
    expect(idp.requests.count('metadata')).toBe(asked)
    scenario.clock.advance(1)
    await logIn(scenario)
    for (const binding of bindings) await requestIn(scenario, await startLogout(scenario, { binding }))
  })

  it('that is none has nobody ask for keys', async () => {
    const scenario = await createLogoutScenario()
    const { connection, idp, logout } = scenario
    const now = scenario.clock.now()
    for (const query of ['', 'SAMLRequest=x', 'SAMLRequest=x&SigAlg=x&Signature=eA%3D%3D']) {
      const unverified = { binding: 'redirect', query } as const
      await refusalOf(logout.read({ connection, baseUrl, unverified, now }))
    }
    for (const SAMLRequest of ['', 'eA==', btoa('<a/>')]) {
      const unverified = { binding: 'post', form: new URLSearchParams({ SAMLRequest }) } as const
      await refusalOf(logout.read({ connection, baseUrl, unverified, now }))
    }
    expect(idp.requests.count('metadata')).toBe(0)
  })

  it('may name the person by a name that is encrypted for us', async () => {
    const scenario = await createLogoutScenario()
    const encrypted = await encryptedId('user-1')
    const text = (xml: string) => xml.replace(/<saml:NameID.*<\/saml:NameID>/s, encrypted)
    const { groups } = await requestIn(
      scenario,
      await startLogout(scenario, { binding: 'redirect', hooks: { text } }),
    )
    expect(groups).toMatchObject([{ nameId: { value: 'user-1', format: undefined } }])
  })
})

describe('a logout of ours', () => {
  it('names the session at the identity provider, signed', async () => {
    const scenario = await createLogoutScenario()
    const { requestId } = await goAndReturn(scenario)
    const received = scenario.idp.requests.last('slo')
    expect(received.signature).toBe('valid')
    expect(received.message?.binding).toBe('redirect')
    const xml = received.message?.xml ?? ''
    expect(xml).toContain(`ID="${requestId}"`)
    expect(xml).toContain('<samlp:SessionIndex>_1</samlp:SessionIndex>')
    expect(xml).toContain(` Format="${person.format}">user-1</saml:NameID>`)
    expect(xml).toContain(`>${us.entityId}</saml:Issuer>`)
  })

  it('is complete when the identity provider says so, to this request', async () => {
    const scenario = await createLogoutScenario()
    const { requestId, answer } = await goAndReturn(scenario)
    expect(await read(scenario, answer)).toEqual({
      kind: 'response',
      inResponseTo: requestId,
      isComplete: true,
    })
  })

  it.each([
    ['a refusal', ['urn:oasis:names:tc:SAML:2.0:status:Responder']],
    [
      'a part of it',
      ['urn:oasis:names:tc:SAML:2.0:status:Responder', 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'],
    ],
    [
      'success, but of a part',
      ['urn:oasis:names:tc:SAML:2.0:status:Success', 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'],
    ],
  ])('is not complete after %s', async (_, status) => {
    const scenario = await createLogoutScenario()
    scenario.idp.logoutPersonality = changed({ response: (good) => ({ ...good, status }) })
    const { answer } = await goAndReturn(scenario)
    expect(((await read(scenario, answer)) as LogoutAnswer).isComplete).toBe(false)
  })

  it('is none without keys of ours, or where the identity provider offers none', async () => {
    const begin = ({ logout, connection }: SamlScenario) =>
      refusalOf(logout.begin({ connection, baseUrl, session: sessionFrom(connection.entityId) }))
    const without = await createLogoutScenario({ isWithoutKeys: true })
    expect(await begin(without)).toBe('installation_invalid')
    const metadata = {
      kind: 'settings',
      ssoUrl: 'https://idp.example/sso',
      sloUrl: undefined,
      certificates: [],
    } as const
    const none = await createLogoutScenario({ connection: { metadata } })
    expect(await begin(none)).toBe('saml_metadata_invalid')
  })

  it('is none, and no mistake, where the session is from another identity provider', async () => {
    const { logout, connection } = await createLogoutScenario({ isWithoutKeys: true })
    const session = sessionFrom('https://another-idp.example')
    expect(await logout.begin({ connection, baseUrl, session })).toBeUndefined()
  })

  it('fails when the identity provider can not be asked how', async () => {
    const down = await createLogoutScenario({ intercept: () => () => Promise.reject(new Error('down')) })
    const { connection } = down
    const session = sessionFrom(connection.entityId)
    const begun = down.logout.begin({ connection, baseUrl, session })
    expect(await refusalOf(begun)).toBe('provider_unreachable')
  })
})
