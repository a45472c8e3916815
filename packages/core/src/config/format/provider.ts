import * as v from 'valibot'
import { complaint, domain, id, oneOrMany, section, text, weight } from './fields.ts'

const rootRoles = ['admin', 'user', 'worker'] as const
const organizationRoles = ['maintainer', 'supervisor', 'worker'] as const

const ruleEntries = section({
  group: v.pipe(text(256), v.description('the group, as the identity provider names it')),
  root_role: v.optional(
    v.pipe(
      v.picklist(rootRoles),
      v.description('the role in the whole installation: `roles` of the session has it'),
    ),
  ),
  organization_role: v.optional(
    v.pipe(
      v.picklist(organizationRoles),
      v.description('the role in the organisation: `roles` of the session has it as `organization:ROLE`'),
    ),
  ),
})

const rule = v.pipe(
  ruleEntries,
  v.check(
    (value) => value.root_role !== undefined || value.organization_role !== undefined,
    complaint(
      'role_missing',
      'has a rule that gives no role',
      'add "root_role: …" or "organization_role: …"',
    ),
  ),
)

/** Which groups give which roles. */
export const roleEntries = {
  case_sensitive: v.optional(
    v.pipe(v.boolean(), v.description('whether `Admins` and `admins` are two groups')),
    true,
  ),
  mapping: v.pipe(
    v.array(rule),
    v.check((rules) => rules.length > 0, complaint('value_empty', 'must not be an empty list')),
    v.description('a list of rules; every rule that fits gives its roles, anew at every login'),
  ),
}

/** The same as far as CVAT's own form of it is public. */
const authorization = section({
  groups_claims: v.optional(
    v.pipe(
      oneOrMany(text(512)),
      v.description(
        'where the groups are; the first that is present counts. Like `groups_claim`, and before it',
      ),
    ),
  ),
  ...roleEntries,
})

/** The keys that every entry of `identity_providers` takes. */
export const commonEntries = {
  id: v.pipe(
    id,
    v.description(
      'your name for it: letters, digits, `-`, `_`, `.`. Part of the URLs to register at the provider, so a change must be made there too',
    ),
  ),
  name: v.pipe(text(100), v.description('what people read; no two providers have the same')),
  enabled: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        '`false`: nobody is sent there. Its domains stay its own: nobody else may bring their addresses',
      ),
    ),
    true,
  ),
  email_domain: v.optional(
    v.pipe(
      oneOrMany(domain),
      v.description(
        'the domain whose addresses belong to this provider, or a list. Exact; `*.example.com` for the sub-domains',
      ),
    ),
  ),
  email_addresses: v.optional(
    v.pipe(
      oneOrMany(text(254)),
      v.description('single addresses that belong to this provider, whatever is said about their domain'),
    ),
  ),
  default: v.optional(
    v.pipe(v.boolean(), v.description('`true`: addresses that no provider names are sent here')),
    false,
  ),
  weight: v.optional(
    v.pipe(
      weight,
      v.description('the lowest is chosen in `lowest_weight` mode, and comes first where there is a choice'),
    ),
    10,
  ),
  email_verification: v.optional(
    v.pipe(
      v.picklist(['automatic', 'require']),
      v.description(
        '`require`: only people whose address the provider calls verified come in. `automatic`: see [below](#what-email_domain-decides)',
      ),
    ),
    'automatic',
  ),
  create_users: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        'whether people may come in who never did before. `false` is refused: nobody keeps that list yet',
      ),
    ),
    true,
  ),
  synchronize_groups: v.optional(
    v.pipe(v.boolean(), v.description('whether groups are taken over, anew at every login')),
    true,
  ),
  authorization: v.optional(v.pipe(authorization, v.description('which groups give which roles'))),
  idp_logout: v.optional(
    v.pipe(
      v.boolean(),
      v.description('whether signing out here signs out at the provider too, where the provider can do that'),
    ),
  ),
  provider: v.optional(
    v.pipe(
      text(32),
      v.description(
        'a [known provider](idp/README.md): its addresses and attribute names need not be written out',
      ),
    ),
  ),
}
