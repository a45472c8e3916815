import type { BaseUrl } from './base-url.ts'
import type { ConnectionSummary } from './connection.ts'

/** What of a connection is part of its addresses. */
type Addressed = Pick<ConnectionSummary, 'protocol' | 'id' | 'callbackPath'>

/**
 * The address at which an identity provider answers: what is registered there as redirect URI. Made from the
 * configuration alone, never from a request's `Host`.
 */
export function callbackUrl(connection: Addressed, baseUrl: BaseUrl): string {
  if (connection.callbackPath !== undefined) return `${baseUrl}${connection.callbackPath}`
  return connection.protocol === 'saml'
    ? `${baseUrl}/api/auth/saml/${connection.id}/acs/`
    : `${baseUrl}/api/auth/${connection.protocol}/${connection.id}/login/callback/`
}

/** Our own name at a SAML identity provider: the address of the metadata that we have for it. */
export function samlEntityId({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/saml/${id}/metadata/`
}

/** The address at which a SAML identity provider signs people out here, and answers where we signed them out there. */
export function samlLogoutUrl({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/saml/${id}/sls/`
}

/** The address at which a login at `connection` begins. */
export function loginUrl(connection: Addressed, baseUrl: BaseUrl): URL {
  return new URL(`/api/auth/${connection.protocol}/${connection.id}/login/`, baseUrl)
}

/** The address at which people leave to be signed out at their identity provider. */
export function logoutUrl({ protocol, id }: Addressed, baseUrl: BaseUrl): URL {
  return new URL(`/api/auth/${protocol}/${id}/logout/`, baseUrl)
}

/** The address at which an OpenID Provider sends people back who were signed out there. */
export function postLogoutUrl({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/oidc/${id}/post-logout/`
}

/** The address to which an OpenID Provider posts logout tokens. */
function backChannelLogoutUrl({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/oidc/${id}/backchannel-logout/`
}

/** The address that an OpenID Provider shows in a frame to end a session. */
function frontChannelLogoutUrl({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/oidc/${id}/frontchannel-logout/`
}

/** The address to which a portal sends somebody whose login is to begin here. */
function initiateLoginUrl({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/oidc/${id}/initiate-login/`
}

/** The address at which a user pool of Amazon Cognito sends people back who were signed out there. */
export function socialPostLogoutUrl({ id }: Pick<ConnectionSummary, 'id'>, baseUrl: BaseUrl): string {
  return `${baseUrl}/api/auth/social/${id}/post-logout/`
}

/** Something to be registered at an identity provider. */
export interface Registration {
  /** What the standard calls it. */
  readonly what:
    | 'redirect URI'
    | 'post-logout redirect URI'
    | 'back-channel logout URI'
    | 'front-channel logout URI'
    | 'initiate login URI'
    | 'entity ID'
    | 'assertion consumer service (ACS) URL'
    | 'single logout URL'
    | 'metadata URL'
  readonly url: string
  /** Whether logins need it. The rest is for signing out and for portals, and providers may have no place for it. */
  readonly isRequired: boolean
  /** The variable without which nothing that is sent there is answered, and our metadata does not say it. */
  readonly needs?: 'DOORWARD_SAML_KEYS'
}

/**
 * All that is registered at the identity provider of `connection`. Of SAML the metadata says the rest to whoever reads
 * it: our entity ID is its address.
 */
export function registrationsOf(connection: Addressed, baseUrl: BaseUrl): readonly Registration[] {
  const answers = callbackUrl(connection, baseUrl)
  if (connection.protocol === 'saml') {
    const entityId = samlEntityId(connection, baseUrl)
    return [
      required('entity ID', entityId),
      required('assertion consumer service (ACS) URL', answers),
      {
        ...optional('single logout URL', samlLogoutUrl(connection, baseUrl)),
        needs: 'DOORWARD_SAML_KEYS',
      },
      optional('metadata URL', entityId),
    ]
  }
  if (connection.protocol === 'oidc') {
    return [
      required('redirect URI', answers),
      optional('post-logout redirect URI', postLogoutUrl(connection, baseUrl)),
      optional('back-channel logout URI', backChannelLogoutUrl(connection, baseUrl)),
      optional('front-channel logout URI', frontChannelLogoutUrl(connection, baseUrl)),
      optional('initiate login URI', initiateLoginUrl(connection, baseUrl)),
    ]
  }
  return [
    required('redirect URI', answers),
    ...(connection.id === 'amazon-cognito'
      ? [optional('post-logout redirect URI', socialPostLogoutUrl(connection, baseUrl))]
      : []),
  ]
}

function required(what: Registration['what'], url: string): Registration {
  return { what, url, isRequired: true }
}

function optional(what: Registration['what'], url: string): Registration {
  return { what, url, isRequired: false }
}
