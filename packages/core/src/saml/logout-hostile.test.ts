import type { LogoutPersonality } from '@doorward/testkit/saml'
import { describe, expect, it } from 'vitest'
import { assertion, extensions, forged, refusalIn, refusalOf, scenario } from '../../test/hostile-logouts.ts'
import { createLogoutScenario, encryptedId, read, startLogout, us } from '../../test/logout-scenario.ts'

type Hooks = LogoutPersonality['hooks']

const MINUTE = 60_000
const other = 'https://other.example/metadata'
const { clock } = scenario

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
      { request: (good) => ({ ...good, sessionIndexes: Array.from({ length: 17 }, (_, n) => `_${n}`) }) },
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
    [
      'with a name that is longer than any',
      (xml) => xml.replace('user-1', 'x'.repeat(1025)),
      'longer than any',
    ],
    [
      'with a SessionIndex that is longer than any',
      (xml) => xml.replace('_1</samlp:', `${'x'.repeat(1025)}</samlp:`),
      'longer than any',
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
