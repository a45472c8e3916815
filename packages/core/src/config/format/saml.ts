import * as v from 'valibot'
import { lines, oneOrMany, section, text, url } from './fields.ts'
import { commonEntries } from './provider.ts'

/** The names of attributes that may say the same; the first that is present counts. */
const attribute = (meaning: string) => v.optional(v.pipe(oneOrMany(text(512)), v.description(meaning)))

const attributeMapping = section({
  uid: attribute('the stable identifier; without it the NameID'),
  username: attribute('the name people sign in with'),
  email: attribute('the e-mail address; without it the NameID, where its format says that it is one'),
  email_verified: attribute('whether the provider verified it: `true`, `1`, `t`, `y` or `yes`'),
  name: attribute('the full name'),
  first_name: attribute('the given name'),
  last_name: attribute('the family name'),
  picture: attribute('the address of a picture'),
  groups: attribute('the groups; without it `groups`'),
})

/** The longest metadata, in characters. */
const MAX_METADATA = 1024 * 1024

/** An entry of `identity_providers` whose protocol is SAML. */
export const samlProvider = v.objectWithRest(
  {
    ...commonEntries,
    protocol: v.pipe(v.picklist(['SAML', 'saml']), v.description('`SAML`')),
    entity_id: v.optional(
      v.pipe(
        url,
        v.description(
          'as the identity provider calls itself, to the letter; `http://` is common and fine. Required unless `provider` stands for it',
        ),
      ),
    ),
    metadata_url: v.optional(
      v.pipe(
        url,
        v.description(
          "where the identity provider's metadata is; `https://`, because it decides which keys are trusted",
        ),
      ),
    ),
    metadata: v.optional(v.pipe(lines(MAX_METADATA), v.description('the metadata itself'))),
    idp_metadata_file: v.optional(
      v.pipe(text(1024), v.description('the metadata in a file, named as seen from the configuration')),
    ),
    sso_url: v.optional(
      v.pipe(url, v.description('where people sign in; with `x509_cert` in place of metadata')),
    ),
    slo_url: v.optional(v.pipe(url, v.description('where people sign out, beside `sso_url`'))),
    x509_cert: v.optional(
      v.pipe(
        oneOrMany(lines(64 * 1024)),
        v.description('the certificate that answers are signed with, or several while one follows another'),
      ),
    ),
    attribute_mapping: v.optional(
      v.pipe(
        attributeMapping,
        v.description(
          'which attributes say what; each a name, or a list of names. Required unless `provider` stands for it',
        ),
      ),
    ),
    name_id_format: v.optional(
      v.pipe(text(256), v.description('the NameID to ask for; without it none is asked for')),
    ),
    force_authn: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          '`true`: the provider is asked to have people sign in anew, even if they still are signed in there',
        ),
      ),
      false,
    ),
    requested_authn_context: v.optional(
      v.pipe(
        oneOrMany(text(1024)),
        v.description(
          'how people are to prove there who they are: the URI of an authentication context class, or a list of them. An answer that names another is refused',
        ),
      ),
    ),
    authn_context_comparison: v.optional(
      v.pipe(
        v.picklist(['exact', 'minimum', 'maximum', 'better']),
        v.description(
          'how the provider is to compare with `requested_authn_context`; without it `exact`. With the others the provider alone judges: only it knows what is stronger than what',
        ),
      ),
    ),
    sso_binding: v.optional(
      v.pipe(
        v.picklist(['redirect', 'post']),
        v.description(
          'how people are sent to the provider: `redirect`, or `post`, by a form. Without it, as the metadata offers: `redirect` where there is a choice, and with `sso_url`',
        ),
      ),
    ),
    idp_initiated: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          '`true`: people may begin at the provider, in its portal of apps. They are sent back there once for a login that was asked for: an answer that nobody asked for signs nobody in',
        ),
      ),
      false,
    ),
    sign_requests: v.optional(
      v.pipe(
        v.boolean(),
        v.description("whether our requests are signed; without it, as the provider's metadata says"),
      ),
    ),
    want_assertions_signed: v.optional(
      v.pipe(
        v.boolean(),
        v.description(
          '`true`: the assertion itself must be signed. One valid signature is needed in any case',
        ),
      ),
      false,
    ),
    want_response_signed: v.optional(
      v.pipe(v.boolean(), v.description('`true`: the response around it must be signed')),
      false,
    ),
    tenant: v.optional(v.pipe(text(256), v.description('for `provider: azure`'))),
    application_id: v.optional(v.pipe(text(256), v.description('for `provider: azure` and `okta`'))),
    domain: v.optional(
      v.pipe(text(256), v.description('for `provider: okta`, `auth0`, `keycloak` and `adfs`: the host')),
    ),
    realm: v.optional(v.pipe(text(256), v.description('for `provider: keycloak`'))),
    client_id: v.optional(v.pipe(text(512), v.description('for `provider: auth0`'))),
    idp_id: v.optional(v.pipe(text(64), v.description('for `provider: google`'))),
  },
  v.never(),
)
