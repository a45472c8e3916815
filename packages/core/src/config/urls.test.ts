import { expect, it } from 'vitest'
import { baseUrl, baseUrlOf, connectionWith } from '../../test/configured.ts'
import { callbackUrl, loginUrl } from './urls.ts'

it('builds the callback URL that is registered at the identity provider', () => {
  expect(callbackUrl(connectionWith({ id: 'okta-oidc' }), baseUrl)).toBe(
    'https://sso.example.com/api/auth/oidc/okta-oidc/login/callback/',
  )
})

it('builds the URL at which a login begins', () => {
  expect(loginUrl(connectionWith({ id: 'okta' }), baseUrlOf('http://localhost:8080')).href).toBe(
    'http://localhost:8080/api/auth/oidc/okta/login/',
  )
})
