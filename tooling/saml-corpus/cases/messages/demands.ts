import { element, first, insertBefore, type SamlHooks } from '@doorward/testkit/saml'
import { unsigned, withAttributes } from '../../edits.ts'
import { now } from '../../make.ts'
import { accepted, type PlannedCase, refused } from '../../planned-case.ts'
import { assertion } from '../refusals.ts'
import { core, HOUR, instant, SKEW } from './common.ts'

const asked = `${core} 3.3.2.2.1: RequestedAuthnContext`

const PASSWORD = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'

const TOKEN = 'urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken'

const stale = assertion('the person did not sign in anew, and force_authn demands that')

const otherwise = assertion('the person signed in in another way than requested_authn_context demands')

const anew = `${core} 3.4.1: ForceAuthn`

/** A second AuthnStatement, with other attributes or another class. */
function withSecondStatement(attributes: Readonly<Record<string, string>>, contextClass: string): SamlHooks {
  return unsigned((root) => {
    const statement = first(root, 'AuthnStatement')
    const context = element('saml:AuthnContext', {}, element('saml:AuthnContextClassRef', {}, contextClass))
    insertBefore(root, statement, {
      ...statement,
      attributes: { ...statement.attributes, ...attributes },
      children: [context],
    })
  })
}

/** What was asked of the provider. */
export const demands: readonly PlannedCase[] = [
  accepted('signed-in-anew', 'The person was to sign in anew, and did so', {
    specification: anew,
    expected: { authenticatedSince: now },
  }),
  accepted(
    'signed-in-anew-by-a-slow-clock',
    'The person signed in sixty seconds before we asked, by the clock of the provider',
    { specification: anew, expected: { authenticatedSince: now + SKEW } },
  ),
  refused('signed-in-before', 'the person signed in more than a minute before we asked for it', {
    specification: anew,
    expected: { authenticatedSince: now + SKEW + 1 },
    refusal: stale,
  }),
  refused(
    'signed-in-before-by-one-statement',
    'of two statements one says that the person signed in long ago',
    {
      base: 'signed-in-anew',
      specification: anew,
      expected: { authenticatedSince: now },
      hooks: withSecondStatement({ AuthnInstant: instant(now - HOUR) }, PASSWORD),
      refusal: stale,
    },
  ),
  refused('signed-in-at-no-time', 'it is not said when the person signed in', {
    base: 'signed-in-anew',
    specification: anew,
    expected: { authenticatedSince: now },
    hooks: withAttributes('AuthnStatement', { AuthnInstant: undefined }),
    refusal: stale,
  }),
  accepted('no-authn-instant', 'It is not said when the person signed in, and nobody wants to know', {
    specification: `${core} 2.7.2`,
    hooks: withAttributes('AuthnStatement', { AuthnInstant: undefined }),
  }),
  accepted('asked-authn-context', 'The person signed in in one of the ways that were asked for', {
    specification: asked,
    expected: { authnContext: { classes: [TOKEN, PASSWORD], comparison: 'exact' } },
  }),
  accepted(
    'better-authn-context',
    'The person signed in in a way of which only the provider knows that it is no worse',
    { specification: asked, expected: { authnContext: { classes: [TOKEN], comparison: 'minimum' } } },
  ),
  refused('other-authn-context', 'the person signed in in another way than was asked for', {
    specification: asked,
    expected: { authnContext: { classes: [TOKEN], comparison: 'exact' } },
    refusal: otherwise,
  }),
  refused(
    'other-authn-context-in-one-statement',
    'of two statements one says that the person signed in in another way',
    {
      base: 'asked-authn-context',
      specification: asked,
      expected: { authnContext: { classes: [TOKEN, PASSWORD], comparison: 'exact' } },
      hooks: withSecondStatement({}, 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified'),
      refusal: otherwise,
    },
  ),
  refused('no-authn-context-where-asked', 'it is not said how the person signed in', {
    base: 'asked-authn-context',
    specification: asked,
    expected: { authnContext: { classes: [TOKEN, PASSWORD], comparison: 'exact' } },
    hooks: unsigned((root) => {
      first(root, 'AuthnStatement').children = []
    }),
    refusal: otherwise,
  }),
]
