import { expect, it } from 'vitest'
import { baseUrl, baseUrlOf } from '../../test/configured.ts'
import { callbackUrl, loginUrl, registrationsOf } from './urls.ts'

it.each([
  ['oidc', 'https://sso.example.com/api/auth/oidc/acme/login/callback/'],
  ['saml', 'https://sso.example.com/api/auth/saml/acme/acs/'],
  ['social', 'https://sso.example.com/api/auth/social/acme/login/callback/'],
] as const)('builds the callback URL of %s that is registered at the identity provider', (protocol, url) => {
  expect(callbackUrl({ protocol, id: 'acme' }, baseUrl)).toBe(url)
})

it('builds the URL at which a login begins', () => {
  expect(loginUrl({ protocol: 'oidc', id: 'okta' }, baseUrlOf('http://localhost:8080')).href).toBe(
    'http://localhost:8080/api/auth/oidc/okta/login/',
  )
})

it('names what is registered as the standard does', () => {
  expect(registrationsOf({ protocol: 'oidc', id: 'acme' }, baseUrl)).toEqual([
    { what: 'redirect URI', url: 'https://sso.example.com/api/auth/oidc/acme/login/callback/' },
    {
      what: 'post-logout redirect URI',
      url: 'https://sso.example.com/api/auth/oidc/acme/post-logout/',
    },
    {
      what: 'back-channel logout URI',
      url: 'https://sso.example.com/api/auth/oidc/acme/backchannel-logout/',
    },
    {
      what: 'front-channel logout URI',
      url: 'https://sso.example.com/api/auth/oidc/acme/frontchannel-logout/',
    },
    { what: 'initiate login URI', url: 'https://sso.example.com/api/auth/oidc/acme/initiate-login/' },
  ])
  expect(registrationsOf({ protocol: 'social', id: 'google' }, baseUrl)).toEqual([
    { what: 'redirect URI', url: 'https://sso.example.com/api/auth/social/google/login/callback/' },
  ])
  expect(registrationsOf({ protocol: 'saml', id: 'acme' }, baseUrl)).toEqual([
    { what: 'entity ID', url: 'https://sso.example.com/api/auth/saml/acme/metadata/' },
    {
      what: 'assertion consumer service (ACS) URL',
      url: 'https://sso.example.com/api/auth/saml/acme/acs/',
    },
    {
      what: 'single logout URL',
      url: 'https://sso.example.com/api/auth/saml/acme/sls/',
      needs: 'DOORWARD_SAML_KEYS',
    },
    { what: 'metadata URL', url: 'https://sso.example.com/api/auth/saml/acme/metadata/' },
  ])
})
