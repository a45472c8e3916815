import * as v from 'valibot'
import { complaint, oneOrMany, section, text, url } from './fields.ts'
import { roleEntries } from './provider.ts'

/** What every provider takes. */
const common = {
  client_id: v.pipe(text(512), v.description('as the provider shows it for the application')),
  client_secret: v.pipe(
    text(2048),
    v.description('as the provider shows it for the application'),
    v.metadata({ secret: true }),
  ),
  email_verification: v.optional(
    v.pipe(
      v.picklist(['require', 'automatic']),
      v.description(
        '`require`: only people whose address the provider calls verified come in. `automatic`: others too, without an address or with one that is marked as not verified',
      ),
    ),
    'require',
  ),
}

const TEAM = complaint(
  'organization_invalid',
  'names a team, and only organisations can be named here',
  'write the organisation alone; "groups: teams" and "authorization" give roles to its teams',
)

const organization = v.pipe(
  text(100),
  // Raw: for the schema for editors the pattern below says it.
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.typed && /^[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/.test(dataset.value)) addIssue({ message: TEAM })
  }),
  // https://docs.github.com/rest/orgs/orgs: a part of addresses.
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]*$/,
    complaint(
      'organization_invalid',
      'is not the name of an organisation at GitHub',
      'take what stands behind https://github.com/ in its address',
    ),
  ),
)

const github = section({
  ...common,
  server_url: v.optional(
    v.pipe(
      url,
      v.description(
        'where a GitHub of your own is: `https://github.example.com` of GitHub Enterprise Server, or `https://SUBDOMAIN.ghe.com`; without it `https://github.com`',
      ),
    ),
  ),
  allowed_organizations: v.optional(
    v.pipe(
      oneOrMany(organization),
      v.description(
        'only active members of one of these organisations come in, and no other organisation becomes a group: names, as in their addresses; one, or a list. Without it everybody who has an account comes in',
      ),
    ),
  ),
  groups: v.optional(
    v.pipe(
      v.picklist(['none', 'organizations', 'teams']),
      v.description(
        'what become groups: `organizations` as `acme`; with `teams` also these, as `acme/engineering`',
      ),
    ),
    'none',
  ),
  authorization: v.optional(v.pipe(section(roleEntries), v.description('which groups give which roles'))),
})

/** `social_account`: buttons for providers that everybody may use. */
export const socialAccount = section({
  enabled: v.pipe(v.boolean(), v.description('`true` or `false`')),
  google: v.optional(v.pipe(section(common), v.description('an OAuth client of Google'))),
  github: v.optional(v.pipe(github, v.description('an OAuth App or a GitHub App'))),
  amazon_cognito: v.optional(
    v.pipe(
      section({
        ...common,
        idp_logout: v.optional(
          v.pipe(
            v.boolean(),
            v.description(
              'whether signing out here signs out at the user pool too: our post-logout redirect URI must be among its "Allowed sign-out URLs"',
            ),
          ),
          false,
        ),
        domain: v.pipe(
          url,
          v.description(
            "the user pool's domain: `https://PREFIX.auth.REGION.amazoncognito.com`, or your own, such as `auth.example.com`",
          ),
        ),
      }),
      v.description('an app client of an Amazon Cognito user pool'),
    ),
  ),
})
