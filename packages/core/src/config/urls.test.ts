import { expect, it } from 'vitest'
import { baseUrl, baseUrlOf } from '../../test/configured.ts'
import { callbackUrl, loginUrl, registrationsOf } from './urls.ts'

it.each([
  ['oidc', 'https://sso.example.com/api/auth/oidc/acme/login/callback/'],
  ['saml', 'https://sso.example.com/api/auth/saml/acme/acs/'],
  ['social', 'https://sso.example.com/api/auth/social/acme/login/callback/'],
] as const)('builds the callback URL of %s that is registered at the identity provider', (protocol, url) => {
  expect(callbackUrl({ protocol, id: 'acme', callbackPath: undefined }, baseUrl)).toBe(url)
})

it('builds the URL at which a login begins', () => {
  expect(
    loginUrl({ protocol: 'oidc', id: 'okta', callbackPath: undefined }, baseUrlOf('http://localhost:8080'))
      .href,
  ).toBe('http://localhost:8080/api/auth/oidc/okta/login/')
})

it('an address that another product had is the one that is registered', () => {
  const connection = { protocol: 'oidc', id: 'wandb', callbackPath: '/oidc/callback' } as const
  const [redirect, ...others] = registrationsOf(connection, baseUrl)
  expect(redirect).toEqual({
    what: 'redirect URI',
    url: 'https://sso.example.com/oidc/callback',
    isRequired: true,
  })
  expect(others.map(({ isRequired }) => isRequired)).not.toContain(true)
})

it.each([
  [
    'oidc',
    'acme',
    {
      'redirect URI': '/api/auth/oidc/acme/login/callback/',
      'post-logout redirect URI': '/api/auth/oidc/acme/post-logout/',
      'back-channel logout URI': '/api/auth/oidc/acme/backchannel-logout/',
      'front-channel logout URI': '/api/auth/oidc/acme/frontchannel-logout/',
      'initiate login URI': '/api/auth/oidc/acme/initiate-login/',
    },
    ['redirect URI'],
  ],
  [
    'saml',
    'acme',
    {
      'entity ID': '/api/auth/saml/acme/metadata/',
      'assertion consumer service (ACS) URL': '/api/auth/saml/acme/acs/',
      'single logout URL': '/api/auth/saml/acme/sls/',
      'metadata URL': '/api/auth/saml/acme/metadata/',
    },
    ['entity ID', 'assertion consumer service (ACS) URL'],
  ],
  ['social', 'google', { 'redirect URI': '/api/auth/social/google/login/callback/' }, ['redirect URI']],
  [
    'social',
    'amazon-cognito',
    {
      'redirect URI': '/api/auth/social/amazon-cognito/login/callback/',
      'post-logout redirect URI': '/api/auth/social/amazon-cognito/post-logout/',
    },
    ['redirect URI'],
  ],
] as const)('names what is registered for %s "%s" as the standard does', (protocol, id, urls, required) => {
  const registrations = registrationsOf({ protocol, id, callbackPath: undefined }, baseUrl)
  const found = registrations.map(({ what, url }) => [what, url.replace('https://sso.example.com', '')])
  expect(Object.fromEntries(found)).toEqual(urls)
  expect(registrations.flatMap(({ what, isRequired }) => (isRequired ? [what] : []))).toEqual(required)
})

it('says what a single logout needs of us', () => {
  const connection = { protocol: 'saml', id: 'acme', callbackPath: undefined } as const
  const found = registrationsOf(connection, baseUrl).filter(({ needs }) => needs !== undefined)
  expect(found.map(({ what }) => what)).toEqual(['single logout URL'])
})
