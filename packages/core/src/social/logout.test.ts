import { expect, it } from 'vitest'
import { baseUrl, parseOptionsWith } from '../../test/configured.ts'
import { loadConfiguration } from '../config/compile.ts'
import type { SocialConnection } from '../config/connection.ts'
import { parseConfiguration } from '../config/parse.ts'
import { createSelector } from '../selection/select.ts'
import { socialLogoutUrl } from './logout.ts'

const client = { client_id: '1example2cognito3', client_secret: 'a secret' }
const domain = 'https://acme.auth.eu-central-1.amazoncognito.com'

/** @param accounts below `social_account` */
function logoutUrlOf(id: SocialConnection['id'], accounts: object): URL | undefined {
  const input = { social_account: { enabled: true, ...accounts } }
  const { compiled, issues } = parseConfiguration(input, parseOptionsWith())
  if (!compiled) throw new Error(issues.map(({ message }) => message).join('; '))
  const connection = createSelector(loadConfiguration(compiled, () => undefined)).byId('social', id)
  if (connection.protocol !== 'social') throw new Error('it is none')
  return socialLogoutUrl(connection, baseUrl)
}

it('a user pool is told for which application, and where to send people back', () => {
  const url = logoutUrlOf('amazon-cognito', { amazon_cognito: { ...client, domain, idp_logout: true } })
  expect(`${url?.origin}${url?.pathname}`).toBe(`${domain}/logout`)
  expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
    client_id: client.client_id,
    logout_uri: 'https://sso.example.com/api/auth/social/amazon-cognito/post-logout/',
  })
})

it('nobody is sent to a user pool where that is not wanted', () => {
  expect(logoutUrlOf('amazon-cognito', { amazon_cognito: { ...client, domain } })).toBeUndefined()
})

it('at GitHub there is nowhere to sign out', () => {
  expect(logoutUrlOf('github', { github: client })).toBeUndefined()
})
