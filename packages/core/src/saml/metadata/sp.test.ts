import { beforeAll, describe, expect, it } from 'vitest'
import { generateEncodedKeyPair, secretOf } from '../../../test/key-pairs.ts'
import { fullMetadata, sparseMetadata } from '../../../test/sp-metadata.ts'
import { parseServiceProviderKeys, type ServiceProviderKeys } from '../sp-keys.ts'
import { buildServiceProviderMetadata } from './sp.ts'

// That the schema of SAML finds it valid is in test/oracles.

let keys: ServiceProviderKeys
beforeAll(async () => {
  keys = parseServiceProviderKeys(secretOf(await generateEncodedKeyPair(), await generateEncodedKeyPair()))
})

/** Without what a prefix means. */
const bare = (xml: string) => xml.replaceAll(/ xmlns:\w+="[^"]*"/g, '')

describe('our metadata', () => {
  it('says who we are and where answers go, when nothing else is known', () => {
    expect(bare(buildServiceProviderMetadata(sparseMetadata))).toBe(
      '<md:EntityDescriptor entityID="https://sso.example.com/api/auth/saml/acme/metadata/">' +
        '<md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
        '<md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sso.example.com/api/auth/saml/acme/acs/" index="0" isDefault="true"></md:AssertionConsumerService>' +
        '</md:SPSSODescriptor></md:EntityDescriptor>',
    )
  })

  it('publishes every key for both uses, the current one first, and what may be encrypted with', () => {
    const xml = bare(buildServiceProviderMetadata({ ...sparseMetadata, keys }))
    const descriptors = [
      ...xml.matchAll(/<md:KeyDescriptor use="(\w+)">.*?<ds:X509Certificate>(.*?)<.*?<\/md:KeyDescriptor>/g),
    ]
    const [current, next] = keys.pairs.map(({ certificate }) => certificate)
    expect(descriptors.map(([, use, certificate]) => [use, certificate])).toEqual([
      ['signing', current],
      ['signing', next],
      ['encryption', current],
      ['encryption', next],
    ])
    expect(
      descriptors.map(([text]) =>
        [...text.matchAll(/EncryptionMethod Algorithm="(.*?)"/g)].map(([, uri]) => uri),
      ),
    ).toEqual([
      [],
      [],
      ...Array(2).fill([
        'http://www.w3.org/2009/xmlenc11#aes256-gcm',
        'http://www.w3.org/2009/xmlenc11#aes128-gcm',
        'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
      ]),
    ])
  })

  it('does not say whether requests are signed where that depends on the identity provider', () => {
    const xml = buildServiceProviderMetadata({ ...sparseMetadata, keys, signsRequests: 'automatic' })
    expect(xml).not.toContain('AuthnRequestsSigned')
  })

  it('takes logout messages by both bindings, once there are keys to answer with', () => {
    const xml = bare(buildServiceProviderMetadata({ ...sparseMetadata, keys }))
    for (const binding of ['Redirect', 'POST']) {
      expect(xml).toContain(
        `<md:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-${binding}" Location="https://sso.example.com/api/auth/saml/acme/sls/">`,
      )
    }
  })

  it('says what is signed, which name is wanted, who runs it and whom to turn to', () => {
    const xml = bare(buildServiceProviderMetadata(fullMetadata))
    expect(xml).toContain('AuthnRequestsSigned="true" WantAssertionsSigned="true"')
    expect(xml).toContain(
      '<md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat><md:AssertionConsumerService ',
    )
    expect(xml).toContain(
      '</md:SPSSODescriptor><md:Organization><md:OrganizationName xml:lang="en">acme</md:OrganizationName>' +
        '<md:OrganizationDisplayName xml:lang="en">Acme &amp; Söhne &lt;GmbH&gt;</md:OrganizationDisplayName>' +
        '<md:OrganizationURL xml:lang="en">https://acme.example/?a=1&amp;b=2</md:OrganizationURL></md:Organization>' +
        '<md:ContactPerson contactType="technical"><md:GivenName>The identity team</md:GivenName>' +
        '<md:EmailAddress>mailto:identity@acme.example</md:EmailAddress></md:ContactPerson>' +
        '<md:ContactPerson contactType="support"><md:EmailAddress>mailto:help@acme.example</md:EmailAddress></md:ContactPerson>',
    )
  })
})
