import { type Entry, textOf } from '../entry.ts'
import { addressOf, type Correction, type Trap } from '../trap.ts'

/** Amazon Cognito, as OpenID Connect and social account. docs/idp/cognito.md says where the facts are from. */
export const cognitoTraps: readonly Trap[] = [
  {
    code: 'cognito_server_url',
    provider: 'cognito',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is the domain of the sign-in pages, not how Cognito calls itself in ID Tokens',
    correct: (text, entry) => {
      const region = /\.auth(?:-fips)?\.([a-z0-9-]+)\.amazoncognito\.com$/.exec(
        addressOf(text)?.host ?? '',
      )?.[1]
      return region && entry.value['issuer'] === undefined ? withPool(region) : undefined
    },
  },
  {
    code: 'cognito_server_url',
    provider: 'cognito',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is not the address of a user pool',
    correct: correctServerUrl,
  },
  {
    code: 'cognito_region',
    provider: 'cognito',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" has another region in its host than in the user pool ID',
    correct: (text, entry) => {
      const address = addressOf(text)
      const region = regionOf(address?.steps[0])
      const host = userPools.exec(address?.host ?? '')
      if (!address || !region || !host || host[1] === region || textOf(entry, 'user_pool_id'))
        return undefined
      return { write: `https://cognito-idp.${region}.amazonaws.com${host[2] ?? ''}${address.path}` }
    },
  },
  {
    code: 'cognito_region',
    provider: 'cognito',
    protocol: 'OIDC',
    key: 'region',
    message: '"region" is another one than in "user_pool_id"',
    correct: (text, entry) => {
      const region = regionOf(textOf(entry, 'user_pool_id'))
      return region && region !== text ? { write: region } : undefined
    },
  },
  {
    code: 'cognito_domain',
    provider: 'cognito',
    key: 'domain',
    message: '"domain" is the address of a user pool, not the domain of its sign-in pages',
    correct: (text) => {
      const region = userPools.exec(addressOf(withScheme(text))?.host ?? '')?.[1]
      return (
        region &&
        `take the "Domain" of the user pool, such as https://PREFIX.auth.${region}.amazoncognito.com`
      )
    },
  },
  {
    code: 'cognito_domain',
    provider: 'cognito',
    key: 'domain',
    message: '"domain" lacks a part of PREFIX.auth.REGION.amazoncognito.com',
    correct: (text) => {
      const host = addressOf(withScheme(text))?.host ?? ''
      return /\.amazoncognito\.com$/.test(host) &&
        !/^[a-z0-9-]+\.auth(-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/.test(host)
        ? 'take the whole "Domain" of the user pool'
        : undefined
    },
  },
  {
    code: 'cognito_domain',
    provider: 'cognito',
    key: 'domain',
    message: '"domain" has a path, and the sign-in pages of a user pool have none before them',
    correct(text) {
      const address = addressOf(withScheme(text))
      return address && address.path !== '' && !userPools.test(address.host)
        ? { write: /^https?:\/\//i.test(text) ? address.origin : address.host }
        : undefined
    },
  },
]

const userPools = /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(\.cn)?$/
const pool = /([a-z]{2}(?:-[a-z]+)+-\d)_[0-9A-Za-z]+/

/** The region that a user pool ID begins with. */
function regionOf(poolId: string | undefined): string | undefined {
  return pool.exec(poolId ?? '')?.[1]
}

function withPool(region: string): string {
  return `write https://cognito-idp.${region}.amazonaws.com/POOL, with the "User pool ID" for POOL`
}

function withScheme(text: string): string {
  return /^https?:\/\//i.test(text) ? text : `https://${text}`
}

function correctServerUrl(text: string, entry: Entry): Correction | undefined {
  const address = addressOf(text)
  const host = userPools.exec(address?.host ?? '')
  const isConsole =
    /^(([a-z0-9-]+\.)?console\.aws\.amazon\.com|cognito-identity\.([a-z0-9-]+\.)?amazonaws\.com)$/
  if (!address || (!host && !isConsole.test(address.host))) return undefined
  const [id, region] = pool.exec(decoded(address.path)) ?? []
  if (!id || !region) return withPool(host?.[1] ?? textOf(entry, 'region') ?? 'REGION')
  return host && address.steps.length === 1 && address.steps[0] === id
    ? undefined
    : { write: `https://cognito-idp.${region}.amazonaws.com${host?.[2] ?? ''}/${id}` }
}

function decoded(path: string): string {
  return path.replaceAll('%3A', ':').replaceAll('%2F', '/')
}
