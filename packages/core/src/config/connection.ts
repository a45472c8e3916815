import type { Secret } from '../encoding/secret.ts'
import type { BaseUrl } from './base-url.ts'

/** Whose logins belong to a connection. What is here decides who is sent there and which addresses it may bring. */
export interface Reach {
  /** Domains, as ASCII in lower case. */
  readonly domains: readonly string[]
  /** Domains whose sub-domains are meant, however deep, and not they themselves: `*.example.com` as `example.com`. */
  readonly wildcards: readonly string[]
  /** Single addresses, in the form of `parseEmailAddress`. */
  readonly addresses: readonly string[]
  /** Whether addresses that nobody names are sent here. */
  readonly isDefault: boolean
}

/** What selection needs to know of a connection. */
export interface ConnectionSummary {
  /** Unique, safe in a URL: part of the callback's address. */
  readonly id: string
  readonly protocol: Connection['protocol']
  /** Whether people are sent there. One that is off keeps its domains: nobody else may bring their addresses. */
  readonly isOffered: boolean
  readonly reach: Reach
  /** The lowest wins when `selectionMode` is `lowest_weight`. */
  readonly weight: number
  /** The path of the redirect URI, where it is another product's, registered already. No two have the same. */
  readonly callbackPath: string | undefined
  /** As the identity provider calls itself, in the form of `issuerKey`: for being chosen by `iss`. */
  readonly issuer: string | undefined
}

/** What every identity provider of a customer has, whatever its protocol. */
interface ConnectionBase extends ConnectionSummary {
  /** For people. */
  readonly name: string
  /** `require`: only addresses that the provider calls verified. `automatic`: the e-mail policy alone decides. */
  readonly emailVerification: 'require' | 'automatic'
  /** Whether groups are taken over, anew at every login. */
  readonly synchronizesGroups: boolean
  /** Which groups give which roles; none: nobody has a role. */
  readonly roles: RoleMapping
}

/** Which groups give which roles. */
export interface RoleMapping {
  readonly isCaseSensitive: boolean
  readonly rules: readonly { readonly group: string; readonly roles: readonly string[] }[]
}

/** Endpoints that were configured. Those that are not are discovered. */
export interface OidcEndpoints {
  readonly authorization?: string
  readonly pushedAuthorizationRequest?: string
  readonly token?: string
  readonly userinfo?: string
  readonly jwks?: string
  readonly revocation?: string
  readonly endSession?: string
}

/** Which claim says what: names or paths. */
export interface ClaimsMapping {
  readonly email: string
  /** Undefined where the address is in another claim than the standard's: what the standard's says is not about it. */
  readonly emailVerified: string | undefined
  readonly username: string
  readonly name: string
  readonly givenName: string
  readonly familyName: string
  readonly picture: string
  /** The first that is present counts. */
  readonly groups: readonly string[]
}

/**
 * What a request can ask for beyond the usual
 * ([OpenID Connect Core, section 3.1.2.1](https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest)).
 */
export interface OidcWishes {
  /** What people are asked at every login; none: as the provider likes. */
  readonly prompt: readonly ('login' | 'consent' | 'select_account')[]
  /** How long ago people may have signed in there, in seconds. This is no wish: the answer is held to it. */
  readonly maxAge: number | undefined
  /** How people are to prove who they are, the best first. */
  readonly acrValues: readonly string[]
  /** The domain whose people come, as Entra ID takes it. */
  readonly domainHint: string | undefined
}

/** An OpenID Provider, and our registration with it. */
export interface OidcConnection extends ConnectionBase {
  readonly protocol: 'oidc'
  /** Where the discovery document is, as configured, without `/.well-known/openid-configuration` and final slash. */
  readonly serverUrl: string
  /** Whether the provider describes itself at `serverUrl`. If not, all that a login needs is configured. */
  readonly discovers: boolean
  /** What the provider calls itself, to the letter, where that is configured: then it must. */
  readonly configuredIssuer?: string
  /** They come before what is discovered. */
  readonly endpoints: OidcEndpoints
  readonly clientId: string
  /** Undefined for a public client. */
  readonly clientSecret: Secret | undefined
  /** `automatic` takes what the provider says it supports. */
  readonly clientAuthentication:
    | 'client_secret_basic'
    | 'client_secret_post'
    | 'private_key_jwt'
    | 'none'
    | 'automatic'
  /** What signs in place of the secret: PEM as PKCS#8, or a JWK. */
  readonly clientPrivateKey: Secret | undefined
  /** How the provider calls that key, where it wants to know: `kid`. */
  readonly clientKeyId: string | undefined
  /** The certificate by which the provider knows that key, DER as base64: for `x5t#S256`. */
  readonly clientCertificate: string | undefined
  /** For whom what is signed is: the provider by its name, or by the address that is called. */
  readonly assertionAudience: 'issuer' | 'endpoint'
  readonly responseType: 'code' | 'id_token'
  readonly responseMode: 'query' | 'form_post'
  /** False only for providers that refuse the parameters. Nonce and state are sent and checked in any case. */
  readonly pkce: boolean
  /** With `openid` among them. */
  readonly scopes: readonly string[]
  /** For providers that want to know for which API the tokens are. */
  readonly audience: string | undefined
  /** The same in the words of [RFC 8707](https://www.rfc-editor.org/rfc/rfc8707), as ADFS asks for it. */
  readonly resource: string | undefined
  /** `automatic`: requests are pushed where the provider takes that. */
  readonly pushedRequests: 'automatic' | 'never'
  /** What else an authentication request asks for. */
  readonly asks: OidcWishes
  /** `automatic`: the ID Token, and userinfo when it has no address. `userinfo`: always both. */
  readonly claimsSource: 'automatic' | 'id_token' | 'userinfo'
  readonly claims: ClaimsMapping
  /**
   * The organisations that may come in where an address is for several, as Entra ID calls them: tenants. None: the
   * address is for one, and who is in it the provider knows.
   */
  readonly tenants: readonly string[]
  /** Where somebody's groups are that the provider leaves out, because there are too many. */
  readonly groupsOverage: 'refuse' | 'graph'
  /** Whether to sign people out at the provider too. */
  readonly logsOutAtProvider: boolean
}

/** Where the keys and addresses of a SAML identity provider come from. */
export type SamlMetadataSource =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'document'; readonly xml: string }
  /** `certificates` are DER as base64: any of them may have signed. */
  | {
      readonly kind: 'settings'
      readonly ssoUrl: string
      readonly sloUrl: string | undefined
      readonly certificates: readonly string[]
    }

/** Which attributes say what: names, the first that is present counts. */
export interface AttributeMapping {
  /** None: the NameID. */
  readonly uid: readonly string[]
  readonly username: readonly string[]
  readonly email: readonly string[]
  readonly emailVerified: readonly string[]
  readonly name: readonly string[]
  readonly givenName: readonly string[]
  readonly familyName: readonly string[]
  readonly picture: readonly string[]
  readonly groups: readonly string[]
}

/** How people are to prove at the identity provider who they are: `RequestedAuthnContext`, SAML core § 3.3.2.2.1. */
interface RequestedAuthnContext {
  /** URIs of authentication context classes; at least one. */
  readonly classes: readonly string[]
  readonly comparison: 'exact' | 'minimum' | 'maximum' | 'better'
}

/** A SAML identity provider. */
export interface SamlConnection extends ConnectionBase {
  readonly protocol: 'saml'
  readonly entityId: string
  readonly metadata: SamlMetadataSource
  readonly attributes: AttributeMapping
  /** What NameID to ask for; undefined: whatever the identity provider sends. */
  readonly nameIdFormat: string | undefined
  /** Whether people are to sign in there anew, even if they still are. */
  readonly forceAuthn: boolean
  readonly authnContext: RequestedAuthnContext | undefined
  /** How people are sent there. `automatic`: as the metadata offers, by redirect where there is a choice. */
  readonly ssoBinding: 'automatic' | 'redirect' | 'post'
  /** Whether an answer that nobody asked for begins a login that is asked for. It never signs anybody in itself. */
  readonly acceptsIdpInitiated: boolean
  /** `automatic`: when the identity provider's metadata wants it. */
  readonly signsRequests: boolean | 'automatic'
  /** One valid signature is needed in any case; these demand it at a certain place. */
  readonly wantsSignedAssertions: boolean
  readonly wantsSignedResponse: boolean
  /** Whether to sign people out at the identity provider too. */
  readonly logsOutAtProvider: boolean
}

/** The social providers there are. Each is its connection's id too. */
export type SocialProvider = 'google' | 'github' | 'amazon-cognito'

/** What every social provider has, and our registration with it. */
interface SocialBase extends ConnectionBase {
  readonly protocol: 'social'
  readonly provider: SocialProvider
  readonly clientId: string
  readonly clientSecret: Secret
}

/** Google, which is an OpenID Provider. */
export interface GoogleConnection extends SocialBase {
  readonly provider: 'google'
}

/** GitHub, which is none. */
export interface GitHubConnection extends SocialBase {
  readonly provider: 'github'
  /** Where people sign in; an origin. */
  readonly serverUrl: string
  /** Where its REST API is, without a final slash. */
  readonly apiUrl: string
  /** By name, in lower case. Not empty: only active members of one of them come in, and only these become groups. */
  readonly allowedOrganizations: readonly string[]
  /** What become groups: nothing, organisations, or their teams too. */
  readonly groups: 'none' | 'organizations' | 'teams'
}

/** A user pool of Amazon Cognito, by its login pages. */
export interface CognitoConnection extends SocialBase {
  readonly provider: 'amazon-cognito'
  /** Where the login pages are; an origin. */
  readonly domain: string
  /** Whether to sign people out there too. */
  readonly logsOutAtProvider: boolean
}

/** A social provider, and our registration with it. */
export type SocialConnection = GoogleConnection | GitHubConnection | CognitoConnection

/** An identity provider as one customer configured it. */
export type Connection = OidcConnection | SamlConnection | SocialConnection

/** How a connection is found: by the person's e-mail address, or the one with the lowest weight. */
export type SelectionMode = 'email_address' | 'lowest_weight'

/** A connection that is unpacked when it is needed: of a thousand, a process meets a few. */
export interface ConfiguredConnection {
  readonly summary: ConnectionSummary
  /** The same object every time. */
  open(): Connection
}

/** Who runs the installation, as our SAML metadata says it. */
export interface ServiceProviderDescription {
  readonly organization:
    | { readonly name: string; readonly displayName: string; readonly url: string }
    | undefined
  readonly contacts: readonly ServiceProviderContact[]
}

/** Somebody to turn to: `ContactPerson`, SAML metadata § 2.3.2.2. */
interface ServiceProviderContact {
  readonly type: 'technical' | 'support' | 'administrative' | 'billing' | 'other'
  readonly name: string | undefined
  readonly email: string
}

/** Everything that an installation's configuration says. What is here was validated. */
export interface Configuration {
  /** Our own origin; decides which URLs are ours, what is registered at identity providers, and cookies. */
  readonly baseUrl: BaseUrl
  readonly selectionMode: SelectionMode
  /** Whether floods are slowed down. */
  readonly rateLimits: boolean
  readonly serviceProvider: ServiceProviderDescription
  readonly connections: readonly ConfiguredConnection[]
}
