import { page } from '../../html.ts'
import { redirect } from '../respond.ts'
import { type PersonalityEntry, type PersonalityHooks, type ResponseStep, without } from './personality.ts'

const metadata = 'OpenID Connect Discovery 1.0 section 3'
const successful = 'OpenID Connect Discovery 1.0 section 4.2'

function answers(answer: (step: ResponseStep) => Response): PersonalityHooks {
  return { response: (good, step) => (step.endpoint === 'discovery' ? answer(step) : good) }
}

/** Providers whose discovery document is wrong or out of reach. */
export const discoveryPersonalities = {
  'other-discovery-issuer': {
    wrong: 'the discovery document is about another issuer',
    specification: 'OpenID Connect Discovery 1.0 section 4.3: issuer MUST be identical',
    login: 'must-fail',
    hooks: { discoveryDocument: (good) => ({ ...good, issuer: 'https://other-issuer.example' }) },
  },
  'endpoint-on-http': {
    wrong: 'the token endpoint is on another host and without TLS',
    specification: `${metadata}: token_endpoint MUST use the https scheme`,
    login: 'must-fail',
    hooks: {
      discoveryDocument: (good) => ({ ...good, token_endpoint: 'http://other-issuer.example/token' }),
    },
  },
  'missing-token-endpoint': {
    wrong: 'the discovery document names no token endpoint',
    specification: `${metadata}: token_endpoint is REQUIRED`,
    login: 'must-fail',
    hooks: { discoveryDocument: (good) => without(good, 'token_endpoint') },
  },
  'discovery-not-json': {
    wrong: 'a page for people comes in place of the discovery document, with status 200',
    specification: successful,
    login: 'must-fail',
    hooks: answers(() => page('Welcome', '<p>Welcome</p>')),
  },
  'discovery-500': {
    wrong: 'the discovery document gives status 500',
    specification: successful,
    login: 'must-fail',
    hooks: answers(() => page('Error', '<p>Something went wrong</p>', 500)),
  },
  'discovery-404': {
    wrong: 'there is no discovery document',
    specification: successful,
    login: 'must-fail',
    hooks: answers(() => page('Not found', '<p>Not found</p>', 404)),
  },
  'discovery-redirect': {
    wrong: 'the discovery document has moved to where a good copy is',
    specification: `${successful}: the answer is status 200 at the issuer's own address`,
    login: 'must-fail',
    hooks: answers(({ elsewhere }) => redirect(elsewhere)),
  },
} as const satisfies Record<string, PersonalityEntry>
