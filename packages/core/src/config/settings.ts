import { readCertificates } from '../encoding/certificate.ts'
import { parseEmailAddress } from './address.ts'
import type { ConnectionSettings } from './compile.ts'
import type {
  AttributeMapping,
  OidcConnection,
  OidcEndpoints,
  Reach,
  RoleMapping,
  SamlConnection,
  SamlMetadataSource,
  ServiceProviderDescription,
} from './connection.ts'
import { normalizeDomain } from './domain.ts'
import type { OidcEntry, ProviderEntry, SamlEntry, ServiceProviderSection } from './format/file.ts'
import { issuerKey } from './issuer.ts'
import { flowOf } from './oidc-flow.ts'
import type { RuleContext } from './rules/entry.ts'

type Settings<C> = Extract<ConnectionSettings, { protocol: C extends { protocol: infer P } ? P : never }>

/** What goes for every provider unless it says otherwise. */
interface Defaults {
  readonly pkce: boolean
  /** Whether there is single sign-on at all. Where it is off, each keeps its domains, as one that is off by itself does. */
  readonly isOn: boolean
}

/** Makes of an entry what the rest of the code sees. Every rule was checked before. */
export function toConnection(
  entry: ProviderEntry,
  defaults: Defaults,
  context: RuleContext,
): ConnectionSettings {
  return entry.protocol === 'OIDC' || entry.protocol === 'oidc'
    ? toOidc(entry as OidcEntry, defaults)
    : toSaml(entry as SamlEntry, defaults, context)
}

function toOidc(entry: OidcEntry, { pkce, isOn }: Defaults): Settings<OidcConnection> {
  const serverUrl = normalizeServerUrl(entry.server_url ?? entry.issuer ?? '')
  return {
    ...common(entry),
    protocol: 'oidc',
    isOffered: isOn && entry.enabled,
    issuer: issuerKey(entry.issuer ?? serverUrl),
    serverUrl,
    discovers: entry.server_url !== undefined,
    ...(entry.issuer === undefined ? {} : { configuredIssuer: entry.issuer }),
    endpoints: endpointsOf(entry),
    ...flowOf(entry, pkce),
    claimsSource: entry.claims_source,
    claims: {
      email: 'email',
      // What the standard's claim says is about the standard's claim.
      emailVerified: (entry.claims_mapping?.email ?? 'email') === 'email' ? 'email_verified' : undefined,
      username: 'preferred_username',
      name: 'name',
      givenName: 'given_name',
      familyName: 'family_name',
      picture: 'picture',
      ...present({
        email: entry.claims_mapping?.email,
        emailVerified: entry.claims_mapping?.email_verified,
        username: entry.claims_mapping?.username,
        name: entry.claims_mapping?.name,
        givenName: entry.claims_mapping?.given_name,
        familyName: entry.claims_mapping?.family_name,
        picture: entry.claims_mapping?.picture,
      }),
      groups: entry.authorization?.groups_claims ?? [entry.groups_claim ?? 'groups'],
    },
    tenants: tenantsOf(entry),
    groupsOverage: entry.groups_overage,
    logsOutAtProvider: entry.idp_logout ?? false,
  }
}

/** Administrators paste what they find: the whole discovery URL, or with a slash at the end. */
function normalizeServerUrl(text: string): string {
  return text.replace(/\/\.well-known\/openid-configuration\/?$/, '').replace(/\/+$/, '')
}

function endpointsOf(entry: OidcEntry): OidcEndpoints {
  return present({
    authorization: entry.authorization_endpoint,
    pushedAuthorizationRequest: entry.pushed_authorization_request_endpoint,
    token: entry.token_endpoint,
    userinfo: entry.userinfo_endpoint,
    jwks: entry.jwks_uri,
    revocation: entry.revocation_endpoint,
    endSession: entry.end_session_endpoint,
  })
}

function tenantsOf({ tenants = [] }: OidcEntry): readonly string[] {
  return [...new Set(tenants.map((tenant) => tenant.toLowerCase()))]
}

function toSaml(entry: SamlEntry, { isOn }: Defaults, context: RuleContext): Settings<SamlConnection> {
  return {
    ...common(entry),
    protocol: 'saml',
    isOffered: isOn && entry.enabled,
    callbackPath: undefined,
    issuer: issuerKey(entry.entity_id ?? ''),
    entityId: entry.entity_id ?? '',
    metadata: metadataOf(entry, context),
    attributes: attributesOf(entry),
    nameIdFormat: entry.name_id_format,
    forceAuthn: entry.force_authn,
    authnContext: entry.requested_authn_context && {
      classes: entry.requested_authn_context,
      comparison: entry.authn_context_comparison ?? 'exact',
    },
    ssoBinding: entry.sso_binding ?? 'automatic',
    acceptsIdpInitiated: entry.idp_initiated,
    signsRequests: entry.sign_requests ?? 'automatic',
    wantsSignedAssertions: entry.want_assertions_signed,
    wantsSignedResponse: entry.want_response_signed,
    logsOutAtProvider: entry.idp_logout ?? false,
  }
}

function metadataOf(entry: SamlEntry, { readFile }: RuleContext): SamlMetadataSource {
  if (entry.metadata_url !== undefined) return { kind: 'url', url: entry.metadata_url }
  if (entry.metadata !== undefined) return { kind: 'document', xml: entry.metadata }
  if (entry.idp_metadata_file !== undefined) {
    const file = readFile(entry.idp_metadata_file)
    return { kind: 'document', xml: 'text' in file ? file.text : '' }
  }
  const read = (entry.x509_cert ?? []).map((text) => readCertificates(text))
  return {
    kind: 'settings',
    ssoUrl: entry.sso_url ?? '',
    sloUrl: entry.slo_url,
    certificates: read.flatMap((one) =>
      'certificates' in one ? one.certificates.map(({ der }) => der) : [],
    ),
  }
}

function attributesOf({ attribute_mapping: mapping, authorization }: SamlEntry): AttributeMapping {
  return {
    uid: mapping?.uid ?? [],
    username: mapping?.username ?? [],
    email: mapping?.email ?? [],
    emailVerified: mapping?.email_verified ?? [],
    name: mapping?.name ?? [],
    givenName: mapping?.first_name ?? [],
    familyName: mapping?.last_name ?? [],
    picture: mapping?.picture ?? [],
    groups: authorization?.groups_claims ?? mapping?.groups ?? ['groups'],
  }
}

/** What an entry of either protocol says. */
function common(entry: ProviderEntry) {
  return {
    id: entry.id,
    name: entry.name,
    reach: reachOf(entry),
    weight: entry.weight,
    emailVerification: entry.email_verification,
    synchronizesGroups: entry.synchronize_groups,
    roles: rolesOf(entry),
  }
}

function reachOf(entry: ProviderEntry): Reach {
  const domains = entry.email_domain ?? []
  const normalized = (texts: readonly string[]) => [
    ...new Set(texts.map((text) => normalizeDomain(text) ?? '')),
  ]
  return {
    domains: normalized(domains.filter((domain) => !domain.startsWith('*.'))),
    wildcards: normalized(
      domains.filter((domain) => domain.startsWith('*.')).map((domain) => domain.slice(2)),
    ),
    addresses: [...new Set((entry.email_addresses ?? []).map(addressKey))],
    isDefault: entry.default,
  }
}

function addressKey(text: string): string {
  return parseEmailAddress(text)?.key ?? ''
}

/** Makes of the rules what the rest of the code sees. */
export function rolesOf({ authorization }: Pick<ProviderEntry, 'authorization'>): RoleMapping {
  return {
    isCaseSensitive: authorization?.case_sensitive ?? true,
    rules: (authorization?.mapping ?? []).map((rule) => ({
      group: rule.group,
      roles: [
        ...(rule.root_role === undefined ? [] : [rule.root_role]),
        ...(rule.organization_role === undefined ? [] : [`organization:${rule.organization_role}`]),
      ],
    })),
  }
}

/** Makes of `service_provider` what the rest of the code sees. */
export function toServiceProvider(section: ServiceProviderSection | undefined): ServiceProviderDescription {
  const { organization, contacts = [] } = section ?? {}
  return {
    organization: organization && {
      name: organization.name,
      displayName: organization.display_name ?? organization.name,
      url: organization.url,
    },
    contacts: contacts.map(({ type, name, email }) => ({ type, name, email })),
  }
}

/** What was said. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
