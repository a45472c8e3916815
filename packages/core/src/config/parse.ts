import * as v from 'valibot'
import { Secret } from '../encoding/secret.ts'
import { ConfigurationError, type ConfigurationIssue } from '../errors/index.ts'
import { type BaseUrl, isLoopback, mayCall } from './base-url.ts'
import type { Configuration, OidcConnection } from './connection.ts'
import { describeIssue } from './describe-issue.ts'
import { configurationSchema, type OidcProviderInput } from './schema.ts'

/** A configuration that can be used, and what its author should know about it. */
export interface ParsedConfiguration {
  readonly configuration: Configuration
  readonly warnings: readonly ConfigurationIssue[]
}

/** What was found in one provider's entry, beyond its shape. */
interface Findings {
  readonly errors: ConfigurationIssue[]
  readonly warnings: ConfigurationIssue[]
}

/**
 * Checks a configuration in the format of `auth_config.yml`.
 *
 * @param input the value that the file describes
 * @param baseUrl our own address: decides whether `http:` identity providers on loopback are allowed
 * @throws ConfigurationError with every issue, not just the first
 */
export function parseConfiguration(input: unknown, baseUrl: BaseUrl): ParsedConfiguration {
  const result = v.safeParse(configurationSchema, input)
  const findings: Findings = { errors: (result.issues ?? []).map(describeIssue), warnings: [] }
  checkProviderEntries(input, baseUrl, findings)
  if (!result.success || findings.errors.length > 0) throw new ConfigurationError(inOrder(findings.errors))

  const { sso, rate_limits } = result.output
  checkReach(sso, findings)
  const configuration: Configuration = {
    baseUrl,
    selectionMode: sso.selection_mode,
    rateLimits: rate_limits?.enabled ?? true,
    connections: sso.enabled
      ? sso.identity_providers.map((provider) => toConnection(provider, sso.enable_pkce ?? true))
      : [],
  }
  return { configuration, warnings: inOrder(findings.warnings) }
}

/**
 * Rules about single values that a schema can not say, and rules between entries. Takes the raw input, so that they are
 * reported together with what the schema finds.
 */
function checkProviderEntries(input: unknown, baseUrl: BaseUrl, { errors, warnings }: Findings): void {
  const sso = property(input, 'sso')
  const entries = property(sso, 'identity_providers')
  if (!Array.isArray(entries)) {
    if (property(sso, 'enabled') === true && entries === undefined) {
      const message = 'single sign-on is enabled, but there is no identity provider'
      errors.push({ path: ['sso'], at: 'key', message, fix: 'add one under "identity_providers:"' })
    }
    return
  }
  if (entries.length === 0 && property(sso, 'enabled') === true) {
    const message = 'single sign-on is enabled, but there is no identity provider'
    errors.push({
      path: ['sso', 'identity_providers'],
      at: 'value',
      message,
      fix: 'add one, or "enabled: false"',
    })
  }
  if (property(sso, 'enable_pkce') === false) {
    const message = 'without PKCE a stolen code is easier to use; nonce and state are checked all the same'
    warnings.push({
      path: ['sso', 'enable_pkce'],
      at: 'value',
      message,
      fix: 'remove it unless a provider refuses PKCE',
    })
  }
  const seen = new Map<string, number>()
  entries.forEach((entry: unknown, index) => {
    const path = ['sso', 'identity_providers', index]
    const id = property(entry, 'id')
    if (typeof id === 'string') {
      const first = seen.get(id.toLowerCase())
      if (first === undefined) seen.set(id.toLowerCase(), index)
      else {
        const message = `"id" is used twice: entry ${first + 1} of the list has it already`
        errors.push({
          path: [...path, 'id'],
          at: 'value',
          message,
          fix: 'give each identity provider its own id',
        })
      }
    }
    const serverUrl = property(entry, 'server_url')
    if (typeof serverUrl === 'string' && serverUrl.trim() !== '') {
      const problem = serverUrlProblem(serverUrl, baseUrl)
      if (problem) errors.push({ path: [...path, 'server_url'], at: 'value', ...problem })
    }
  })
}

function serverUrlProblem(
  text: string,
  baseUrl: BaseUrl,
): Pick<ConfigurationIssue, 'message' | 'fix'> | undefined {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) {
    return { message: '"server_url" is not a URL such as https://login.example.com' }
  }
  // Not `url.search`: a query that is empty would still cut the path off.
  if (/[?#]/.test(text)) return { message: '"server_url" must not have a query or a fragment' }
  if (url.username || url.password) return { message: '"server_url" must not hold a user name or a password' }
  if (mayCall(url, baseUrl)) return undefined
  return isLoopback(url.hostname)
    ? {
        message:
          '"server_url" is plain http:// on this machine, which is allowed only while Doorward runs there too',
        fix: 'use https://, or a base URL on localhost',
      }
    : {
        message: '"server_url" must begin with https://',
        fix: 'use https://, or secrets and tokens cross the network in the clear',
      }
}

/** In `email_address` mode a provider without a domain can not be found. */
function checkReach(sso: v.InferOutput<typeof configurationSchema>['sso'], { warnings }: Findings): void {
  if (!sso.enabled || sso.selection_mode !== 'email_address') return
  sso.identity_providers.forEach((provider, index) => {
    if (provider.email_domain !== undefined) return
    const path = ['sso', 'identity_providers', index]
    const message =
      'nobody is sent to this identity provider: in "email_address" mode it needs an "email_domain"'
    warnings.push({ path, at: 'key', message, fix: 'add "email_domain: example.com"' })
  })
}

function toConnection(provider: OidcProviderInput, pkce: boolean): OidcConnection {
  return {
    protocol: 'oidc',
    id: provider.id,
    name: provider.name,
    emailDomains: provider.email_domain === undefined ? [] : [provider.email_domain],
    weight: provider.weight,
    serverUrl: provider.server_url
      .replace(/\/\.well-known\/openid-configuration\/?$/, '')
      .replace(/\/+$/, ''),
    clientId: provider.client_id,
    clientSecret: new Secret(provider.client_secret),
    clientAuthentication: provider.token_auth_method ?? 'automatic',
    pkce,
  }
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
}

/** In the order of the file: by list index, else as found. */
function inOrder(issues: readonly ConfigurationIssue[]): ConfigurationIssue[] {
  const entry = (issue: ConfigurationIssue) => (typeof issue.path[2] === 'number' ? issue.path[2] : -1)
  return [...issues].sort((a, b) => entry(a) - entry(b))
}
