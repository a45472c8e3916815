/** A change that nobody can miss, for it changes nothing that anybody could see. */
export interface Equivalent {
  /** The file, within the target's folder. */
  readonly path: string
  /** The change, as `nameOfMutant` says it; or the beginning of it, up to a `…`. */
  readonly change: string
  /** Why nobody can. */
  readonly reason: string
}

/** Few, each with its reason; `mutate` says which of them are not there any more. */
export const samlEquivalents: readonly Equivalent[] = [
  {
    path: 'response.ts',
    change: 'nameIdOf: throw new SsoError(…',
    reason: 'requireSubject was asked before: this is said for the compiler',
  },
  {
    path: 'xml/canonical.ts',
    change: 'isInOrder: …',
    reason: 'what is in order already may be sorted all the same: this is faster',
  },
  {
    path: 'xml/names.ts',
    change: 'nameEnd: code < 128 || Number.isNaN(code) => …',
    reason: 'the expression finds the end of every name: this is faster',
  },
  {
    path: 'xml/names.ts',
    change: 'nameEnd: code < 128 => code <= 128',
    reason: 'the first character beyond ASCII belongs to no name',
  },
  {
    path: 'xml/reader.ts',
    change: 'readCdata: end < 0 => end <= 0',
    reason: 'it never ends at the beginning of the document',
  },
  {
    path: 'xml/start-tag.ts',
    change: 'readAttribute: close < 0 => close <= 0',
    reason: 'a value never ends at the beginning of the document',
  },
]

/** The same of OpenID Connect and the social accounts. */
export const oidcEquivalents: readonly Equivalent[] = [
  {
    path: 'oauth/client-key.ts',
    change: 'importPem: if (!pkcs8) return undefined => ;',
    reason: 'of nothing no host makes a key: this is said for the compiler',
  },
  {
    path: 'oauth/client-key.ts',
    change: 'importJwk: !jwk || !algorithm => !jwk',
    reason: 'for no algorithm no host makes a key: this is said for the compiler',
  },
  {
    path: 'oidc/key-set.ts',
    change: 'createKeySets: if (latest === known) throw error => ;',
    reason: 'the same keys are asked again, and say the same: this is faster',
  },
  {
    path: 'oidc/published.ts',
    change: 'keySetKey: [jwksUri, key] => nothing',
    reason: 'it is worked out again, and is the same: this is faster',
  },
  {
    path: 'social/logout.ts',
    change:
      "socialLogoutUrl: connection.provider !== 'amazon-cognito' || !connection.logsOutAtProvider => !connection.logsOutAtProvider",
    reason: 'of a user pool alone it can be wanted: this is said for the compiler',
  },
  {
    path: 'oidc/signed-token.ts',
    change: 'readJsonObject: if (!bytes) return undefined => ;',
    reason: 'nothing is no JSON: this is said for the compiler',
  },
  {
    path: 'oidc/verified-email.ts',
    change: 'readEmailVerified: edov !== undefined && isMicrosoft(issuer) => isMicrosoft(issuer)',
    reason: 'where nothing is said, nobody needs to know who did not say it: this is faster',
  },
]

/** @returns the entry for a change, if there is one */
export function equivalentOf(
  equivalents: readonly Equivalent[],
  path: string,
  change: string,
): Equivalent | undefined {
  return equivalents.find(
    (one) =>
      one.path === path &&
      (one.change.endsWith('…') ? change.startsWith(one.change.slice(0, -1)) : change === one.change),
  )
}
