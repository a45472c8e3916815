/** Who somebody is, as an identity provider said and the policy let in. Plain data, made to be stored. */
export interface Identity {
  /** The id of the connection that vouches. */
  readonly connection: string
  readonly protocol: 'oidc' | 'saml' | 'social'
  /** The identity provider's own name: OpenID Connect's issuer, SAML's entity ID. */
  readonly issuer: string
  /** Who it is, within `issuer`. The key of an identity is (connection, issuer, subject), never an address. */
  readonly subject: string
  readonly email: string | undefined
  readonly emailVerified: boolean
  readonly username: string | undefined
  readonly name: string | undefined
  readonly givenName: string | undefined
  readonly familyName: string | undefined
  /** A URL, as data: it is never fetched. */
  readonly picture: string | undefined
  readonly groups: readonly string[]
}

/** One browser's session. */
export interface SessionRecord {
  readonly id: string
  /** Stable for one identity, opaque, safe to show: stands for (connection, issuer, subject). */
  readonly userId: string
  readonly identity: Identity
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  /** The absolute end, in milliseconds since the epoch. */
  readonly expiresAt: number
}

/**
 * Keeps the records of sessions.
 *
 * **Promises** that a session that was ended is never found again, from the moment `end` resolves and from anywhere;
 * and that a record which was saved is found until it expires or is ended.
 * **Does not promise** to remove an expired record at once, only not to find it.
 * **When it can not be reached** it rejects; nobody is signed in or out by that.
 */
export interface SessionStore {
  save(record: SessionRecord): Promise<void>
  /** @param now the time, in milliseconds since the epoch; an expired record is not found */
  find(id: string, now: number): Promise<SessionRecord | undefined>
  /** Ends the session; one that does not exist counts as ended. */
  end(id: string): Promise<void>
}
