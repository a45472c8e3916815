import type { Flow } from './module.ts'

/** Where the plans were read: `openid-certification/conformance-suite`, in `src/main/java/net/openid/conformance/openid`. */
export const SUITE_COMMIT = '12f2a4dac6462f8a4e95968bc7e478e02881e1a7'

/** What a plan wants the relying party to ask for; nothing where that is left to it. */
interface Wish {
  readonly responseType?: string
  readonly responseMode?: 'default' | 'form_post'
  /** The modules, by the suite's own names. */
  readonly modules: readonly string[]
}

/** A test plan for relying parties. */
export interface Plan {
  /** The suite's own name of it. */
  readonly id: string
  /** In a table. */
  readonly title: string
  readonly wishes: readonly Wish[]
}

/** The suite calls all of these by the same first words. */
const named = (...endings: readonly string[]): string[] =>
  endings.map((ending) => (ending === '' ? 'oidcc-client-test' : `oidcc-client-test-${ending}`))

const checksOfTokens = named(
  '',
  'invalid-iss',
  'missing-sub',
  'invalid-aud',
  'missing-iat',
  'kid-absent-single-jwks',
  'kid-absent-multiple-jwks',
  'idtoken-sig-rs256',
  'invalid-sig-rs256',
  'nonce-invalid',
  'scope-userinfo-claims',
)
const userinfo = named('userinfo-invalid-sub')
const nonce = named('nonce-unless-code-flow')
const accessTokenHash = named('invalid-athash', 'missing-athash')
const codeHash = named('invalid-chash', 'missing-chash')
const secret = named('client-secret-basic')

const basic: readonly Wish[] = [
  {
    responseType: 'code',
    modules: [...checksOfTokens, ...named('idtoken-sig-none'), ...userinfo, ...secret],
  },
]
const implicit: readonly Wish[] = [
  { responseType: 'id_token', modules: [...checksOfTokens, ...nonce] },
  { responseType: 'id_token token', modules: [...checksOfTokens, ...nonce, ...accessTokenHash, ...userinfo] },
]
const ofHybrid = [...checksOfTokens, ...userinfo, ...nonce, ...secret]
const hybrid: readonly Wish[] = [
  { responseType: 'code id_token', modules: [...ofHybrid, ...codeHash] },
  { responseType: 'code token', modules: ofHybrid },
  { responseType: 'code id_token token', modules: [...ofHybrid, ...codeHash, ...accessTokenHash] },
]
const rotation = named('signing-key-rotation', 'signing-key-rotation-just-before-signing')
const discovery = named('discovery-openid-config', 'discovery-jwks-uri-keys', 'discovery-issuer-mismatch')
const dynamic = named(
  'discovery-webfinger-acct',
  'discovery-webfinger-url',
  'dynamic-registration',
  'request-uri-signed-rs256',
  'request-uri-signed-none',
  'userinfo-signed',
)

const rpInitiated = named('rp-init-logout', 'rp-init-logout-other-state', 'rp-init-logout-no-state')
const backChannel = named(
  ...[
    '',
    '-alg-none',
    '-no-event',
    '-with-nonce',
    '-wrong-alg',
    '-wrong-aud',
    '-wrong-event',
    '-wrong-iss',
  ].map((ending) => `rp-backchannel-rpinitlogout${ending}`),
)
const frontChannel = named('rp-frontchannel-rpinitlogout')
const sessionManagement = named('session-management')

function within(responseMode: 'default' | 'form_post', wishes: readonly Wish[]): Wish[] {
  return wishes.map((wish) => ({ ...wish, responseMode }))
}

/** The three plans that the suite has for each way to sign out. */
function logoutPlans(id: string, title: string, modules: readonly string[]): Plan[] {
  const types = {
    basic: ['code'],
    implicit: ['id_token', 'id_token token'],
    hybrid: ['code id_token', 'code token', 'code id_token token'],
  }
  return Object.entries(types).map(([kind, responseTypes]) => ({
    id: `oidcc-client-${id}-rp-${kind}`,
    title: `${title} (${kind})`,
    wishes: responseTypes.map((responseType) => ({ responseType, modules })),
  }))
}

/** The plans that certify a relying party by OpenID Connect. */
const certifying: readonly Plan[] = [
  { id: 'oidcc-client-basic-certification-test-plan', title: 'basic', wishes: within('default', basic) },
  {
    id: 'oidcc-client-formpost-basic-certification-test-plan',
    title: 'form post basic',
    wishes: within('form_post', basic),
  },
  {
    id: 'oidcc-client-implicit-certification-test-plan',
    title: 'implicit',
    wishes: within('default', implicit),
  },
  {
    id: 'oidcc-client-formpost-implicit-certification-test-plan',
    title: 'form post implicit',
    wishes: within('form_post', implicit),
  },
  {
    id: 'oidcc-client-config-certification-test-plan',
    title: 'config',
    wishes: [{ responseType: 'code', modules: [...discovery, ...named('idtoken-sig-none'), ...rotation] }],
  },
  {
    id: 'oidcc-client-test-3rd-party-init-login-test-plan',
    title: 'third-party-initiated login',
    wishes: [{ modules: named('3rd-party-init-login') }],
  },
  ...logoutPlans('rp-initiated-logout', 'RP-initiated logout', rpInitiated),
  ...logoutPlans('back-channel-logout', 'back-channel logout', backChannel),
  ...logoutPlans('front-channel-logout', 'front-channel logout', frontChannel),
  ...logoutPlans('rp-session-management', 'session management', sessionManagement),
  { id: 'oidcc-client-hybrid-certification-test-plan', title: 'hybrid', wishes: within('default', hybrid) },
  {
    id: 'oidcc-client-formpost-hybrid-certification-test-plan',
    title: 'form post hybrid',
    wishes: within('form_post', hybrid),
  },
  {
    id: 'oidcc-client-dynamic-certification-test-plan',
    title: 'dynamic',
    wishes: [
      {
        responseType: 'code',
        modules: [...dynamic, ...discovery, ...named('idtoken-sig-none'), ...rotation],
      },
    ],
  },
]

/** Plans that certify nothing. They have all the modules above, and a few more. */
const others: readonly Plan[] = [
  {
    id: 'oidcc-client-test-plan',
    title: 'comprehensive',
    wishes: [
      {
        modules: [
          ...[...checksOfTokens, ...named('idtoken-sig-none'), ...userinfo, ...nonce, ...secret],
          ...[...accessTokenHash, ...codeHash, ...discovery, ...rotation, ...dynamic],
          ...named('missing-aud', 'invalid-sig-hs256', 'invalid-sig-es256', 'form-post-error'),
          ...named(
            'userinfo-bearer-header',
            'userinfo-bearer-body',
            'aggregated-claims',
            'distributed-claims',
          ),
          ...named('mtls-endpoint-aliases'),
        ],
      },
    ],
  },
  {
    id: 'oidcc-client-logout-test-plan',
    title: 'comprehensive logout',
    wishes: [
      {
        modules: [
          ...[...sessionManagement, ...rpInitiated, ...backChannel, ...frontChannel],
          ...named('rp-frontchannel-opinitlogout'),
        ],
      },
    ],
  },
  {
    id: 'oidcc-client-refreshtoken-test-plan',
    title: 'refresh token',
    wishes: [
      { modules: named('refresh-token', 'refresh-token-invalid-issuer', 'refresh-token-invalid-sub') },
    ],
  },
]

/** Of the plan for FAPI 2.0, the modules that say something about any relying party. */
const borrowed: Plan = {
  id: 'fapi2-security-profile-final-client-test-plan',
  title: 'FAPI 2.0',
  wishes: [
    {
      modules: [
        'invalid-authorization-response-iss',
        'remove-authorization-response-iss',
        'ensure-authorization-response-with-invalid-state-fails',
        'ensure-authorization-response-with-invalid-missing-state-fails',
        'invalid-secondary-aud',
        'valid-aud-as-array',
        'invalid-missing-exp',
        'invalid-missing-iss',
        'invalid-missing-nonce',
        'invalid-expired-exp',
        'token-type-case-insensitivity',
        'token-endpoint-response-without-expires_in',
      ].map((ending) => `fapi2-security-profile-final-client-test-${ending}`),
    },
  ],
}

/** Every plan that the suite has for relying parties by OpenID Connect, and what is borrowed of another one. */
export const plans: readonly Plan[] = [...certifying, ...others, borrowed]

/** Plans that are not run, by words of their titles, and why. */
export const plansLeftOut: Readonly<Record<string, string>> = {
  hybrid: 'Doorward asks for a code or for an ID Token, never for both at once',
  dynamic:
    'Clients are registered by people, and requests are pushed in place of signed. What it shares with config is tried there',
  'session management':
    'A frame of the provider is watched by cookies of another site, which browsers keep back',
  'refresh token': 'Doorward asks for no refresh token. It certifies nothing',
}

/** Whether a plan is not run. */
export function isLeftOut({ title }: Plan): boolean {
  return Object.keys(plansLeftOut).some((words) => title.includes(words))
}

/** Modules that are not tried, and why. */
export const modulesLeftOut: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    'missing-athash':
      'Only where an access token comes through the browser must there be an `at_hash`; with a code it may be absent',
    'missing-chash': 'Only in the hybrid flow must there be a `c_hash`',
    'userinfo-bearer-body': 'The other way, the header, is the one that Doorward has',
    'mtls-endpoint-aliases': 'Doorward proves who it is by a secret or a signed message, not by mutual TLS',
    'discovery-webfinger-acct': 'The provider is configured, not found by the address of a person',
    'discovery-webfinger-url': 'The provider is configured, not found by the address of a person',
    'dynamic-registration': 'Doorward is registered by people',
    'request-uri-signed-rs256': 'Requests are pushed (RFC 9126) where the provider takes that, not signed',
    'request-uri-signed-none': 'Requests are pushed (RFC 9126) where the provider takes that, not fetched',
    'userinfo-signed': 'Userinfo is asked for as JSON, over TLS; who wants it signed registers for that',
    'refresh-token': 'There is no refresh token to use',
    'refresh-token-invalid-issuer': 'There is no refresh token to use',
    'refresh-token-invalid-sub': 'There is no refresh token to use',
    'session-management': 'Browsers keep back the cookies that it needs',
  }).map(([ending, reason]) => [`oidcc-client-test-${ending}`, reason]),
)

/** The flow that does what a plan wants, if it says what, and if there is one. */
export function flowOf({ responseType, responseMode }: Wish): Flow | undefined {
  if (responseType === 'code') return responseMode === 'form_post' ? 'code-posted' : 'code'
  // By default it comes in a fragment, which no server sees.
  return responseType === 'id_token' ? 'id-token-posted' : undefined
}
