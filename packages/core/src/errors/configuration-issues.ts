/**
 * Everything that can be said about a configuration, and how serious it is: an error stops it from being used, a
 * warning does not. The code is stable and made for programs; a person reads the message.
 */
export const issueSeverities = {
  // The text as YAML.
  /** There is nothing in it. */
  file_empty: 'error',
  /** Larger than any honest file. */
  file_too_large: 'error',
  /** The lines stand one below the other without indentation, as when copied from a printed page. */
  indentation_lost: 'error',
  yaml_tab: 'error',
  yaml_indentation: 'error',
  /** A line that is neither a key with a value nor part of a list. */
  yaml_key_expected: 'error',
  /** A value begins with a character that means something in YAML. */
  yaml_value_start: 'error',
  /** A quotation mark or a bracket has no counterpart. */
  yaml_not_closed: 'error',
  yaml_several_documents: 'error',
  yaml_key_twice: 'error',
  /** A reference to an anchor that is not above it. */
  yaml_anchor_unknown: 'error',
  /** Anchors that are repeated until the file would grow beyond all measure. */
  yaml_anchors_too_many: 'error',
  /** An anchor that contains itself. */
  yaml_anchor_cycle: 'error',
  yaml_syntax: 'error',

  // The shape.
  key_unknown: 'error',
  /** A key that means something to the programming language and nothing here, such as `__proto__`. */
  key_reserved: 'error',
  key_missing: 'error',
  /** A key with nothing behind the colon. */
  key_without_value: 'error',
  type_wrong: 'error',
  /** A value that is not one of those there are. */
  choice_unknown: 'error',
  value_empty: 'error',
  value_white_space: 'error',
  value_several_lines: 'error',
  /** Characters that nobody sees: they command a terminal, or change the direction of what follows. */
  value_invisible: 'error',
  value_too_long: 'error',
  number_invalid: 'error',
  /** An example's placeholder, such as `<client_id>`, was not replaced. */
  placeholder_left: 'error',
  /** What examples write in this place; somebody may mean it. */
  placeholder_doubtful: 'warning',
  /** Quotation marks of a text processor: YAML takes them for a part of the value. */
  quotes_typographic: 'warning',
  /** A secret in which something looks like a comment. */
  secret_cut_off: 'warning',
  /** The key would restrict who comes in, and nothing does that yet. */
  no_effect_yet: 'error',
  /** What the key asks for is not in this version; logins are as safe without it. */
  not_in_this_version: 'warning',
  /** Not a name as organisations at GitHub have it. */
  organization_invalid: 'error',
  /** CVAT's documentation misspells Google in a URL. */
  google_misprinted: 'error',

  // References to the environment.
  variable_unset: 'error',
  variable_malformed: 'error',
  /** A name as a shell takes it, which is text here. */
  variable_without_braces: 'warning',
  /** Doorward's own secrets are nobody else's. */
  variable_reserved: 'error',
  /** By its name a secret, where what it says would be seen in addresses or pages. */
  variable_secret: 'error',
  /** Two variables that mean the same say different things. */
  variable_twice: 'error',
  /** Only one form of configuration is read. */
  two_forms: 'error',

  // Identity providers, each and among each other.
  provider_missing: 'error',
  /** All there is to sign in by is switched off. */
  nobody_comes_in: 'warning',
  id_invalid: 'error',
  id_twice: 'error',
  name_twice: 'error',
  /** An answer of a provider comes to one of them. */
  callback_path_twice: 'error',
  domain_invalid: 'error',
  domain_is_address: 'error',
  wildcard_invalid: 'error',
  email_address_invalid: 'error',
  /** In `email_address` mode nothing leads to it. */
  provider_never_chosen: 'warning',
  /** Everybody else is sent there, and refused when they come back. */
  default_bound: 'warning',
  /** A rule for groups that gives no role. */
  role_missing: 'error',
  /** A known provider was named, but not what its addresses are made of. */
  parameter_missing: 'error',
  parameter_invalid: 'error',
  /** A parameter that this provider does not take. */
  parameter_unused: 'error',
  /** What would be made of the parameter is written out beside it. */
  parameter_overridden: 'warning',

  // Addresses.
  url_invalid: 'error',
  url_with_query: 'error',
  url_with_password: 'error',
  url_not_https: 'error',
  /** Plain http on loopback while people reach Doorward elsewhere. */
  url_on_loopback: 'error',
  /** A name that the internet does not know. */
  host_without_dot: 'warning',

  // OpenID Connect.
  issuer_missing: 'error',
  endpoint_missing: 'error',
  /** "idp_logout" asks for a logout that the provider does not have, or that nobody can find. */
  logout_unavailable: 'warning',
  secret_unused: 'warning',
  /** Of the client: not in a form that can be read. */
  private_key_invalid: 'error',
  /** An ID Token through the browser, and no code. */
  implicit_flow: 'warning',
  /** The key asks for what can not be had with `response_type: id_token`. */
  not_in_implicit: 'error',
  pkce_off: 'warning',
  pkce_plain: 'error',
  /** A public client has nothing else. */
  pkce_needed: 'error',
  /** A claim that may pass to somebody else can not say who a person is. */
  user_id_refused: 'error',
  signature_still_verified: 'warning',
  scope_invalid: 'error',
  /** Groups give roles, and none are taken over. */
  roles_without_groups: 'warning',
  /** Everybody can have an address there. */
  domain_public: 'warning',

  // SAML.
  metadata_source_missing: 'error',
  metadata_beside_certificate: 'warning',
  metadata_invalid: 'error',
  metadata_file_unreadable: 'error',
  certificate_invalid: 'error',
  certificate_private_key: 'error',
  certificate_expired: 'error',
  certificate_not_yet_valid: 'warning',
  certificate_expires_soon: 'warning',
  certificate_key_refused: 'error',
  /** A name where the standard has a URI: the provider would compare it to the letter. */
  uri_expected: 'error',
  /** How to compare, and nothing to compare with. */
  authn_context_missing: 'error',
  /** What is asked for can be taken out on the way, and nobody notices. */
  authn_context_unsigned: 'warning',
  /** A NameID that is another one at every login, and no attribute in its place. */
  uid_missing: 'error',
  /** People are to be signed out at the identity provider, and nothing says where. */
  logout_address_missing: 'warning',
  /** Beside metadata, which says where people sign out. */
  slo_url_unused: 'warning',

  // Known traps of single providers.
  /** Our own address, which is to be registered at the provider. */
  own_address: 'error',
  /** `https://https://`. */
  address_doubled: 'error',
  /** `provider` says one, and the addresses are of another. */
  provider_mismatch: 'warning',
  /** An address for SAML where the protocol is OpenID Connect, or the other way round. */
  protocol_mixed_up: 'error',
  endpoint_as_server_url: 'error',
  /** Something else than how the provider calls itself. */
  entity_id_mixed_up: 'error',
  /** Perhaps not how the provider calls itself: it is the default, and can be changed there. */
  entity_id_doubtful: 'warning',
  /** The entity ID and the other addresses are of two tenants, realms or applications. */
  entity_id_mismatch: 'error',
  /** Another address of the provider than that of its metadata. */
  metadata_url_mixed_up: 'error',
  /** Perhaps a page for people, or metadata with another certificate. */
  metadata_url_doubtful: 'warning',
  /** Another address of the provider than where people sign in. */
  sso_url_mixed_up: 'error',
  /** `emailaddress`, where Microsoft's name for it is a URI. */
  attribute_without_uri: 'warning',
  /** Only verified e-mail addresses are let in, and nothing ever says that one is. */
  email_never_verified: 'warning',
  azure_host_missing: 'error',
  azure_server_url: 'error',
  azure_version_1: 'warning',
  azure_multi_tenant: 'error',
  /** What means something only at Entra ID, or at its addresses for several organisations. */
  azure_setting_unused: 'error',
  azure_client_id: 'error',
  azure_secret_id: 'error',
  azure_groups_scope: 'warning',
  /** The name of a group, where its object ID comes. */
  azure_group_name: 'warning',
  /** The tenant's metadata rather than that of the application. */
  azure_metadata_appid: 'warning',
  okta_admin_host: 'error',
  okta_server_url: 'error',
  okta_client_id: 'warning',
  /** An API token. */
  okta_client_secret: 'warning',
  auth0_server_url: 'error',
  auth0_management_audience: 'warning',
  keycloak_server_url: 'error',
  keycloak_realm_missing: 'warning',
  keycloak_master_realm: 'warning',
  keycloak_client_id: 'warning',
  google_server_url: 'error',
  google_client_id: 'error',
  /** An API key, a token, a service account. */
  google_client_secret: 'warning',
  google_without_domain: 'warning',
  google_metadata_url: 'error',
  cognito_server_url: 'error',
  cognito_region: 'error',
  /** Of the social account: not the domain of the sign-in pages. */
  cognito_domain: 'error',
  ping_server_url: 'error',
  ping_client_id: 'error',
  adfs_server_url: 'error',
  adfs_userinfo: 'warning',
  /** AD FS applies its rules to a resource that is named, and to no other. */
  adfs_resource_missing: 'warning',
  jumpcloud_server_url: 'warning',
  duo_server_url: 'error',
  /** The number of a GitHub App. */
  github_client_id: 'warning',
  /** A token, or a private key. */
  github_client_secret: 'warning',
  /** The API, or a page. */
  github_server_url: 'error',
} as const satisfies Readonly<Record<string, 'error' | 'warning'>>

/** The code of something that is wrong in a configuration. */
export type ConfigurationIssueCode = keyof typeof issueSeverities

/** One thing wrong in a configuration. */
export interface ConfigurationIssue {
  readonly code: ConfigurationIssueCode
  /** Where it is, from the root: keys and array indexes. */
  readonly path: readonly (string | number)[]
  /** Whether the key at `path` is meant, rather than its value. */
  readonly at: 'key' | 'value'
  /** What is wrong: lower case, no final stop. */
  readonly message: string
  /** What to write instead. */
  readonly fix?: string
}
