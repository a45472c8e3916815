import * as v from 'valibot'
import { section, text, url } from './fields.ts'

const credentials = {
  client_id: v.pipe(text(512), v.description('as the provider shows it for the application')),
  client_secret: v.pipe(
    text(2048),
    v.description('as the provider shows it for the application'),
    v.metadata({ secret: true }),
  ),
}

/** `social_account`: buttons for providers that everybody may use. */
export const socialAccount = section({
  enabled: v.pipe(v.boolean(), v.description('`true` or `false`')),
  google: v.optional(v.pipe(section(credentials), v.description('an OAuth client of Google'))),
  github: v.optional(v.pipe(section(credentials), v.description('an OAuth App or a GitHub App'))),
  amazon_cognito: v.optional(
    v.pipe(
      section({
        ...credentials,
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
