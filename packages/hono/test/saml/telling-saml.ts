import { type SamlConnection, SsoError } from '@doorward/core'
import { verifiedWith } from '@doorward/core/testing'
import type { SamlSupport } from '../../src/index.ts'

/** What an identity provider of these tests says. */
export interface Said {
  /** The login that it answers; without one it answers nobody. */
  readonly inResponseTo?: string | undefined
  readonly assertion: string
  readonly subject?: string
  readonly email?: string
  readonly validUntil?: number
  /** What the connection looks for and the answer has not. */
  readonly missing?: string
}

/** An answer as it comes in a form. */
export function samlResponseOf(said: Said): string {
  return btoa(JSON.stringify(said))
}

/** What the form to the identity provider holds beside RelayState: everything that could break out of a page. */
export const HOSTILE = `"><script>alert('1')</script><input x='&quot;\`\r\n</form>&#34;`

/**
 * SAML for tests of what stands around it: an answer is what {@link samlResponseOf} makes, without XML and signature, and
 * is believed. Connections with `ssoBinding: 'post'` are left by a form.
 */
export function tellingSaml(): SamlSupport {
  return {
    protocol: {
      claims: 'after',
      async begin({ connection, transactionId, loginHint, forceLogin }) {
        const state = { request: `_${transactionId}` }
        const url = new URL(connection.entityId)
        if (connection.ssoBinding === 'post') {
          const fields = { SAMLRequest: HOSTILE, RelayState: transactionId }
          return { departure: { kind: 'form', action: url, fields }, state }
        }
        url.searchParams.set('RelayState', transactionId)
        if (loginHint !== undefined) url.searchParams.set('login_hint', loginHint)
        if (forceLogin) url.searchParams.set('ForceAuthn', 'true')
        return { departure: { kind: 'redirect', url }, state }
      },
      async complete({ connection, state, unverifiedAnswer }) {
        const said = read(unverifiedAnswer.get('SAMLResponse') ?? '')
        if (said.inResponseTo === undefined)
          throw new SsoError('saml_unsolicited', 'there is no InResponseTo')
        if (`_${said.inResponseTo}` !== state['request']) {
          throw new SsoError('saml_request_mismatch', 'the answer is to another request')
        }
        return verified(connection, said)
      },
    },
    // What logouts say is in the tests with a real provider.
    logout: {
      begin: () => Promise.reject(new SsoError('saml_metadata_invalid', 'there is none')),
      read: async () => ({ kind: 'response', inResponseTo: undefined, isComplete: false }),
    },
    metadata: ({ id }) => `<md:EntityDescriptor entityID="${id}"/>`,
  }
}

function read(samlResponse: string): Said {
  try {
    return JSON.parse(atob(samlResponse)) as Said
  } catch {
    throw new SsoError('saml_xml_invalid', 'this can not be read')
  }
}

function verified(connection: SamlConnection, said: Said) {
  const subject = said.subject ?? 'user-1'
  const email = said.email ?? 'user@acme.example'
  const nameId = { value: subject, format: undefined, nameQualifier: undefined, spNameQualifier: undefined }
  return {
    identity: verifiedWith({
      connection: connection.id,
      protocol: 'saml',
      issuer: connection.entityId,
      subject,
      email,
    }),
    providerSession: { protocol: 'saml', sessionIndex: undefined, nameId },
    validUntil: said.validUntil,
    missing: said.missing === undefined ? undefined : { missing: said.missing },
    usedUp: [`_${said.inResponseTo}`, said.assertion],
  } as const
}
