import * as v from 'valibot'
import { complaint, oneOrMany, section, text, url } from './fields.ts'
import { clientKeyEntries } from './oidc-client.ts'
import { requestEntries } from './oidc-requests.ts'
import { commonEntries } from './provider.ts'

/** A claim's name, or the path to it. */
const claim = (meaning: string) => v.optional(v.pipe(text(512), v.description(meaning)))

const claimsMapping = section({
  user_id: claim('the stable identifier; can only be `sub`, which no two people ever have'),
  username: claim('the name people sign in with; without it `preferred_username`'),
  email: claim('the e-mail address; without it `email`'),
  email_verified: claim(
    'whether the provider verified it; `email_verified`. Where `email` is another claim, nothing says yes unless it is given here; a no in `email_verified` counts all the same',
  ),
  name: claim('the full name; without it `name`'),
  given_name: claim('the given name; without it `given_name`'),
  family_name: claim('the family name; without it `family_name`'),
  picture: claim('the address of a picture; without it `picture`'),
})

const scope = v.pipe(
  text(256),
  // https://www.rfc-editor.org/rfc/rfc6749#section-3.3
  v.regex(
    /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+( [\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]+)*$/,
    complaint('scope_invalid', 'must be scopes with one space between them, such as "openid profile email"'),
  ),
)

/** An entry of `identity_providers` whose protocol is OpenID Connect. */
export const oidcProvider = v.objectWithRest(
  {
    ...commonEntries,
    protocol: v.pipe(v.picklist(['OIDC', 'oidc']), v.description('`OIDC`')),
    server_url: v.optional(
      v.pipe(
        url,
        v.description(
          "what stands before `/.well-known/openid-configuration` in the provider's discovery URL. That ending, and a final slash, may be left in. `https://`; `http://` only on loopback while Doorward itself runs there. Required unless `provider` stands for it or all endpoints are written out",
        ),
      ),
    ),
    issuer: v.optional(
      v.pipe(
        url,
        v.description(
          'as the provider calls itself, to the letter; needed where all endpoints are written out',
        ),
      ),
    ),
    authorization_endpoint: v.optional(
      v.pipe(url, v.description('where people sign in, if not as discovered')),
    ),
    pushed_authorization_request_endpoint: v.optional(
      v.pipe(url, v.description('where requests are pushed to, if not as discovered')),
    ),
    token_endpoint: v.optional(v.pipe(url, v.description('where codes become tokens, if not as discovered'))),
    userinfo_endpoint: v.optional(
      v.pipe(url, v.description('where more is known about a person, if not as discovered')),
    ),
    jwks_uri: v.optional(v.pipe(url, v.description("where the provider's keys are, if not as discovered"))),
    revocation_endpoint: v.optional(
      v.pipe(
        url,
        v.description(
          'where the tokens of a login are given back once it is complete; they are not without it',
        ),
      ),
    ),
    end_session_endpoint: v.optional(
      v.pipe(url, v.description('where `idp_logout` sends people to sign out, if not as discovered')),
    ),
    client_id: v.pipe(text(512), v.description('as the provider shows it for the application')),
    client_secret: v.optional(
      v.pipe(
        text(2048),
        v.description(
          'as the provider shows it for the application. Required unless `client_private_key` stands in its place, `token_auth_method` is `none`, or `response_type` is `id_token`',
        ),
        v.metadata({ secret: true }),
      ),
    ),
    token_auth_method: v.optional(
      v.pipe(
        v.picklist(['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none']),
        v.description(
          'how we prove who we are. Without it: by `client_private_key` if there is one; else with the secret, in the body if the provider says that it takes that, and in the header if not. `none`: a public client, protected by PKCE alone',
        ),
      ),
    ),
    ...clientKeyEntries,
    response_type: v.optional(
      v.pipe(
        v.picklist(['code', 'id_token']),
        v.description(
          '`code`, or `id_token`: the [implicit flow](oidc.md#the-implicit-flow), without a secret, for providers that are set up for nothing else: it draws a warning',
        ),
      ),
      'code',
    ),
    response_mode: v.optional(
      v.pipe(
        v.picklist(['query', 'form_post']),
        v.description(
          '[how the answer comes back](oidc.md#how-the-answer-comes-back): `query`, in an address, or `form_post`, in a form that the browser posts. Without it `query`, and `form_post` with `response_type: id_token`',
        ),
      ),
    ),
    code_challenge_method: v.optional(
      v.pipe(
        v.picklist(['S256', 'none', 'plain']),
        v.description(
          '`none` only for a provider that refuses PKCE: it draws a warning. `plain` is refused. Without it, `enable_pkce` decides',
        ),
      ),
    ),
    scope: v.optional(
      v.pipe(
        oneOrMany(scope),
        v.description(
          'what is asked for: a text with spaces, or a list; without it `openid profile email`. `openid` is added if it is missing',
        ),
      ),
    ),
    audience: v.optional(
      v.pipe(text(2048), v.description('the API that tokens are for, where a provider wants to know')),
    ),
    resource: v.optional(
      v.pipe(
        url,
        v.description('the resource that tokens are for, where a provider wants to know, as ADFS does'),
      ),
    ),
    ...requestEntries,
    claims_source: v.optional(
      v.pipe(
        v.picklist(['automatic', 'id_token', 'userinfo']),
        v.description(
          '`automatic`: the ID Token, and userinfo where it has no address. `id_token`: never userinfo. `userinfo`: always asked; the ID Token still comes first',
        ),
      ),
      'automatic',
    ),
    claims_mapping: v.optional(
      v.pipe(
        claimsMapping,
        v.description(
          'which claims say what. A name is taken literally, dots and all, and else as a path: `user.mail`',
        ),
      ),
    ),
    groups_claim: v.optional(
      v.pipe(
        text(512),
        v.description(
          'where the groups are: a name, or a path such as `realm_access.roles`; without it `groups`',
        ),
      ),
    ),
    groups_overage: v.optional(
      v.pipe(
        v.picklist(['refuse', 'graph']),
        v.description(
          'what becomes of somebody whose groups Entra ID leaves out because there are too many: `refuse`, or `graph`: they are asked for at Microsoft Graph, with the scope `User.Read`, which is added',
        ),
      ),
      'refuse',
    ),
    verify_token_signature: v.optional(
      v.pipe(
        v.boolean(),
        v.description('accepted for what other products write: signatures are always verified'),
      ),
      true,
    ),
    tenants: v.optional(
      v.pipe(
        oneOrMany(text(64)),
        v.description(
          'the organisations that may come in, by their "Directory (tenant) ID", where `server_url` is that of `common`, `organizations` or `consumers` at Microsoft; needed there',
        ),
      ),
    ),
    tenant: v.optional(v.pipe(text(256), v.description('for `provider: azure`'))),
    domain: v.optional(
      v.pipe(
        text(256),
        v.description('for `provider: okta`, `auth0`, `keycloak`, `ping` and `adfs`: the host'),
      ),
    ),
    realm: v.optional(v.pipe(text(256), v.description('for `provider: keycloak`'))),
    region: v.optional(v.pipe(text(64), v.description('for `provider: cognito`'))),
    user_pool_id: v.optional(v.pipe(text(128), v.description('for `provider: cognito`'))),
    environment_id: v.optional(v.pipe(text(64), v.description('for `provider: ping`'))),
  },
  v.never(),
)
