import type { ConnectionSettings } from './compile.ts'
import type { GitHubConnection } from './connection.ts'
import type { SocialAccount } from './format/file.ts'
import { rolesOf } from './settings.ts'

type SocialSettings = Extract<ConnectionSettings, { protocol: 'social' }>

/** The keys of `social_account`, and the ids of their connections. */
const ids = { google: 'google', github: 'github', amazon_cognito: 'amazon-cognito' } as const

type Key = keyof typeof ids

/** The ids that `social_account` takes. */
export function socialIds(socialAccount: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(ids).flatMap(([key, id]) => (socialAccount[key] === undefined ? [] : [id]))
}

/** Makes of `social_account` what the rest of the code sees. Every rule was checked before. */
export function toSocialConnections({
  enabled,
  google,
  github,
  amazon_cognito: cognito,
}: SocialAccount): readonly SocialSettings[] {
  if (!enabled) return []
  return [
    google && { ...common('google', 'Google', google), provider: ids.google },
    github && {
      ...common('github', 'GitHub', github),
      provider: ids.github,
      roles: rolesOf(github),
      ...addressesOf(github.server_url ?? GITHUB),
      allowedOrganizations: [
        ...new Set((github.allowed_organizations ?? []).map((name) => name.toLowerCase())),
      ],
      groups: github.groups,
    },
    cognito && {
      ...common('amazon_cognito', 'Amazon Cognito', cognito),
      provider: ids.amazon_cognito,
      domain: originOf(cognito.domain),
      logsOutAtProvider: cognito.idp_logout,
    },
  ].filter((connection) => connection !== undefined)
}

/** What every social provider has. None names an address: whose button is pressed decides. */
function common<K extends Key>(key: K, name: string, settings: NonNullable<SocialAccount[K]>) {
  return {
    id: ids[key],
    protocol: 'social' as const,
    name,
    isOffered: true,
    reach: { domains: [], wildcards: [], addresses: [], isDefault: false },
    weight: 10,
    callbackPath: undefined,
    issuer: undefined,
    emailVerification: settings.email_verification,
    synchronizesGroups: true,
    roles: rolesOf({ authorization: undefined }),
    clientId: settings.client_id,
    clientSecret: settings.client_secret,
  }
}

const GITHUB = 'https://github.com'

/**
 * Where the API of a GitHub is: below a host of its own for GitHub's own servers, below a path for others
 * ([GitHub Enterprise Server](https://docs.github.com/enterprise-server/rest/overview/resources-in-the-rest-api)).
 */
function addressesOf(serverUrl: string): Pick<GitHubConnection, 'serverUrl' | 'apiUrl'> {
  const origin = originOf(serverUrl)
  const { host } = new URL(origin)
  const isHosted = origin === GITHUB || host.endsWith('.ghe.com')
  return { serverUrl: origin, apiUrl: isHosted ? `https://api.${host}` : `${origin}/api/v3` }
}

/** People write it with and without a scheme. */
function originOf(address: string): string {
  return URL.parse(/^https?:\/\//i.test(address) ? address : `https://${address}`)?.origin ?? ''
}
