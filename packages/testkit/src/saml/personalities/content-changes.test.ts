import { beforeAll, describe, expect, it } from 'vitest'
import { differences, type Observation } from '../../test-support/observe.ts'
import { observeResponse } from '../../test-support/observe-response.ts'
import { build, useKeys } from '../../test-support/responses.ts'
import type { SamlPersonalityName } from '../index.ts'
import type { recipients } from './recipients.ts'
import type { times } from './times.ts'

const gone = undefined
const otherAcs = 'https://another-sp.example/acs'
const otherSp = 'https://another-sp.example/metadata'
const otherIdp = 'https://another-idp.example/metadata'
const acs = 'https://sp.example/acs/?a=1&amp;b=2'
const cm = 'urn:oasis:names:tc:SAML:2.0:cm'
const data = 'SubjectConfirmationData'
const wrongRequest = '_another-request'

/** Every change that a personality makes to what a response says. What is not named here must be good. */
const changes: Record<keyof typeof recipients | keyof typeof times, Observation> = {
  'wrong-destination': { 'Response@Destination': otherAcs },
  'empty-destination': { 'Response@Destination': '' },
  'destination-with-suffix': { 'Response@Destination': `${acs}.attacker.example` },
  'missing-destination': { 'Response@Destination': gone },
  'missing-destination-signed': { 'Response@Destination': gone },
  'wrong-recipient': { [`${data}@Recipient`]: otherAcs },
  'missing-recipient': { [`${data}@Recipient`]: gone },
  'recipient-with-suffix': { [`${data}@Recipient`]: `${acs}/x` },
  'wrong-audience': { Audience: otherSp },
  'audience-with-suffix': { Audience: 'https://sp.example/metadata/x' },
  'one-of-two-restrictions': { 'AudienceRestriction 2': '', 'Audience 2': otherSp },
  'no-audience-restriction': { AudienceRestriction: gone, Audience: gone },
  'empty-audience-restriction': { Audience: gone },
  'empty-audience': { Audience: '' },
  'no-conditions': {
    Conditions: gone,
    'Conditions@NotBefore': gone,
    'Conditions@NotOnOrAfter': gone,
    AudienceRestriction: gone,
    Audience: gone,
  },
  'two-conditions': { 'Conditions 2': '', 'AudienceRestriction 2': '', 'Audience 2': otherSp },
  'unknown-condition': {
    Condition: '',
    'Condition@xmlns:x': 'urn:example:x',
    'Condition@xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'Condition@xsi:type': 'x:Unknown',
  },
  'wrong-in-response-to': { 'Response@InResponseTo': wrongRequest, [`${data}@InResponseTo`]: wrongRequest },
  'wrong-in-response-to-in-confirmation': { [`${data}@InResponseTo`]: wrongRequest },
  'wrong-in-response-to-on-response': { 'Response@InResponseTo': wrongRequest },
  'missing-in-response-to': { 'Response@InResponseTo': gone, [`${data}@InResponseTo`]: gone },
  'in-response-to-on-response-only': { [`${data}@InResponseTo`]: gone },
  'in-response-to-in-confirmation-only': { 'Response@InResponseTo': gone },
  'not-bearer': { 'SubjectConfirmation@Method': `${cm}:holder-of-key` },
  'sender-vouches': { 'SubjectConfirmation@Method': `${cm}:sender-vouches` },
  'no-confirmation': {
    SubjectConfirmation: gone,
    'SubjectConfirmation@Method': gone,
    [data]: gone,
    [`${data}@InResponseTo`]: gone,
    [`${data}@NotOnOrAfter`]: gone,
    [`${data}@Recipient`]: gone,
  },
  'mixed-confirmations': {
    [`${data}@InResponseTo`]: wrongRequest,
    'SubjectConfirmation 2': '',
    'SubjectConfirmation 2@Method': `${cm}:bearer`,
    [`${data} 2`]: '',
    [`${data} 2@InResponseTo`]: '_request-1',
    [`${data} 2@NotOnOrAfter`]: '2030-01-01T00:05:00Z',
    [`${data} 2@Recipient`]: otherAcs,
  },
  'mixed-methods': {
    'SubjectConfirmation@Method': `${cm}:sender-vouches`,
    'SubjectConfirmation 2': '',
    'SubjectConfirmation 2@Method': `${cm}:bearer`,
    [`${data} 2`]: '',
    [`${data} 2@InResponseTo`]: '_request-1',
    [`${data} 2@NotOnOrAfter`]: '2030-01-01T00:05:00Z',
    [`${data} 2@Recipient`]: otherAcs,
  },
  'no-confirmation-data': {
    [data]: gone,
    [`${data}@InResponseTo`]: gone,
    [`${data}@NotOnOrAfter`]: gone,
    [`${data}@Recipient`]: gone,
  },
  'two-confirmation-data': {
    [`${data}@Recipient`]: otherAcs,
    [`${data} 2`]: '',
    [`${data} 2@InResponseTo`]: '_request-1',
    [`${data} 2@NotOnOrAfter`]: '2030-01-01T00:05:00Z',
    [`${data} 2@Recipient`]: acs,
  },
  'wrong-response-issuer': { Issuer: otherIdp },
  'wrong-assertion-issuer': { 'Issuer 2': otherIdp },
  'missing-assertion-issuer': { 'Issuer 2': gone },
  'issuer-differs-by-slash': { 'Issuer 2': 'https://idp.example/metadata/' },
  'issuer-of-another-format': {
    'Issuer 2@Format': 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  },
  'unsolicited-wrong-audience': {
    'Response@InResponseTo': gone,
    [`${data}@InResponseTo`]: gone,
    Audience: otherSp,
  },
  expired: {
    'Conditions@NotBefore': '2029-12-31T23:39:00Z',
    'Conditions@NotOnOrAfter': '2029-12-31T23:50:00Z',
  },
  'not-yet-valid': {
    'Conditions@NotBefore': '2030-01-01T23:59:00Z',
    'Conditions@NotOnOrAfter': '2030-01-02T00:05:00Z',
  },
  'never-valid': {
    'Conditions@NotBefore': '2030-01-01T00:05:00Z',
    'Conditions@NotOnOrAfter': '2029-12-31T23:59:00Z',
  },
  'confirmation-expired': { [`${data}@NotOnOrAfter`]: '2029-12-31T23:50:00Z' },
  'confirmation-without-end': { [`${data}@NotOnOrAfter`]: gone },
  'confirmation-not-yet-valid': {
    [`${data}@NotBefore`]: '2030-01-02T00:05:00Z',
    [`${data}@NotOnOrAfter`]: '2030-01-03T00:05:00Z',
  },
  'confirmation-with-not-before': { [`${data}@NotBefore`]: '2029-12-31T23:55:00Z' },
  'confirmation-date-unparsable': { [`${data}@NotOnOrAfter`]: 'tomorrow' },
  'session-over': { 'AuthnStatement@SessionNotOnOrAfter': '2029-12-31T23:50:00Z' },
  'session-end-unparsable': { 'AuthnStatement@SessionNotOnOrAfter': 'tomorrow' },
  'not-before-unparsable': { 'Conditions@NotBefore': 'yesterday' },
  'date-unparsable': { 'Conditions@NotOnOrAfter': 'tomorrow' },
  'date-empty': { 'Conditions@NotOnOrAfter': '' },
  'date-without-timezone': { 'Conditions@NotOnOrAfter': '2099-01-01T00:00:00' },
  'date-with-offset': { 'Conditions@NotOnOrAfter': '2099-01-01T00:00:00+14:00' },
  'date-without-time': { 'Conditions@NotOnOrAfter': '2099-01-01' },
  'date-in-month-thirteen': { 'Conditions@NotOnOrAfter': '2099-13-01T00:00:00Z' },
  'date-as-number': { 'Conditions@NotOnOrAfter': '4070908800' },
}

const keys = useKeys()
let good: Observation

beforeAll(async () => {
  good = observeResponse((await build(keys, 'good')).xml)
})

it('good says what the other tests compare with', () => {
  expect(good).toMatchObject({
    'Response@ID': '_response',
    'Response@Destination': acs,
    'Response@InResponseTo': '_request-1',
    Issuer: 'https://idp.example/metadata',
    'StatusCode@Value': 'urn:oasis:names:tc:SAML:2.0:status:Success',
    NameID: 'user-1',
    'SubjectConfirmation@Method': `${cm}:bearer`,
    [`${data}@Recipient`]: acs,
    [`${data}@NotOnOrAfter`]: '2030-01-01T00:05:00Z',
    'Conditions@NotBefore': '2029-12-31T23:59:00Z',
    'Conditions@NotOnOrAfter': '2030-01-01T00:05:00Z',
    Audience: 'https://sp.example/metadata/',
    'AuthnStatement@SessionIndex': '_session',
  })
})

describe('each personality makes exactly the change it is named after', () => {
  it.each(Object.entries(changes) as [SamlPersonalityName, Observation][])('%s', async (name, expected) => {
    expect(differences(good, observeResponse((await build(keys, name)).xml))).toStrictEqual(expected)
  })
})
