import * as v from 'valibot'
import { lines, text } from './fields.ts'

/** How we prove who we are without a secret that both sides know. */
export const clientKeyEntries = {
  client_private_key: v.optional(
    v.pipe(
      lines(16 * 1024),
      v.description(
        'the [key](oidc.md#a-key-in-place-of-a-secret) with which we sign in place of sending a secret: PEM (`BEGIN PRIVATE KEY`) or a JWK. RSA from 2048 bits on, P-256, P-384, P-521 or Ed25519',
      ),
      v.metadata({ secret: true }),
    ),
  ),
  client_key_id: v.optional(
    v.pipe(text(256), v.description('how the provider calls that key (`kid`), if it wants to be told')),
  ),
  client_certificate: v.optional(
    v.pipe(
      lines(64 * 1024),
      v.description(
        'the certificate of that key, as PEM, where the provider knows it by that: Entra ID does (`x5t#S256`)',
      ),
    ),
  ),
  client_assertion_audience: v.optional(
    v.pipe(
      v.picklist(['issuer', 'endpoint']),
      v.description(
        'for whom what we sign is: `issuer`, the provider by its name, or `endpoint`, by the address that is called. Without it `endpoint` for Entra ID and Okta, and `issuer` for all others',
      ),
    ),
  ),
}
