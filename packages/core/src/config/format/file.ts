import * as v from 'valibot'
import { section } from './fields.ts'
import { oidcProvider } from './oidc.ts'
import { samlProvider } from './saml.ts'
import { serviceProvider } from './service-provider.ts'
import { socialAccount } from './social.ts'

/*
 * The format of `auth_config.yml`: what CVAT documents, https://docs.cvat.ai/docs/account_management/sso/, and what we
 * add. Descriptions become docs/configuration.md and what an editor shows; rules that no schema can say are in
 * `../rules/`.
 */

const sso = section({
  enabled: v.pipe(
    v.boolean(),
    v.description(
      '`true` or `false`. With `false` nobody can sign in by the providers below; their domains stay their own',
    ),
  ),
  selection_mode: v.optional(
    v.pipe(
      v.picklist(['email_address', 'lowest_weight']),
      v.description(
        '`email_address`: the person types an address and goes to the provider it belongs to. `lowest_weight`: everybody goes to the provider with the lowest `weight`; those that share it are offered for choice',
      ),
    ),
    'email_address',
  ),
  enable_pkce: v.optional(
    v.pipe(
      v.boolean(),
      v.description(
        "Proof Key for Code Exchange, always by S256. `false` only for a provider that refuses the parameters: it draws a warning. CVAT's own default is `false`; nonce and state are checked in either case",
      ),
    ),
    true,
  ),
  identity_providers: v.optional(
    v.pipe(
      v.array(v.variant('protocol', [oidcProvider, samlProvider])),
      v.description('a list with at least one entry while `enabled` is `true`'),
    ),
    [],
  ),
})

const switchable = section({
  enabled: v.pipe(v.boolean(), v.description('`false` is refused: nothing here does that yet')),
})

/** The whole file. */
export const configurationSchema = section({
  sso: v.optional(
    v.pipe(
      sso,
      v.description('single sign-on: people are sent to the identity provider of their organisation'),
    ),
  ),
  social_account: v.optional(
    v.pipe(socialAccount, v.description('social login: one button for each provider')),
  ),
  basic: v.optional(
    v.pipe(
      section({
        login: v.optional(v.pipe(switchable, v.description('login with a password'))),
        registration: v.optional(v.pipe(switchable, v.description('registration with a password'))),
      }),
      v.description('what the app behind Doorward does about passwords'),
    ),
  ),
  rate_limits: v.optional(
    v.pipe(
      section({
        enabled: v.pipe(
          v.boolean(),
          v.description(
            'whether an address that asks too often is slowed down. The numbers are in `apps/worker/wrangler.jsonc`',
          ),
        ),
      }),
      v.description('whether floods are slowed down'),
    ),
  ),
  service_provider: v.optional(
    v.pipe(
      serviceProvider,
      v.description(
        'what our metadata tells SAML identity providers about who runs this; nobody else sees it',
      ),
    ),
  ),
})

/** The whole file, once every value has its right type. */
export type ConfigurationFile = v.InferOutput<typeof configurationSchema>

/** One entry of `identity_providers`, valid in itself. */
export type ProviderEntry = NonNullable<ConfigurationFile['sso']>['identity_providers'][number]

/** An entry whose protocol is OpenID Connect. */
export type OidcEntry = v.InferOutput<typeof oidcProvider>

/** An entry whose protocol is SAML. */
export type SamlEntry = v.InferOutput<typeof samlProvider>

/** `social_account`. */
export type SocialAccount = v.InferOutput<typeof socialAccount>

/** `service_provider`. */
export type ServiceProviderSection = v.InferOutput<typeof serviceProvider>
