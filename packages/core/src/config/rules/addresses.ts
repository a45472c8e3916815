import { type BaseUrl, isLoopback, isOneLabel, mayCall } from '../base-url.ts'
import type { Entry, Finding, RuleContext } from './entry.ts'
import { textOf } from './entry.ts'

interface AddressRule {
  readonly key: string
  /** Whether a query may be part of it. Never one of `server_url`: it would cut the path off. */
  readonly query: boolean
}

const oidcAddresses: readonly AddressRule[] = [
  { key: 'server_url', query: false },
  { key: 'issuer', query: false },
  { key: 'authorization_endpoint', query: true },
  { key: 'pushed_authorization_request_endpoint', query: true },
  { key: 'token_endpoint', query: true },
  { key: 'userinfo_endpoint', query: true },
  { key: 'jwks_uri', query: true },
  { key: 'revocation_endpoint', query: true },
  { key: 'end_session_endpoint', query: true },
]

const samlAddresses: readonly AddressRule[] = [
  { key: 'metadata_url', query: true },
  { key: 'sso_url', query: true },
  { key: 'slo_url', query: true },
]

/** How a provider calls itself is no address that is called, and holds no password all the same. */
const names = ['entity_id']

/** Addresses at an identity provider: whole, without secrets, and not in the clear. */
export function checkAddresses(entry: Entry, { baseUrl }: RuleContext): readonly Finding[] {
  const rules = entry.protocol === 'SAML' ? samlAddresses : oidcAddresses
  const named = names.flatMap((key) =>
    holdsPassword(textOf(entry, key) ?? '') ? [{ key, ...withPassword(key) }] : [],
  )
  const called = rules.flatMap(({ key, query }) => {
    const address = textOf(entry, key)
    if (address === undefined || /[<>]/.test(address)) return []
    const problem = addressProblem(address, key, query, baseUrl)
    return problem ? [{ key, ...problem }] : []
  })
  return [...named, ...called, ...checkNames(entry, rules, baseUrl)]
}

/** Names that cannot be looked up from elsewhere; where Doorward has no public name either, it may be in their network. */
function checkNames(entry: Entry, rules: readonly AddressRule[], baseUrl: BaseUrl): readonly Finding[] {
  const own = new URL(baseUrl)
  if (isLoopback(own.hostname) || isOneLabel(own)) return []
  const hosts = new Map<string, Finding>()
  for (const { key } of rules) {
    const url = URL.parse(textOf(entry, key) ?? '')
    if (url?.protocol !== 'https:' || !isOneLabel(url) || hosts.has(url.hostname)) continue
    const isMade = textOf(entry, 'domain')?.toLowerCase().includes(url.hostname) === true
    const written = isMade ? 'domain' : key
    hosts.set(url.hostname, {
      code: 'host_without_dot',
      key: written,
      message: `the host in "${written}" is a single word, which only its own network can look up`,
      fix: 'write its whole name, such as login.example.com',
    })
  }
  return [...hosts.values()]
}

/** Whether there is a user name or a password before a host, also behind a second `https://`. */
export function holdsPassword(address: string): boolean {
  const url = URL.parse(address)
  return Boolean(url?.username || url?.password) || /^[^?#]*\/\/[^/?#]*@/.test(address)
}

function withPassword(key: string): Omit<Finding, 'key'> {
  return { code: 'url_with_password', message: `"${key}" must not hold a user name or a password` }
}

/** @returns what is wrong with an address at an identity provider */
export function addressProblem(
  address: string,
  key: string,
  query: boolean,
  baseUrl: BaseUrl,
): Omit<Finding, 'key'> | undefined {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) {
    return {
      code: 'url_invalid',
      message: `"${key}" is not a URL such as https://login.example.com`,
      fix: /^[\w.-]+\.[a-z]{2,}(\/|$)/i.test(address)
        ? 'write https:// before it'
        : 'write the whole address, as the identity provider shows it: https://, its host and its path',
    }
  }
  // Not `url.search`: a query that is empty is one all the same.
  if (query ? address.includes('#') : /[?#]/.test(address)) {
    return {
      code: 'url_with_query',
      message: `"${key}" must not have ${query ? '' : 'a query or '}a fragment`,
      fix: query ? 'remove the "#" and what follows it' : 'remove the "?" or "#" and what follows it',
    }
  }
  if (holdsPassword(address)) return withPassword(key)
  if (mayCall(url, baseUrl)) return undefined
  if (isLoopback(url.hostname)) {
    return {
      code: 'url_on_loopback',
      message: `"${key}" is plain http:// on this machine, which is allowed only while Doorward runs there too`,
      fix: 'use https://, or a base URL on localhost',
    }
  }
  const why =
    key === 'metadata_url'
      ? 'use https://: whoever changes the metadata on its way decides which keys are trusted'
      : 'use https://, or secrets and tokens cross the network in the clear'
  return { code: 'url_not_https', message: `"${key}" must begin with https://`, fix: why }
}
