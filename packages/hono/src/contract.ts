/**
 * The JSON that Doorward speaks to its login page and to other clients. Types only: the page imports this file
 * and nothing else of ours. What travels keeps its wire spelling.
 *
 * @module
 */

/**
 * What a person is told when something went wrong. Deliberately coarse: the precise reason is in the event log
 * under the same request id.
 */
export type PublicErrorCode =
  /** The identity provider's answer could not be accepted, or the person ended the login there. */
  | 'login_failed'
  /** What an identity provider said about signing somebody out could not be accepted. Nobody was signed out by it. */
  | 'logout_failed'
  /** The login took too long, was started in another browser, or the configuration changed meanwhile. */
  | 'login_expired'
  /** The identity is genuine but may not sign in here. */
  | 'not_allowed'
  /** No connection fits what was asked for. */
  | 'unknown_domain'
  /** The identity provider does not answer, or answers nonsense. */
  | 'provider_unavailable'
  /** Too many attempts from one address. */
  | 'too_many_requests'
  /** The request itself is malformed. */
  | 'bad_request'
  /** Something of ours is broken. */
  | 'server_error'

/** How a connection is found: by the person's e-mail address, or the one with the lowest weight. */
export type SelectionMode = 'email_address' | 'lowest_weight'

/** One way to log in, as CVAT's page reads it. */
export interface LoginMethod {
  readonly is_enabled: boolean
  /** Inline SVG, or null. */
  readonly icon: string | null
  readonly public_name: string
}

/** `GET /api/auth/social` */
export interface LoginMethods {
  readonly google: LoginMethod
  readonly github: LoginMethod
  readonly 'amazon-cognito': LoginMethod
  readonly sso: LoginMethod & { readonly selection_schema: SelectionMode }
}

/** Body of `POST /api/auth/sso/login-url/`; `GET` takes the same as query parameters. */
export interface LoginUrlRequest {
  /** Needed when `selection_schema` is `email_address` and there is no `iss`. */
  readonly email?: string
  /** How the identity provider to go to calls itself, whatever the address. */
  readonly iss?: string
  /** Where to go after the login: a path of this origin, with query. */
  readonly next?: string
  /** The identity provider is to sign the person in anew, although it may still know somebody. */
  readonly prompt?: 'login'
}

/** A connection a person may choose, and where its login starts. */
export interface LoginChoice {
  readonly name: string
  readonly url: string
}

/** Answer of `/api/auth/sso/login-url/`: go to `url`, or ask the person which of `choose`. URLs are absolute. */
export type LoginUrlAnswer = { readonly url: string } | { readonly choose: readonly LoginChoice[] }

/** Who is signed in. Absent values are null. */
export interface SessionUser {
  readonly id: string
  /** The connection's id. */
  readonly idp: string
  readonly protocol: 'oidc' | 'saml' | 'social'
  readonly email: string | null
  readonly email_verified: boolean
  readonly username: string | null
  readonly name: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  /** An address with http or https that the identity provider stated. Never fetched by us. */
  readonly picture: string | null
  readonly groups: readonly string[]
  readonly roles: readonly string[]
}

/** `GET /api/auth/session`, 200. Nobody signed in: 401 with a {@link Problem}. */
export interface SessionAnswer {
  readonly user: SessionUser
  /** ISO 8601, UTC. */
  readonly expires_at: string
}

/** Body of `POST /api/auth/logout`; none means `{}`. */
export interface LogoutRequest {
  /** Not in this browser alone, but wherever this person is signed in. */
  readonly everywhere?: boolean
}

/**
 * `POST /api/auth/logout`: the session has ended; go on to `url`, which may lead to the identity provider and back: not by
 * submitting a form, which `form-action` would stop. With `everywhere`, 401 when nobody is signed in: whose
 * sessions are meant is not known, and none was ended. Our own page is told there by `prompt` that the next
 * login must not end with the same person unasked.
 */
export interface LogoutAnswer {
  readonly url: string
}

/** One session, as operators see it. Times are ISO 8601, UTC. */
export interface OperatorSession {
  readonly id: string
  readonly user: SessionUser
  readonly created_at: string
  /** When it was last seen in use, give or take a few minutes. */
  readonly used_at: string
  /** When it ends unless it is used until then. */
  readonly idle_until: string
  /** The absolute end. */
  readonly expires_at: string
}

/** Body of the calls for operators: exactly one of `user`, `email` and `connection`, and what the call takes besides. */
export interface OperatorRequest {
  /** The `user.id` of a listed session. */
  readonly user?: string
  readonly email?: string
  readonly connection?: string
  /** For a list: the `next` of the page before. */
  readonly after?: string
  /** For an end, with `user`: the `id` of a listed session, to end this one only. */
  readonly session?: string
}

/** `POST /api/auth/operator/sessions/list` */
export interface OperatorSessions {
  readonly sessions: readonly OperatorSession[]
  /** To be sent as `after` for the next page; null on the last one. */
  readonly next: string | null
}

/** `POST /api/auth/operator/sessions/end` */
export interface EndedSessions {
  readonly ended: number
}

/**
 * Every refusal of an API call: `application/problem+json`
 * ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457.html)).
 */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  /** One sentence for a person. */
  readonly detail: string
  readonly code: PublicErrorCode | 'not_signed_in' | 'not_an_operator' | 'not_found' | 'method_not_allowed'
  readonly request_id: string
}
