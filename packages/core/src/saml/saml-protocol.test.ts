import { samlPersonalities, samlPersonalityNames } from '@doorward/testkit/saml'
import { describe, expect, it } from 'vitest'
import { baseUrl, configurationWith, reachWith, samlConnectionWith } from '../../test/configured.ts'
import { metadataWith } from '../../test/idp-metadata.ts'
import {
  createSamlScenario,
  goAndReturn,
  logIn,
  requestOf,
  type SamlScenario,
  type SamlScenarioOptions,
  verify,
} from '../../test/saml-scenario.ts'
import type { SamlConnection } from '../config/connection.ts'
import { callbackUrl } from '../config/urls.ts'
import { SsoError } from '../errors/index.ts'
import { admit } from '../login/policy.ts'
import { createSelector } from '../selection/select.ts'
import { generateServiceProviderKeys } from './sp-key-set.ts'
import { parseServiceProviderKeys } from './sp-keys.ts'
import { nameIdFormats } from './urns.ts'

const keys = parseServiceProviderKeys(
  await generateServiceProviderKeys({ host: 'sso.example.com', now: Date.UTC(2026, 0, 1) }),
)

/** @returns the code with which `attempt` was refused, or what it resolved to */
async function outcomeOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return await attempt
  } catch (error) {
    if (error instanceof SsoError) return error.code
    throw error
  }
}

/** Signed and encrypted by this identity provider for our key. */
const forUs = {
  entityId: `${baseUrl}/api/auth/saml/acme/metadata/`,
  acsUrls: [`${baseUrl}/api/auth/saml/acme/acs/`],
  signingCertificates: keys.pairs.map(({ certificate }) => certificate),
  encryptionCertificate: keys.pairs[0].certificate,
}

/** A name of another kind would be somebody else, so its kind belongs to it. */
const subject = `user-1\n${JSON.stringify([nameIdFormats.persistent, null, null])}`

describe('a login by SAML', () => {
  it('says who it is, and what the identity provider calls the session', async () => {
    const scenario = await createSamlScenario({
      connection: {
        attributes: { ...(await createSamlScenario()).connection.attributes, username: ['username'] },
      },
    })
    const { identity, providerSession, validUntil, usedUp } = await logIn(scenario)
    expect(identity).toMatchObject({
      connection: 'acme',
      protocol: 'saml',
      issuer: scenario.idp.entityId,
      subject,
      email: 'user@acme.example',
      emailVerified: undefined,
      username: 'user',
      groups: ['staff', 'engineering'],
    })
    expect(providerSession).toMatchObject({ protocol: 'saml', nameId: { value: 'user-1' } })
    expect(validUntil).toBe(scenario.clock.now() + 8 * 60 * 60 * 1000)
    expect(usedUp).toHaveLength(2)
    expect(scenario.idp.requests.last('sso').message?.binding).toBe('redirect')
  })

  it('keeps the name as it was said, and one without what goes without saying', async () => {
    const scenario = await createSamlScenario({ idp: { personality: 'qualified-name-id' } })
    const nameQualifier = scenario.idp.entityId
    const { providerSession } = await logIn(scenario)
    expect(providerSession).toMatchObject({
      nameId: { nameQualifier, spNameQualifier: forUs.entityId },
      knownAs: { value: 'user-1', nameQualifier: undefined, spNameQualifier: undefined },
    })
  })

  it('is to one session there: of two, a logout could name the one that is not known here', async () => {
    const refused = await createSamlScenario({ idp: { personality: 'two-sessions' } })
    expect(await outcomeOf(logIn(refused))).toBe('saml_assertion_invalid')
  })

  it.each<[string, SamlScenarioOptions]>([
    ['posted requests', { connection: { ssoBinding: 'post' } }],
    ['signed requests', { connection: { signsRequests: true } }],
    ['signed requests that are posted', { connection: { signsRequests: true, ssoBinding: 'post' } }],
    ['an identity provider that wants signed requests', { idp: { wantsSignedRequests: true } }],
    ['a signed response', { idp: { sign: 'response' }, connection: { wantsSignedResponse: true } }],
    [
      'both signed',
      { idp: { sign: 'both' }, connection: { wantsSignedResponse: true, wantsSignedAssertions: true } },
    ],
    ['an encrypted assertion', { idp: { encrypt: 'assertion' } }],
    [
      'an encrypted assertion, RSA-OAEP with SHA-256',
      { idp: { encrypt: 'assertion', keyTransport: 'rsa-oaep-sha256' } },
    ],
    [
      'an encrypted assertion in a signed response',
      { idp: { encrypt: 'assertion', sign: 'response', cipher: 'aes128-cbc' } },
    ],
    ['an encrypted name', { idp: { encrypt: 'name-id' } }],
    ['a fresh sign-in', { connection: { forceAuthn: true } }],
  ] as [string, SamlScenarioOptions][])('works with %s', async (_, options) => {
    const scenario = await createSamlScenario({
      keys,
      ...options,
      idp: { serviceProviders: [forUs], ...options.idp },
    })
    expect((await logIn(scenario)).identity.subject).toBe(subject)
  })

  it('is refused where less is signed than the connection demands', async () => {
    const refused = async (options: SamlScenarioOptions) =>
      outcomeOf(logIn(await createSamlScenario(options)))
    expect(await refused({ connection: { wantsSignedResponse: true } })).toBe('saml_signature_missing')
    const response = { sign: 'response' } as const
    expect(await refused({ idp: response, connection: { wantsSignedAssertions: true } })).toBe(
      'saml_signature_missing',
    )
  })

  it('needs a key of ours for what is encrypted', async () => {
    const scenario = await createSamlScenario({ idp: { encrypt: 'assertion', serviceProviders: [forUs] } })
    expect(await outcomeOf(logIn(scenario))).toBe('saml_encryption_unsupported')
  })

  it('decrypts AES-CBC in a signed response only', async () => {
    const idp = { encrypt: 'assertion', cipher: 'aes256-cbc', serviceProviders: [forUs] } as const
    expect(await outcomeOf(logIn(await createSamlScenario({ keys, idp })))).toBe(
      'saml_encryption_unsupported',
    )
  })

  it('is not possible by a binding that the identity provider does not offer', async () => {
    const { idp } = await createSamlScenario()
    const xml = metadataWith({ entityId: idp.entityId })
    const offered = (ssoBinding: 'redirect' | 'post') =>
      createSamlScenario({ connection: { ssoBinding, metadata: { kind: 'document', xml } } })
    const begin = async ({ protocol, connection }: SamlScenario) =>
      protocol.begin({
        connection,
        baseUrl,
        answerUrl: callbackUrl(connection, baseUrl),
        transactionId: 'x',
        loginHint: undefined,
        forceLogin: false,
      })
    expect(await outcomeOf(offered('redirect').then(begin))).toMatchObject({
      departure: { kind: 'redirect' },
    })
    expect(await outcomeOf(offered('post').then(begin))).toBe('saml_metadata_invalid')
  })

  it('asks unsigned where signatures are only wanted and there is no key of ours', async () => {
    const scenario = await createSamlScenario({ idp: { wantsSignedRequests: true } })
    await goAndReturn(scenario).catch(() => undefined)
    expect(scenario.idp.requests.last('sso').signature).toBe('absent')
  })

  it.each<[string, SamlScenarioOptions]>([
    ['nobody wants that', {}],
    ['the configuration says never', { connection: { signsRequests: false } }],
    [
      'it says never, whatever is wanted',
      { connection: { signsRequests: false }, idp: { wantsSignedRequests: true } },
    ],
  ])('asks unsigned where %s, though there are keys of ours', async (_, options) => {
    const serviceProviders = [forUs]
    const scenario = await createSamlScenario({ keys, ...options, idp: { serviceProviders, ...options.idp } })
    await goAndReturn(scenario).catch(() => undefined)
    expect(scenario.idp.requests.last('sso').signature).toBe('absent')
  })

  it('is not possible where requests are to be signed and there is no key of ours', async () => {
    const scenario = await createSamlScenario({ connection: { signsRequests: true } })
    expect(await outcomeOf(logIn(scenario))).toBe('installation_invalid')
  })

  it('survives that the identity provider changes its key meanwhile', async () => {
    const scenario = await createSamlScenario()
    const { connection, protocol, idp } = scenario
    await logIn(scenario)
    const begun = {
      connection,
      baseUrl,
      answerUrl: callbackUrl(connection, baseUrl),
      transactionId: 'x',
      loginHint: undefined,
      forceLogin: false,
    }
    const { departure, state } = await protocol.begin(begun)
    await idp.rotateKeys()
    const { parameters } = await idp.answer(requestOf(departure))
    scenario.clock.advance(1)
    const answer = await verify(scenario, { transactionId: 'x', state, answer: parameters })
    expect(answer.identity.subject).toBe(subject)
    expect(idp.requests.count('metadata')).toBe(2)
  })

  it('does not ask for keys again where they were good for the response around what fails', async () => {
    const scenario = await createSamlScenario({
      keys,
      idp: {
        sign: 'both',
        encrypt: 'assertion',
        serviceProviders: [forUs],
        personality: {
          name: 'altered-within',
          wrong: 'what is encrypted was altered before the response was signed',
          specification: 'none',
          login: 'must-fail',
          hooks: { plaintext: (good) => good.replace('user@acme', 'user@evil') },
        },
      },
    })
    expect(await outcomeOf(logIn(scenario))).toBe('saml_signature_invalid')
    expect(scenario.idp.requests.count('metadata')).toBe(1)
  })

  it('does not ask for keys again for every signature that fails', async () => {
    const scenario = await createSamlScenario()
    const returned = await goAndReturn(scenario)
    const xml = atob(returned.answer.get('SAMLResponse') ?? '').replace('user@acme', 'user@evil')
    const forged = { ...returned, answer: new URLSearchParams({ SAMLResponse: btoa(xml) }) }
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(await outcomeOf(verify(scenario, forged))).toBe('saml_signature_invalid')
    }
    expect(scenario.idp.requests.count('metadata')).toBe(2)
  })

  it('is refused for the answer to another login', async () => {
    const scenario = await createSamlScenario()
    const [one, two] = [await goAndReturn(scenario), await goAndReturn(scenario)]
    expect(await outcomeOf(verify(scenario, { ...one, answer: two.answer }))).toBe('saml_request_mismatch')
  })

  it('is refused for an answer that is too old', async () => {
    const scenario = await createSamlScenario()
    const returned = await goAndReturn(scenario)
    scenario.clock.advance(6 * 60_000)
    expect(await outcomeOf(verify(scenario, returned))).toBe('saml_expired')
    // Newer keys would not help.
    expect(scenario.idp.requests.count('metadata')).toBe(1)
  })

  it('holds a connection that demands it to a fresh sign-in', async () => {
    const scenario = await createSamlScenario({
      connection: { forceAuthn: true },
      idp: {
        personality: {
          ...samlPersonalities.good,
          hooks: {
            content: (good) => ({
              ...good,
              assertion: good.assertion && {
                ...good.assertion,
                authnStatement: good.assertion.authnStatement && {
                  ...good.assertion.authnStatement,
                  authnInstant: '2025-12-31T12:00:00Z',
                },
              },
            }),
          },
        },
      },
    })
    expect(await outcomeOf(logIn(scenario))).toBe('saml_assertion_invalid')
  })
})

/** What an identity provider can not do to the protocol itself; their tests are where it is found out. */
const elsewhere: readonly string[] = ['two-responses', 'other-relay-state']

describe('an identity provider', () => {
  it.each(samlPersonalityNames.filter((name) => !elsewhere.includes(name)))(
    'that is %s',
    async (personality) => {
      const { login } = samlPersonalities[personality]
      const scenario = await createSamlScenario({
        keys,
        connection: { reach: reachWith({ domains: ['acme.example'] }) },
        idp: { personality, serviceProviders: [forUs] },
      })
      const { connection } = scenario
      const selector = createSelector(configurationWith([connection]))
      const outcome = await outcomeOf(
        logIn(scenario).then(({ identity }) => admit(identity, connection, selector)),
      )
      if (login === 'must-succeed')
        expect(outcome).toMatchObject({
          subject: expect.stringMatching(/^user-1(\n|$)/),
          groups: expect.any(Array),
        })
      if (login === 'must-fail') expect(outcome).toMatch(/^(saml|email)_/)
    },
  )
})

describe('what attribute_mapping looks for and did not come', () => {
  const { attributes } = samlConnectionWith()
  const missing = async (connection: Partial<SamlConnection>) =>
    (await logIn(await createSamlScenario({ connection }))).missing

  it('is named, with what came', async () => {
    const mapping = { ...attributes, groups: ['memberOf', 'Role'], picture: ['photo'] }
    expect(await missing({ attributes: mapping })).toEqual({
      missing: 'photo, memberOf, Role',
      received: 'email username firstName lastName groups',
    })
  })

  it('is nothing where all of it came', async () => {
    expect(await missing({})).toBeUndefined()
  })
})

it('names the attributes that came where none is the address that was looked for', async () => {
  const scenario = await createSamlScenario({
    connection: { attributes: { ...samlConnectionWith().attributes, email: ['mail'] } },
  })
  expect((await logIn(scenario)).hints).toEqual({
    email: 'mail',
    received: 'email username firstName lastName groups',
  })
})
