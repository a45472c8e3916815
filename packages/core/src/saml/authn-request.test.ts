import { expect, it } from 'vitest'
import { type AuthnRequest, buildAuthnRequest } from './authn-request.ts'
import { nameIdFormats } from './urns.ts'
import { writeXml } from './xml/writer.ts'

const request: AuthnRequest = {
  id: '_1',
  issuer: 'https://sso.example.com/api/auth/saml/acme/metadata/',
  destination: 'https://idp.example/sso',
  issueInstant: Date.UTC(2026, 10, 22, 9, 49, 17, 999),
  acsUrl: 'https://sso.example.com/api/auth/saml/acme/acs/',
  nameIdFormat: undefined,
  forceAuthn: false,
  authnContext: undefined,
}

const written = (changes: Partial<AuthnRequest> = {}) =>
  writeXml(buildAuthnRequest({ ...request, ...changes }))

it('says who asks whom, when, and where and how the answer is to come', () => {
  expect(written()).toBe(
    '<samlp:AuthnRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"' +
      ' AssertionConsumerServiceURL="https://sso.example.com/api/auth/saml/acme/acs/"' +
      ' Destination="https://idp.example/sso" ID="_1" IssueInstant="2026-11-22T09:49:17Z"' +
      ' ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Version="2.0">' +
      '<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">https://sso.example.com/api/auth/saml/acme/metadata/</saml:Issuer>' +
      '<samlp:NameIDPolicy AllowCreate="true"></samlp:NameIDPolicy></samlp:AuthnRequest>',
  )
})

it('asks for a kind of name, which may be made for somebody new', () => {
  expect(written({ nameIdFormat: nameIdFormats.persistent })).toContain(
    '<samlp:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">',
  )
})

it('does not say of a transient name that it may be made, for it always is', () => {
  expect(written({ nameIdFormat: nameIdFormats.transient })).toContain(
    '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">',
  )
})

it('asks for a fresh sign-in only when it is wanted', () => {
  expect(written({ forceAuthn: true })).toContain(' ForceAuthn="true" ')
  expect(written()).not.toContain('ForceAuthn')
})

it('asks for ways to sign in, and how they compare', () => {
  const classes = ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509', 'https://idp.example/mfa']
  expect(written({ authnContext: { classes, comparison: 'exact' } })).toMatch(
    /<samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef [^>]*>urn:[\w:.]*:X509<\/saml:AuthnContextClassRef><saml:AuthnContextClassRef [^>]*>https:\/\/idp\.example\/mfa</,
  )
})
