import * as v from 'valibot'
import { normalizeDomain } from './domain.ts'

/**
 * The format of `auth_config.yml`, as a schema. Where something is wrong, messages are in the manner of all our
 * errors: lower case, no final stop. Documented at https://docs.cvat.ai/docs/account_management/sso/.
 */

/** A mapping with these keys and no others. */
function section<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(
    v.custom<Record<string, unknown>>(
      (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
      'must be a mapping: keys with values, indented below it',
    ),
    v.objectWithRest(entries, v.never()),
  )
}

/** A key of the format that has no effect in this version: refused, so that nobody relies on it. */
function notYet(what: string) {
  return v.optional(v.custom<never>(() => false, `has no effect in this version of Doorward yet: ${what}`))
}

const text = (longest: number) =>
  v.pipe(
    v.string(),
    v.check((value) => value.trim() !== '', 'must not be empty'),
    v.check((value) => value.trim() === value, 'must not begin or end with white space'),
    v.check((value) => !/\p{Cc}/u.test(value), 'must be a single line'),
    v.check(
      (value) => !/\$\{/.test(value),
      'holds a reference to the environment, which is not read in this version',
    ),
    v.maxLength(longest, `must not be longer than ${longest} characters`),
  )

const id = v.pipe(
  text(64),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'must be safe in a URL: letters, digits, "-", "_" and ".", beginning with a letter or a digit',
  ),
)

const emailDomain = v.pipe(
  text(253),
  v.check((value) => !value.includes('@'), 'must be the part after the "@" alone, such as example.com'),
  v.check(
    (value) => value.includes('@') || normalizeDomain(value) !== undefined,
    'is not a domain such as example.com',
  ),
  v.transform((value) => normalizeDomain(value) ?? ''),
)

const oidcProvider = v.objectWithRest(
  {
    id,
    name: text(100),
    protocol: v.picklist(['OIDC', 'oidc']),
    email_domain: v.optional(emailDomain),
    weight: v.optional(
      v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, 'must be 0 or more')),
      10,
    ),
    server_url: text(2048),
    client_id: text(512),
    client_secret: text(2048),
    token_auth_method: v.optional(v.picklist(['client_secret_basic', 'client_secret_post'])),
    authorization: notYet('mapping groups to roles'),
  },
  v.never(),
)

const providers = v.array(v.variant('protocol', [oidcProvider]))

const sso = section({
  enabled: v.boolean(),
  selection_mode: v.optional(v.picklist(['email_address', 'lowest_weight']), 'email_address'),
  enable_pkce: v.optional(v.boolean()),
  identity_providers: v.optional(providers, []),
})

/** The whole file. */
export const configurationSchema = section({
  sso,
  rate_limits: v.optional(section({ enabled: v.boolean() })),
  social_account: notYet('social login'),
  basic: notYet('switching password login and registration off'),
})

/** One entry of `sso.identity_providers`, valid in itself. */
export type OidcProviderInput = v.InferOutput<typeof oidcProvider>

/**
 * Whether `text` looks like a key, and so may be quoted. What stands in a key's place may be a secret for want of a
 * space after the colon.
 */
export function isPlainKey(text: string): boolean {
  return /^[a-z_-]{1,40}$/i.test(text)
}

/** Every key of the format, for suggestions. */
export const knownKeys: readonly string[] = [
  'sso',
  'rate_limits',
  'social_account',
  'basic',
  'enabled',
  'selection_mode',
  'enable_pkce',
  'identity_providers',
  ...Object.keys(oidcProvider.entries),
]
