import { describe, expect, it } from 'vitest'
import {
  assertion,
  extensions,
  forged,
  inForm,
  inQuery,
  refusalIn,
  refusalOf,
  type Spoil,
  scenario,
  toBase64,
} from '../../test/hostile-logouts.ts'
import { read, startLogout, us } from '../../test/logout-scenario.ts'

const { idp } = scenario
const signatureOf = (xml: string) => /<ds:Signature.*<\/ds:Signature>/s.exec(xml)?.[0] ?? ''
const withoutSignature = (xml: string) => xml.replace(signatureOf(xml), '')

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
      inQuery((query) => query.replace(/Signature=.*/, `Signature=${'A'.repeat(344)}`)),
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
    expect(await refusalOf('redirect', {}, spoil)).toContain(reason)
  })
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
