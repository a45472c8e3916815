import { generateSigningKeys, rotateSigningKeys, type UnsignedToken } from '@doorward/core'
import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createIsolates, ordinary } from './isolates.ts'
import { NAMES, type Name, ORIGIN } from './names.ts'

const first = await generateSigningKeys()
const second = await rotateSigningKeys(first)
const third = await rotateSigningKeys(second)

const isolates = createIsolates({
  a: { ...ordinary, DOORWARD_SIGNING_KEYS: first.reveal() },
  b: { ...ordinary, DOORWARD_SIGNING_KEYS: second.reveal() },
  c: { ...ordinary, DOORWARD_SIGNING_KEYS: third.reveal() },
})

beforeAll(() => isolates.start())
afterAll(() => isolates.end())

const KEYS_URL = new URL('/.well-known/jwks.json', ORIGIN)
const expected = { typ: 'logout+jwt', issuer: ORIGIN, audience: 'wiki' } as const

/** Has a token signed. */
async function sign(at: Name): Promise<string> {
  const now = Date.now()
  const token: UnsignedToken = { ...expected, claims: { sub: 'ann' }, issuedAt: now, expiresAt: now + 60_000 }
  return (await isolates.of(at).probe('sign', { token })) ?? ''
}

/** What an app does: it fetches the keys when it needs one that it has not got, and keeps them. @param at from where */
function createVerifier(at: () => Name): JWTVerifyGetKey {
  return createRemoteJWKSet(KEYS_URL, {
    // Asks whoever answers for the site at that moment.
    [customFetch]: (url, init) => isolates.of(at()).send(new Request(url, init)),
    cooldownDuration: 0,
  })
}

/** An app that fetched the keys from one isolate, and does not do so again. */
async function createLazyVerifier(at: Name): Promise<JWTVerifyGetKey> {
  let fetched = 0
  const keys = createRemoteJWKSet(KEYS_URL, {
    [customFetch]: (url, init) => {
      fetched++
      if (fetched > 1) throw new Error('fetched again')
      return isolates.of(at).send(new Request(url, init))
    },
    cooldownDuration: 0,
  })
  await keys.reload()
  return keys
}

async function verifies(token: string, keys: JWTVerifyGetKey): Promise<boolean> {
  return jwtVerify(token, keys, { algorithms: ['ES256'], ...expected }).then(
    ({ payload }) => payload.sub === 'ann',
    () => false,
  )
}

describe('a rotation of the signing keys, from a to b, and another one from b to c', () => {
  it.each([
    ['a', 'a', true],
    ['b', 'a', true],
    ['c', 'a', false],
    ['a', 'b', true],
    ['b', 'b', true],
    ['c', 'b', true],
    ['a', 'c', false],
    ['b', 'c', true],
    ['c', 'c', true],
  ] as const)(
    'what %s signed verifies with the keys that %s publishes: %s',
    async (signed, published, outcome) => {
      expect(await verifies(await sign(signed), await createLazyVerifier(published))).toBe(outcome)
    },
  )

  it('fails no token of a stream of them, at any app that keeps the keys for less than the time between two', async () => {
    let at: Name = 'a'
    const keeping = createVerifier(() => at)
    let outdated = keeping
    let late: string[] = []
    const refused: object[] = []
    for (const name of NAMES) {
      at = name
      const apps = { keeping, outdated, newcomer: createVerifier(() => name) }
      const tokens = await signMany(name, 20)
      // Those that were on their way while the keys were rotated arrive first.
      for (const [app, keys] of Object.entries(apps)) {
        for (const token of [...late, ...tokens])
          if (!(await verifies(token, keys))) refused.push({ name, app })
      }
      late = await signMany(name, 5)
      outdated = await createLazyVerifier(name)
    }
    expect(refused).toEqual([])
  })
})

function signMany(at: Name, count: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, () => sign(at)))
}
