import {
  createMemorySessionStore,
  createSealer,
  createSessions,
  type FoundSession,
  type Identity,
  Secret,
  type Sessions,
  systemClock,
} from '@doorward/core'
import type { Contestant } from '../../bench.ts'
import { type Claims, cookieHeader, proveVerifier, readToken } from './claims.ts'
import { FIRST_SIGHT, SEEN_BEFORE } from './names.ts'

type Beginning = Parameters<Sessions['begin']>[0]

/** How many sessions there are: as many first sights a batch may hold. */
const SESSIONS = 8192

/** @returns our contestants, and the claims of the session that the others are to verify too */
export async function createOurs(): Promise<{ claims: Claims; contestants: readonly Contestant[] }> {
  const store = createMemorySessionStore(systemClock)
  const sealer = createSealer([new Secret('the installation secret, for this bench and nothing else')])
  const services = { store, sealer, clock: systemClock, connections: ['acme'] }

  const begun = createSessions(services)
  const headers: string[] = []
  for (let i = 0; i < SESSIONS; i++) headers.push(cookieHeader((await begun.begin(beginningOf(i))).token))
  const header = headers[0] as string
  const token = readToken(header)
  const claims = claimsOf(await begun.find(token)) as Claims

  let unaware = createSessions(services)
  const aware = createSessions(services)
  await aware.find(token)

  return {
    claims,
    contestants: [
      {
        name: FIRST_SIGHT,
        maxCalls: SESSIONS,
        prove: () =>
          proveVerifier(
            {
              name: FIRST_SIGHT,
              token,
              verify: async (it) => claimsOf(await createSessions(services).find(it)),
            },
            claims,
          ),
        // The store, the secret and its key are the same; only the memory of verified tokens is empty.
        prepare() {
          unaware = createSessions(services)
        },
        run: (index) => unaware.find(readToken(headers[index] as string)),
      },
      {
        name: SEEN_BEFORE,
        prove: () =>
          proveVerifier(
            { name: SEEN_BEFORE, token, verify: async (it) => claimsOf(await aware.find(it)) },
            claims,
          ),
        run: () => aware.find(readToken(header)),
      },
    ],
  }
}

function claimsOf(found: FoundSession | undefined): Claims | undefined {
  if (!found) return undefined
  const { id, userId, identity, createdAt, expiresAt } = found.record
  return {
    id,
    userId,
    connection: identity.connection,
    issuedAt: Math.floor(createdAt / 1000),
    expiresAt: Math.floor(expiresAt / 1000),
  }
}

function beginningOf(index: number): Beginning {
  const identity: Identity = {
    connection: 'acme',
    protocol: 'oidc',
    issuer: 'https://login.acme.example/tenant',
    subject: `00u1a2b3c4d5e6f7g8h9-${index}`,
    email: `person.${index}@acme.example`,
    emailVerified: true,
    username: undefined,
    name: 'Alex Person',
    givenName: 'Alex',
    familyName: 'Person',
    picture: undefined,
    groups: ['staff', 'engineering', 'vpn'],
    roles: [],
  }
  return {
    // Only the login's policy makes an admitted identity; here there is none.
    identity: identity as Beginning['identity'],
    providerSession: { protocol: 'social' },
    begunAt: systemClock(),
  }
}
