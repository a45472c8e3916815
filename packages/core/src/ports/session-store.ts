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
  /** What the groups give, as the configuration maps them. */
  readonly roles: readonly string[]
}

/** A subject as SAML names it, whole: a logout request must repeat it to the letter (SAML Core, section 2.2.3). */
export interface NameId {
  readonly value: string
  readonly format: string | undefined
  readonly nameQualifier: string | undefined
  readonly spNameQualifier: string | undefined
}

/** What the identity provider calls its own session: needed to end it there, and to know it when it ends there. */
export type ProviderSession =
  | {
      readonly protocol: 'oidc'
      /** The claim `sid`. */
      readonly sid: string | undefined
      /** The ID Token, sealed: `id_token_hint` at sign-out. Absent when it is too large for that. */
      readonly sealedIdToken: string | undefined
    }
  | {
      readonly protocol: 'saml'
      readonly sessionIndex: string | undefined
      /** As it was said. */
      readonly nameId: NameId
      /** The same for comparing: what goes without saying is left out. */
      readonly knownAs?: NameId | undefined
    }
  | { readonly protocol: 'social' }

/** Names one session. The user is part of it, because that is where a store looks. */
export interface SessionKey {
  /** Stable for one identity, opaque, safe to show: stands for (connection, issuer, subject). */
  readonly userId: string
  readonly id: string
}

/** One browser's session. Times are in milliseconds since the epoch. */
export interface SessionRecord extends SessionKey {
  readonly identity: Identity
  readonly providerSession: ProviderSession
  /** When its login was begun. */
  readonly begunAt: number
  readonly createdAt: number
  /** When it was last seen in use, give or take a few minutes. */
  readonly usedAt: number
  /** When it ends unless it is used until then. */
  readonly idleUntil: number
  /** The absolute end. */
  readonly expiresAt: number
}

/** Sessions that end together. */
export type SessionGroup =
  | { readonly by: 'user'; readonly userId: string }
  | { readonly by: 'connection'; readonly connection: string }
  /** For operators, who know people by their address. Capitals do not matter. */
  | { readonly by: 'email'; readonly email: string }
  | {
      /** Those that hang on one session of the identity provider: OpenID Connect's `sid`, SAML's SessionIndex. */
      readonly by: 'provider-session'
      readonly connection: string
      readonly issuer: string
      readonly sid: string
      /** Whose, where that is known: only theirs are meant then. */
      readonly userId: string | undefined
    }
  | {
      /**
       * Those of one person, called as their SAML identity provider calls them, which is all that it says when it ends
       * sessions. All of the name counts, to the letter; what goes without saying was left out of it before.
       */
      readonly by: 'name-id'
      readonly connection: string
      readonly issuer: string
      readonly nameId: NameId
      /** One of the person's sessions there; undefined for all of them, those without a SessionIndex too. */
      readonly sessionIndex: string | undefined
    }

/**
 * Keeps the records of sessions.
 *
 * **Promises** that a session that was ended is never found again, from the moment `end` or `endAll` resolves and from
 * anywhere; that nothing but `save` makes one; and that a record which was saved is found, after a restart too, until it
 * expires or is ended.
 * **Does not promise** to remove an expired record at once, only not to find it; nor that `touch` is noted when the
 * last one was less than a minute ago; nor to tell which came first, an end or the beginning of a login, when the clocks of
 * the two hosts that saw them differ by more than lies between.
 * **When it can not be reached** it rejects; nobody is signed in or out by that, but an `endAll` that rejects may have
 * ended some: it is to be repeated until it resolves.
 */
export interface SessionStore {
  /**
   * Keeps a new session, under an id that was never used, unless a group it belongs to was ended after its login was begun: then the message that ended
   * it has overtaken it.
   *
   * @returns whether it was kept
   */
  save(record: SessionRecord): Promise<boolean>
  /**
   * Finds a session that is being used, and puts its idle end off.
   *
   * @param idleUntil when it now ends unless it is used again, in milliseconds since the epoch
   */
  touch(key: SessionKey, idleUntil: number): Promise<SessionRecord | undefined>
  /** Ends one session. @returns what it was, or undefined when there was none: it counts as ended */
  end(key: SessionKey): Promise<SessionRecord | undefined>
  /**
   * Ends every session of a group, those included whose login is still under way: for {@link TOMBSTONE_LIFETIME} the
   * group is remembered, and a login that was begun before now gets no session in it.
   *
   * @returns how many were ended; fewer where a call had to be repeated
   */
  endAll(group: SessionGroup): Promise<number>
  /**
   * Lists the sessions of a group, at most {@link SESSION_PAGE} of them.
   *
   * @param after the last one of the page before
   */
  list(group: SessionGroup, after?: SessionKey): Promise<readonly SessionRecord[]>
}

/** For how long it is remembered that a group was ended, in milliseconds: longer than any login can be under way. */
export const TOMBSTONE_LIFETIME = 15 * 60 * 1000

/** How many sessions a page of a list holds. */
export const SESSION_PAGE = 100

/** For adapters: how much later an idle end must be to be worth a write, in milliseconds. */
export const TOUCH_INTERVAL = 60 * 1000

/** For adapters: what the identity provider calls its session, whatever its protocol. */
export function sidOf({ providerSession: session }: SessionRecord): string | undefined {
  if (session.protocol === 'oidc') return session.sid
  return session.protocol === 'saml' ? session.sessionIndex : undefined
}

/**
 * For adapters: what SAML calls the person whom a session belongs to, for comparing; undefined where another protocol
 * began it.
 */
export function nameIdOf({ providerSession: session }: SessionRecord): NameId | undefined {
  return session.protocol === 'saml' ? (session.knownAs ?? session.nameId) : undefined
}

/** For adapters: a name by which a NameID is looked for, the same for the same one and for no other. */
export function nameIdKey({ value, format, nameQualifier, spNameQualifier }: NameId): string {
  return JSON.stringify([value, format ?? null, nameQualifier ?? null, spNameQualifier ?? null])
}

/** For adapters: every group that a session belongs to. */
export function groupsOf(record: SessionRecord): readonly SessionGroup[] {
  const { userId } = record
  const { connection, issuer, email } = record.identity
  const sid = sidOf(record)
  const groups: SessionGroup[] = [
    { by: 'user', userId },
    { by: 'connection', connection },
  ]
  if (email !== undefined) groups.push({ by: 'email', email })
  if (sid !== undefined) {
    const session = { by: 'provider-session', connection, issuer, sid } as const
    groups.push({ ...session, userId }, { ...session, userId: undefined })
  }
  const nameId = nameIdOf(record)
  if (nameId !== undefined) {
    const person = { by: 'name-id', connection, issuer, nameId } as const
    groups.push({ ...person, sessionIndex: undefined })
    if (sid !== undefined) groups.push({ ...person, sessionIndex: sid })
  }
  return groups
}

/** For adapters: an address as it is looked for. */
export function emailKey(email: string): string {
  return email.toLowerCase()
}

/** For adapters: a name for a group, the same for the same one and for no other. */
export function nameOf(group: SessionGroup): string {
  switch (group.by) {
    case 'user':
      return JSON.stringify(['user', group.userId])
    case 'connection':
      return JSON.stringify(['connection', group.connection])
    case 'email':
      return JSON.stringify(['email', emailKey(group.email)])
    case 'provider-session':
      return JSON.stringify([
        'provider-session',
        group.connection,
        group.issuer,
        group.sid,
        group.userId ?? null,
      ])
    case 'name-id':
      return JSON.stringify([
        'name-id',
        group.connection,
        group.issuer,
        nameIdKey(group.nameId),
        group.sessionIndex ?? null,
      ])
  }
}
