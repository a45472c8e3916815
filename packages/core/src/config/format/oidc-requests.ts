import * as v from 'valibot'
import { complaint, oneOrMany, text, weight } from './fields.ts'

/** What an authentication request can ask for beyond the usual, in the words of the standards. */
export const requestEntries = {
  callback_path: v.optional(
    v.pipe(
      text(128),
      v.regex(
        /^\/(oidc\/callback|callback_[A-Za-z0-9_-]+)$/,
        complaint(
          'choice_unknown',
          'must be /oidc/callback or /callback_NAME',
          'remove it, and register the redirect URI that "doorward urls" prints',
        ),
      ),
      v.description(
        "the path of the redirect URI, where [another product's](oidc.md#addresses-of-other-products) is registered at the provider already: `/oidc/callback` (W&B) or `/callback_NAME` (ClearML)",
      ),
    ),
  ),
  pushed_authorization_requests: v.optional(
    v.pipe(
      v.picklist(['automatic', 'never']),
      v.description(
        '`automatic`: requests are [pushed](oidc.md#pushed-requests) to the provider where it takes that. `never`: they travel with the browser',
      ),
    ),
    'automatic',
  ),
  prompt: v.optional(
    v.pipe(
      oneOrMany(v.picklist(['login', 'consent', 'select_account'])),
      v.description(
        'what people are asked at every login: to sign in anew, to consent, which account; one or a list. After a sign-out it is `login`, at Google `select_account`, whatever stands here',
      ),
    ),
  ),
  max_age: v.optional(
    v.pipe(
      weight,
      v.description(
        'how long ago people may have signed in there when a login begins here, in seconds. The ID Token must say when that was (`auth_time`), and is refused if it was before; 0: anew every time',
      ),
    ),
  ),
  acr_values: v.optional(
    v.pipe(
      oneOrMany(text(512)),
      v.description(
        'how people are to prove who they are, in the words of the provider, the best first: a text with spaces, or a list. [A wish](oidc.md#what-a-request-can-ask-for): what comes of it, the provider decides',
      ),
    ),
  ),
  domain_hint: v.optional(
    v.pipe(
      text(253),
      v.description(
        "the domain whose people come, so that a provider such as Entra ID leads them to their own organisation's page at once",
      ),
    ),
  ),
}
