import type { LogoutMessage, LogoutPersonality } from '@doorward/testkit/saml'
import { describe, expect, it } from 'vitest'
import { createLogoutScenario, encryptedId, read, startLogout, us } from '../../test/logout-scenario.ts'
import type { SamlScenario } from '../../test/saml-scenario.ts'
import { SsoError } from '../errors/index.ts'

type Hooks = LogoutPersonality['hooks']
type Spoil = (message: LogoutMessage, scenario: SamlScenario) => Promise<LogoutMessage> | LogoutMessage

const MINUTE = 60_000
const other = 'https://other.example/metadata'
const scenario = await createLogoutScenario()
const { idp, clock } = scenario

/** @returns the code and the message of the refusal */
async function refusalIn(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof SsoError) return `${error.code}: ${error.message}`
    throw error
  }
  return 'accepted'
}

async function refusalOf(binding: 'redirect' | 'post', hooks: Hooks, spoil?: Spoil): Promise<string> {
  const good = await startLogout(scenario, { binding, hooks, relayState: 'state', sessionIndexes: ['_1'] })
  return refusalIn(read(scenario, (await spoil?.(good, scenario)) ?? good))
}

/** Changes the query as it is on the wire. */
const inQuery =
  (change: (query: string) => string): Spoil =>
  (message) => {
    const url = new URL(message.url)
    url.search = change(url.search.slice(1))
    return { ...message, url }
  }

/** Changes the XML in the form, after it was signed. */
const inForm =
  (change: (xml: string) => string): Spoil =>
  (message) => {
    const parameters = new URLSearchParams(message.parameters)
    parameters.set('SAMLRequest', toBase64(change(message.xml)))
    return { ...message, parameters }
  }

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** A request that nobody signed, around or beside one that was. */
const forged = (content: string) =>
  `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_forged" Version="2.0" IssueInstant="${new Date(clock.now()).toISOString()}" Destination="${us.singleLogoutUrl}"><saml:Issuer>${idp.entityId}</saml:Issuer>${content}<saml:NameID>somebody-else</saml:NameID></samlp:LogoutRequest>`

const signatureOf = (xml: string) => /<ds:Signature.*<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
const withoutSignature = (xml: string) => xml.replace(signatureOf(xml), '')
const assertion = '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a" Version="2.0"/>'
const extensions = (content: string) => (xml: string) =>
  xml.replace('</saml:Issuer>', `</saml:Issuer><samlp:Extensions>${content}</samlp:Extensions>`)

it('takes the good message that all of these are made of, by both bindings', async () => {
  for (const binding of ['redirect', 'post'] as const) expect(await refusalOf(binding, {})).toBe('accepted')
})

describe('a message by either binding is refused', () => {
  const cases: [string, Hooks, string][] = [
    ['that is not signed', { signer: () => undefined }, 'saml_signature_missing'],
    [
      'that another identity provider signed',
      { signer: (_, keys) => keys.get('stranger') },
      'saml_signature_invalid',
    ],
    [
      'from another issuer',
      { request: (good) => ({ ...good, issuer: other }) },
      'from another identity provider',
    ],
    [
      'without an issuer',
      { request: (good) => ({ ...good, issuer: undefined }) },
      'from another identity provider',
    ],
    [
      'to another address',
      { request: (good) => ({ ...good, destination: `${us.singleLogoutUrl}x` }) },
      'to another address',
    ],
    ['to no address', { request: (good) => ({ ...good, destination: undefined }) }, 'to another address'],
    [
      'to where answers to logins go',
      { request: (good) => ({ ...good, destination: us.singleLogoutUrl.replace('sls', 'acs') }) },
      'to another address',
    ],
    [
      'that has expired',
      { request: (good) => ({ ...good, notOnOrAfter: clock.now() - MINUTE }) },
      'has expired',
    ],
    [
      'that is too old',
      {
        request: (good) => ({
          ...good,
          notOnOrAfter: clock.now() + MINUTE,
          issueInstant: clock.now() - 6 * MINUTE,
        }),
      },
      'too long ago',
    ],
    [
      'from the future',
      { request: (good) => ({ ...good, issueInstant: clock.now() + MINUTE + 1000 }) },
      'from the future',
    ],
    ['about nobody', { request: (good) => ({ ...good, nameId: undefined }) }, 'about nobody'],
    [
      'with an empty name',
      { request: (good) => ({ ...good, nameId: { value: '' } }) },
      'name of the subject',
    ],
    [
      'with white space around the name',
      { request: (good) => ({ ...good, nameId: { value: ' user-1' } }) },
      'name of the subject',
    ],
    [
      'with an empty SessionIndex',
      { request: (good) => ({ ...good, sessionIndexes: [''] }) },
      'SessionIndex',
    ],
    [
      'with more sessions than anybody has',
      { request: (good) => ({ ...good, sessionIndexes: Array.from({ length: 33 }, (_, n) => `_${n}`) }) },
      'more sessions',
    ],
  ]
  for (const binding of ['redirect', 'post'] as const) {
    it.each(cases)(`${binding}: %s`, async (_, hooks, reason) => {
      expect(await refusalOf(binding, hooks)).toContain(reason)
    })
  }
})

/** Signed as it is: by a redirect, the signature is around everything. */
describe('a message that is signed is refused all the same', () => {
  const status =
    '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
  const name = '<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">somebody-else</saml:NameID>'
  const renamed = (to: string) => (xml: string) => xml.replaceAll('LogoutRequest', to)
  it.each<[string, (xml: string) => string, string]>([
    ['without an ID', (xml) => xml.replace(/ ID="[^"]*"/, ''), 'no ID'],
    ['with an ID that is no name', (xml) => xml.replace(/ ID="[^"]*"/, ' ID="1 2"'), 'no ID'],
    ['of another version', (xml) => xml.replace('Version="2.0"', 'Version="1.1"'), 'not of SAML 2.0'],
    ['of no version', (xml) => xml.replace('Version="2.0"', ''), 'not of SAML 2.0'],
    [
      'without the time when it was issued',
      (xml) => xml.replace(/ IssueInstant="[^"]*"/, ''),
      'when it was issued',
    ],
    [
      'with a time that is none',
      (xml) => xml.replace(/IssueInstant="[^"]*"/, 'IssueInstant="now"'),
      'a time is not',
    ],
    [
      'with an end that is none',
      (xml) => xml.replace(/NotOnOrAfter="[^"]*"/, 'NotOnOrAfter="never"'),
      'a time is not',
    ],
    ['with two issuers', (xml) => xml.replace(/<saml:Issuer.*<\/saml:Issuer>/s, '$&$&'), 'there twice'],
    [
      'with two names',
      (xml) => xml.replace('</samlp:LogoutRequest>', `${name}</samlp:LogoutRequest>`),
      'there twice',
    ],
    ['with an element in the name', (xml) => xml.replace('user-1', 'user<x/>-1'), 'name of the subject'],
    [
      'with an element in a SessionIndex',
      (xml) => xml.replace('_1</samlp:', '_1<x/></samlp:'),
      'SessionIndex',
    ],
    ['with a comment in the name', (xml) => xml.replace('user-1', 'user<!-- -->-1'), 'saml_xml_invalid'],
    ['with a processing instruction', (xml) => xml.replace('user-1', 'user<?x y?>-1'), 'saml_xml_invalid'],
    ['with a document type', (xml) => `<!DOCTYPE x>${xml}`, 'saml_xml_invalid'],
    ['with two roots', (xml) => xml + xml, 'saml_xml_invalid'],
    ['with an assertion inside', extensions(assertion), 'an assertion in the message'],
    [
      'with an encrypted assertion inside',
      extensions(assertion.replace('Assertion', 'EncryptedAssertion')),
      'an assertion in the message',
    ],
    ['with another message inside', extensions(forged('')), 'a message within the message'],
    [
      'with a signature inside',
      extensions('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'),
      'saml_signature_refused',
    ],
    [
      'with a signature of its own',
      (xml) =>
        xml.replace(
          '</saml:Issuer>',
          '</saml:Issuer><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>',
        ),
      'saml_signature_refused',
    ],
    [
      'that is an answer',
      (xml) =>
        renamed('LogoutResponse')(xml).replace('</samlp:LogoutResponse>', `${status}</samlp:LogoutResponse>`),
      'not one about a logout',
    ],
    ['that asks for a login', renamed('AuthnRequest'), 'not one about a logout'],
    ['that is a response to a login', renamed('Response'), 'not one about a logout'],
    [
      'of another namespace',
      (xml) => xml.replace('SAML:2.0:protocol', 'SAML:2.0:protocols'),
      'not one about a logout',
    ],
  ])('%s', async (_, text, reason) => {
    expect(await refusalOf('redirect', { text })).toContain(reason)
  })

  it('with a name in the clear beside one that is encrypted', async () => {
    const encrypted = await encryptedId('somebody-else')
    const text = (xml: string) => xml.replace('</samlp:LogoutRequest>', `${encrypted}</samlp:LogoutRequest>`)
    expect(await refusalOf('redirect', { text })).toContain('names somebody twice')
  })

  it('with a name that is encrypted for somebody else', async () => {
    const other = await createLogoutScenario({ isWithoutKeys: true })
    const encrypted = await encryptedId('user-1')
    const text = (xml: string) => xml.replace(/<saml:NameID.*<\/saml:NameID>/s, encrypted)
    const message = await startLogout(other, { binding: 'redirect', hooks: { text } })
    expect(await refusalIn(read(other, message))).toContain('saml_encryption_unsupported')
  })

  it('with a RelayState that no URL holds', async () => {
    const message = await startLogout(scenario, { binding: 'redirect', relayState: 'x'.repeat(1025) })
    expect(await refusalIn(read(scenario, message))).toContain('RelayState')
  })
})

describe('a query is refused', () => {
  const value = (query: string, name: string) => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(query)?.[1] ?? ''
  const set = (name: string, to: string) => inQuery((query) => query.replace(value(query, name), to))
  const drop = (name: string) => inQuery((query) => query.replace(new RegExp(`&?${name}=[^&]*`), ''))
  const again = (name: string, to?: string) =>
    inQuery((query) => `${query}&${name}=${to ?? value(query, name)}`)
  const algorithm = (uri: string) => encodeURIComponent(`http://www.w3.org/${uri}`)
  it.each<[string, Spoil, string]>([
    ['whose RelayState is another one', set('RelayState', 'other'), 'saml_signature_invalid'],
    ['whose RelayState is spelled in another way', set('RelayState', 'stat%65'), 'saml_signature_invalid'],
    ['without its RelayState', drop('RelayState'), 'saml_signature_invalid'],
    [
      'whose algorithm is another one',
      set('SigAlg', algorithm('2001/04/xmldsig-more#rsa-sha512')),
      'saml_signature_invalid',
    ],
    [
      'whose algorithm is for another kind of key',
      set('SigAlg', algorithm('2001/04/xmldsig-more#ecdsa-sha256')),
      'saml_signature_invalid',
    ],
    ['with SHA-1', set('SigAlg', algorithm('2000/09/xmldsig#rsa-sha1')), 'saml_signature_refused'],
    ['with an HMAC', set('SigAlg', algorithm('2001/04/xmldsig-more#hmac-sha256')), 'saml_signature_refused'],
    ['without its algorithm', drop('SigAlg'), 'saml_logout_invalid'],
    ['without its signature', drop('Signature'), 'saml_logout_invalid'],
    [
      'with an empty signature',
      inQuery((query) => query.replace(/Signature=.*/, 'Signature=')),
      'saml_logout_invalid',
    ],
    [
      'whose signature is another one',
      inQuery((query) => query.replace(/Signature=.{8}/, 'Signature=AAAAAAAA')),
      'saml_signature_invalid',
    ],
    [
      'that is called an answer',
      inQuery((query) => query.replace('SAMLRequest=', 'SAMLResponse=')),
      'saml_signature_invalid',
    ],
    ['with the message twice', again('SAMLRequest'), 'there twice'],
    ['with an answer beside the message', again('SAMLResponse', 'x'), 'more than one'],
    ['with another RelayState behind it', again('RelayState', 'other'), 'there twice'],
    ['with another signature behind it', again('Signature'), 'there twice'],
    ['with a message in another spelling', inQuery((query) => `SAMLReques%74=x&${query}`), 'is encoded'],
    ['in another encoding', inQuery((query) => `${query}&SAMLEncoding=other`), 'saml_logout_invalid'],
    ['that is empty', inQuery(() => ''), 'no message'],
    [
      'whose message was changed',
      inQuery((query) => query.replace('SAMLRequest=', 'SAMLRequest=AAAA')),
      'saml_signature_invalid',
    ],
  ])('%s', async (_, spoil, reason) => {
    expect(await refusalOfDetail(spoil)).toContain(reason)
  })

  /** With the reason among the details. */
  async function refusalOfDetail(spoil: Spoil): Promise<string> {
    const good = await startLogout(scenario, { binding: 'redirect', relayState: 'state' })
    const spoilt = await spoil(good, scenario)
    const error = await read(scenario, spoilt).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    return error instanceof SsoError
      ? `${error.code}: ${error.message} ${error.details['reason'] ?? ''}`
      : 'accepted'
  }
})

describe('a form is refused', () => {
  it.each<[string, Spoil, string]>([
    ['whose signature was taken off', inForm(withoutSignature), 'saml_signature_missing'],
    ['that names somebody else', inForm((xml) => xml.replace('user-1', 'user-2')), 'saml_signature_invalid'],
    ['that names another session', inForm((xml) => xml.replace('>_1<', '>_2<')), 'saml_signature_invalid'],
    [
      'without its SessionIndex',
      inForm((xml) => xml.replace(/<samlp:SessionIndex>.*<\/samlp:SessionIndex>/, '')),
      'saml_signature_invalid',
    ],
    [
      'with the signed message within a forged one',
      inForm((xml) => forged(`<samlp:Extensions>${xml}</samlp:Extensions>`)),
      'a message within the message',
    ],
    [
      'with the signature on a forged message',
      inForm((xml) => forged(signatureOf(xml))),
      'saml_signature_refused',
    ],
    [
      'with the signature on a forged message of the same ID',
      inForm((xml) => forged(signatureOf(xml)).replace('_forged', / ID="([^"]*)"/.exec(xml)?.[1] ?? '')),
      'saml_signature_invalid',
    ],
    [
      'with the signed message in the signature',
      inForm((xml) =>
        forged(
          signatureOf(xml).replace(
            '</ds:Signature>',
            `<ds:Object>${withoutSignature(xml)}</ds:Object></ds:Signature>`,
          ),
        ),
      ),
      'a message within the message',
    ],
    [
      'with two signatures',
      inForm((xml) => xml.replace(signatureOf(xml), signatureOf(xml).repeat(2))),
      'saml_signature_refused',
    ],
    [
      'with a signature that stands elsewhere',
      inForm((xml) => extensions(signatureOf(xml))(withoutSignature(xml))),
      'saml_signature_refused',
    ],
    ['with a comment', inForm((xml) => xml.replace('user-1', 'user-1<!-- -->')), 'saml_xml_invalid'],
    [
      'with a processing instruction',
      inForm((xml) => xml.replace('user-1', 'user-1<?x?>')),
      'saml_xml_invalid',
    ],
    ['with an assertion', inForm(extensions(assertion)), 'an assertion in the message'],
    [
      'that calls itself an answer',
      (message) => ({ ...message, parameters: new URLSearchParams({ SAMLResponse: toBase64(message.xml) }) }),
      'not one about a logout',
    ],
    [
      'with two messages',
      (message) => ({
        ...message,
        parameters: new URLSearchParams(`${message.parameters}&${message.parameters}`),
      }),
      'saml_logout_invalid',
    ],
    [
      'without a message',
      (message) => ({ ...message, parameters: new URLSearchParams() }),
      'saml_logout_invalid',
    ],
    ['that is not XML', inForm(() => 'no'), 'saml_xml_invalid'],
  ])('%s', async (_, spoil, reason) => {
    expect(await refusalOf('post', {}, spoil)).toContain(reason)
  })

  it('that is the answer to a login', async () => {
    const { parameters } = await idp.unsolicited({ serviceProvider: us.entityId, acsUrl: us.singleLogoutUrl })
    const url = new URL(us.singleLogoutUrl)
    expect(await refusalIn(read(scenario, { binding: 'post', url, parameters }))).toContain(
      'not one about a logout',
    )
  })

  it('with a query that is signed: that is another binding', async () => {
    const { url } = await startLogout(scenario, { binding: 'redirect' })
    const xml = (await startLogout(scenario, { binding: 'post', hooks: { signer: () => undefined } })).xml
    const parameters = new URLSearchParams(url.search)
    parameters.set('SAMLRequest', toBase64(xml))
    expect(await refusalIn(read(scenario, { binding: 'post', url, parameters }))).toContain(
      'saml_signature_missing',
    )
  })
})
