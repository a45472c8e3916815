/** Somebody who can sign in at a demo identity provider, in the words of OpenID Connect's standard claims. */
export interface DemoUser {
  readonly sub: string
  readonly email: string
  readonly email_verified: boolean
  readonly name: string
  readonly groups: readonly string[]
  /** What is to be seen when this one signs in. */
  readonly purpose: string
}

/** The domain of the connection by OpenID Connect. */
export const DEMO_DOMAIN = 'acme.example'

/** The domain of the connection by SAML. */
export const SAML_DOMAIN = 'saml.example'

/** By OpenID Connect: two who come in, and two who do not. */
export const demoUsers: readonly DemoUser[] = [
  {
    sub: 'engineer',
    email: `engineer@${DEMO_DOMAIN}`,
    email_verified: true,
    name: 'Demo Engineer',
    groups: ['engineering'],
    purpose: 'signs in',
  },
  {
    sub: 'manager',
    email: `manager@${DEMO_DOMAIN}`,
    email_verified: true,
    name: 'Demo Manager',
    groups: ['engineering', 'management'],
    purpose: 'signs in',
  },
  {
    sub: 'newcomer',
    email: `newcomer@${DEMO_DOMAIN}`,
    email_verified: false,
    name: 'Demo Newcomer',
    groups: [],
    purpose: 'is refused: the address is not verified',
  },
  {
    sub: 'guest',
    email: 'guest@elsewhere.example',
    email_verified: true,
    name: 'Demo Guest',
    groups: [],
    purpose: `is refused: the address is not in ${DEMO_DOMAIN}`,
  },
]

/** By SAML: one who comes in, and one who does not. */
export const samlUsers: readonly DemoUser[] = [
  {
    sub: 'analyst',
    email: `analyst@${SAML_DOMAIN}`,
    email_verified: true,
    name: 'Demo Analyst',
    groups: ['analysis', 'management'],
    purpose: 'signs in, by SAML',
  },
  {
    sub: 'trainee',
    email: `trainee@${SAML_DOMAIN}`,
    email_verified: false,
    name: 'Demo Trainee',
    groups: [],
    purpose: 'is refused: the address is not verified',
  },
]
