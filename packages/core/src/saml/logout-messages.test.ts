import { describe, expect, it } from 'vitest'
import { buildLogoutRequest, buildLogoutResponse, type LogoutRequest } from './logout-messages.ts'
import { writeXml } from './xml/writer.ts'

const head = {
  id: '_1',
  issuer: 'https://sso.example.com/api/auth/saml/acme/metadata/',
  destination: 'https://idp.example/slo',
  issueInstant: Date.UTC(2026, 10, 22, 9, 49, 17),
}

/** Without what a prefix means. */
const bare = (xml: string) => xml.replaceAll(/ xmlns:\w+="[^"]*"/g, '')

describe('a logout request', () => {
  const request: LogoutRequest = {
    ...head,
    nameId: { value: 'zoe', format: undefined, nameQualifier: undefined, spNameQualifier: undefined },
    sessionIndexes: [],
    notOnOrAfter: head.issueInstant + 300_000,
  }
  const written = (changes: Partial<LogoutRequest>) =>
    bare(writeXml(buildLogoutRequest({ ...request, ...changes })))

  it('says who is to be signed out, and until when that counts', () => {
    expect(written({})).toBe(
      '<samlp:LogoutRequest Destination="https://idp.example/slo" ID="_1" IssueInstant="2026-11-22T09:49:17Z"' +
        ' NotOnOrAfter="2026-11-22T09:54:17Z" Version="2.0">' +
        '<saml:Issuer>https://sso.example.com/api/auth/saml/acme/metadata/</saml:Issuer>' +
        '<saml:NameID>zoe</saml:NameID></samlp:LogoutRequest>',
    )
  })

  it('has the name with all that came with it, white space included', () => {
    const nameId = { value: ' zoe\n', format: 'urn:f', nameQualifier: 'urn:idp', spNameQualifier: 'urn:sp' }
    expect(written({ nameId })).toContain(
      '<saml:NameID Format="urn:f" NameQualifier="urn:idp" SPNameQualifier="urn:sp"> zoe\n</saml:NameID>',
    )
  })

  it('names the sessions, in their order', () => {
    expect(written({ sessionIndexes: ['b', 'a'] })).toContain(
      '</saml:NameID><samlp:SessionIndex>b</samlp:SessionIndex><samlp:SessionIndex>a</samlp:SessionIndex>',
    )
  })
})

describe('a logout response', () => {
  const written = (status: 'success' | 'partial' | 'requester' | 'responder') =>
    bare(writeXml(buildLogoutResponse({ ...head, inResponseTo: '_2', status })))

  it('says to which request it belongs', () => {
    expect(written('success')).toMatch(/^<samlp:LogoutResponse [^>]* InResponseTo="_2" /)
  })

  it.each([
    ['success', 'Success'],
    ['requester', 'Requester'],
    ['responder', 'Responder'],
  ] as const)('says %s', (status, code) => {
    expect(written(status)).toContain(
      `</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${code}"></samlp:StatusCode></samlp:Status>`,
    )
  })

  it('says that only a part was done as the second code', () => {
    expect(written('partial')).toContain(
      '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:PartialLogout">',
    )
  })
})
