import { describe, expect, it } from 'vitest'
import {
  createScenario,
  goAndReturn,
  logIn,
  refusalOf,
  type Scenario,
  spoilt,
  verify,
} from '../../test/scenario.ts'
import { encodeBase64Url } from '../encoding/base64url.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { createOidcProtocol } from './oidc-protocol.ts'

const HOUR = 60 * 60 * 1000

const keyRequests = ({ provider }: Scenario) => provider.requests.count('jwks')

describe('the keys of a provider', () => {
  it('are fetched once for many logins', async () => {
    const scenario = await createScenario()
    for (let login = 0; login < 5; login++) await logIn(scenario)
    expect(keyRequests(scenario)).toBe(1)
    expect(scenario.provider.requests.count('discovery')).toBe(1)
  })

  it('are fetched again after an hour', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    scenario.clock.advance(HOUR - 1)
    await logIn(scenario)
    expect(keyRequests(scenario)).toBe(1)
    scenario.clock.advance(1)
    await logIn(scenario)
    expect(keyRequests(scenario)).toBe(2)
  })

  it('are shared with another process through the cache', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    const { fetch, clock, documents } = scenario
    const protocol = createOidcProtocol({ fetch, clock: clock.now, documents })
    await logIn({ ...scenario, protocol })
    expect(keyRequests(scenario)).toBe(1)
    expect(scenario.provider.requests.count('discovery')).toBe(1)
  })

  it('of one configuration are not used for another', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    await logIn({ ...scenario, connection: { ...scenario.connection, name: 'Acme again' } })
    expect(keyRequests(scenario)).toBe(2)
  })
})

describe('a rotation of keys', () => {
  it('between two logins goes unnoticed', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    await scenario.provider.rotateKeys()
    await expect(logIn(scenario)).resolves.toBeDefined()
    expect(keyRequests(scenario)).toBe(2)
  })

  it('between the two halves of a login goes unnoticed', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    const returned = await goAndReturn(scenario)
    await scenario.provider.rotateKeys()
    await expect(verify(scenario, returned)).resolves.toBeDefined()
  })

  it('directly after another one is noticed 30 seconds later, and not sooner', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    await scenario.provider.rotateKeys()
    await logIn(scenario)
    await scenario.provider.rotateKeys()
    scenario.clock.advance(29_999)
    expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
    scenario.clock.advance(1)
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it('is noticed by all logins that are under way', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    await scenario.provider.rotateKeys()
    const returned = []
    for (let login = 0; login < 5; login++) returned.push(await goAndReturn(scenario))
    const identities = await Promise.all(returned.map((one) => verify(scenario, one)))
    expect(identities.map(({ identity: { subject } }) => subject)).toEqual(Array(5).fill('user-1'))
  })

  it('is noticed by another process that has the old keys', async () => {
    const scenario = await createScenario()
    const { fetch, clock, documents } = scenario
    const other = { ...scenario, protocol: createOidcProtocol({ fetch, clock: clock.now, documents }) }
    await logIn(scenario)
    await logIn(other)
    clock.advance(1000)
    await scenario.provider.rotateKeys()
    await logIn(scenario)
    await expect(logIn(other)).resolves.toBeDefined()
    expect(keyRequests(scenario)).toBe(2)
  })
})

describe('new keys that could not be had', () => {
  it('are asked for again once the failure is over, and not after thirty seconds', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    scenario.clock.advance(60 * 60 * 1000)
    scenario.provider.personality = spoilt({ jwks: () => ({}) })
    // The old ones serve, and that new ones were refused is remembered.
    await logIn(scenario)
    scenario.provider.personality = 'good'
    await scenario.provider.rotateKeys()
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
    scenario.clock.advance(5000)
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it('for an unknown key id are asked for again after five seconds, and not after thirty', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    await scenario.provider.rotateKeys()
    scenario.provider.personality = spoilt({ jwks: () => ({}) })
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
    scenario.provider.personality = 'good'
    scenario.clock.advance(5000)
    await expect(logIn(scenario)).resolves.toBeDefined()
  })
})

describe('a key id that nobody knows', () => {
  it('makes us fetch the keys once in 30 seconds, and no more', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    scenario.provider.personality = 'unknown-kid'
    for (let login = 0; login < 5; login++) {
      expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
    }
    expect(keyRequests(scenario)).toBe(2)
    scenario.clock.advance(30_000)
    for (let login = 0; login < 5; login++) {
      expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
    }
    expect(keyRequests(scenario)).toBe(3)
  })

  it('does not lock out those whose key is known', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    scenario.provider.personality = 'unknown-kid'
    await refusalOf(logIn(scenario))
    scenario.provider.personality = 'good'
    await expect(logIn(scenario)).resolves.toBeDefined()
  })
})

describe('a key set', () => {
  it.each<[string, Record<string, unknown>]>([
    ['without keys', {}],
    ['whose keys are no list', { keys: {} }],
    ['whose keys are no objects', { keys: ['key'] }],
    ['whose keys are lists', { keys: [[]] }],
    ['whose keys are nothing', { keys: [null] }],
  ])('%s is refused and not kept', async (_, document) => {
    const scenario = await createScenario({ provider: { personality: spoilt({ jwks: () => document }) } })
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
    scenario.provider.personality = 'good'
    scenario.clock.advance(5000)
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it.each<[string, Record<string, unknown>]>([
    ['is not a point of its curve', { x: 'AAAA', y: 'AAAA' }],
    ['lacks a coordinate', { y: undefined }],
    ['has numbers for coordinates', { x: 1, y: 2 }],
    ['is of a curve that nobody knows', { crv: 'P-000' }],
    ['is for encryption', { use: 'enc' }],
    ['is for another algorithm', { alg: 'ES384' }],
    ['is a private one', { d: 'AAAA' }],
    ['is a symmetric one as well', { k: 'AAAA' }],
  ])('whose key %s has no key for us', async (_, change) => {
    const personality = spoilt({ jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, ...change })) }) })
    const scenario = await createScenario({ provider: { personality } })
    expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
  })

  it('of more keys than any honest provider has is refused', async () => {
    const personality = spoilt({
      jwks: ({ keys }) => ({ keys: Array.from({ length: 101 }, () => keys[0] ?? {}) }),
    })
    const scenario = await createScenario({ provider: { personality } })
    expect(await refusalOf(logIn(scenario))).toBe('provider_response_invalid')
  })

  it('may have a hundred keys', async () => {
    const personality = spoilt({
      jwks: ({ keys }) => ({ keys: [...Array.from({ length: 99 }, () => ({ kty: 'EC' })), ...keys] }),
    })
    const scenario = await createScenario({ provider: { personality } })
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it('has names of at most 4096 characters', async () => {
    const named = (kid: string) =>
      spoilt({
        jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, kid })) }),
        idTokenHeader: (good) => ({ ...good, kid }),
      })
    const scenario = await createScenario({ provider: { personality: named('x'.repeat(4096)) } })
    await expect(logIn(scenario)).resolves.toBeDefined()
    const other = await createScenario({ provider: { personality: named('x'.repeat(4097)) } })
    expect(await refusalOf(logIn(other))).toBe('id_token_key_not_found')
  })

  it('may have members as deep as a provider likes', async () => {
    const deep = `{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`
    const personality = spoilt({
      response: async (good, { endpoint }) =>
        endpoint === 'jwks'
          ? new Response((await good.text()).replace('"keys":[{', `"keys":[${deep},{`))
          : good,
    })
    const scenario = await createScenario({ provider: { personality } })
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it('may have keys that we do not understand beside the right one', async () => {
    const odd = [{ kty: 'unheard-of', kid: 'odd' }, {}, { kty: 'oct', k: 'AAAA', kid: 'symmetric' }]
    const personality = spoilt({ jwks: ({ keys }) => ({ keys: [...odd, ...keys] }) })
    const scenario = await createScenario({ provider: { personality } })
    await expect(logIn(scenario)).resolves.toBeDefined()
  })

  it('with an RSA key below 2048 bits has no key for us', async () => {
    const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
    const weak = await crypto.subtle.generateKey(
      { ...algorithm, modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    )
    const publicJwk = await crypto.subtle.exportKey('jwk', weak.publicKey)
    const encode = (value: unknown) => encodeBase64Url(encodeUtf8(JSON.stringify(value)))
    const personality = spoilt({
      jwks: () => ({ keys: [{ ...publicJwk, kid: 'weak', key_ops: undefined, ext: undefined }] }),
      async idToken(_, { claims }) {
        const input = `${encode({ alg: 'RS256', kid: 'weak' })}.${encode(claims)}`
        const signature = await crypto.subtle.sign(algorithm, weak.privateKey, encodeUtf8(input))
        return `${input}.${encodeBase64Url(new Uint8Array(signature))}`
      },
    })
    const scenario = await createScenario({ provider: { personality } })
    expect(await refusalOf(logIn(scenario))).toBe('id_token_key_not_found')
  })

  it('is asked of the address in the metadata', async () => {
    const scenario = await createScenario()
    await logIn(scenario)
    expect(scenario.provider.requests.last('jwks').url.href).toBe('https://idp.example/jwks')
    expect(scenario.provider.requests.last('jwks').headers.get('cookie')).toBeNull()
  })
})
