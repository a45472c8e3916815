import { buildAuthnRequest } from '../src/saml/authn-request.ts'
import { buildLogoutRequest, buildLogoutResponse } from '../src/saml/logout-messages.ts'
import { nameIdFormats } from '../src/saml/urns.ts'
import type { OutgoingElement } from '../src/saml/xml/writer.ts'

const entityId = 'https://sso.example.com/api/auth/saml/acme/metadata/'

const head = {
  id: '_0123456789abcdef',
  issuer: entityId,
  destination: 'https://idp.example/sso?tenant=1&x=<2>',
  issueInstant: Date.UTC(2026, 10, 22, 9, 49, 17),
}

const acsUrl = 'https://sso.example.com/api/auth/saml/acme/acs/'

/** Messages of every kind that we send, with all that they can say and with as little as they can. */
export const messages: Readonly<Record<string, OutgoingElement>> = {
  'an authentication request that asks for nothing': buildAuthnRequest({
    ...head,
    acsUrl,
    nameIdFormat: undefined,
    forceAuthn: false,
    authnContext: undefined,
  }),
  'an authentication request that asks for much': buildAuthnRequest({
    ...head,
    acsUrl,
    nameIdFormat: nameIdFormats.emailAddress,
    forceAuthn: true,
    authnContext: {
      classes: ['urn:oasis:names:tc:SAML:2.0:ac:classes:X509', 'https://idp.example/mfa?a=1&b=2'],
      comparison: 'minimum',
    },
  }),
  'a logout request': buildLogoutRequest({
    ...head,
    nameId: {
      value: 'Zoë <zoe@acme.example> & \r\n "co"',
      format: nameIdFormats.persistent,
      nameQualifier: 'https://idp.example/',
      spNameQualifier: entityId,
    },
    sessionIndexes: ['_1', '_2'],
    notOnOrAfter: head.issueInstant + 300_000,
  }),
  'a logout request for all sessions of a plain name': buildLogoutRequest({
    ...head,
    nameId: { value: 'zoe', format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
    sessionIndexes: [],
    notOnOrAfter: head.issueInstant + 300_000,
  }),
  'a logout response': buildLogoutResponse({ ...head, inResponseTo: '_1', status: 'success' }),
  'a logout response for a part': buildLogoutResponse({ ...head, inResponseTo: '_1', status: 'partial' }),
}
