import { describe, expect, it } from 'vitest'
import { baseUrl, configurationWith, reachWith, samlConnectionWith } from '../../test/configured.ts'
import { refusalOf } from '../../test/scenario.ts'
import type { SamlConnection } from '../config/connection.ts'
import { sha256 } from '../encoding/digest.ts'
import { randomId } from '../encoding/random.ts'
import { createSealer } from '../encoding/seal.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import type { Ledger } from '../ports/ledger.ts'
import { createMemoryLedger } from '../ports/memory/ledger.ts'
import { createMemorySessionStore } from '../ports/memory/session-store.ts'
import { createSelector } from '../selection/select.ts'
import { SESSION_LIFETIME } from '../session/record.ts'
import { createSessions } from '../session/sessions.ts'
import { createFixedClock } from '../testing/fixed-clock.ts'
import { verifiedWith } from '../testing/people.ts'
import { beginLogin } from './begin.ts'
import { completeLogin, openLogin } from './complete.ts'
import type { ClaimedAfter, Departure } from './protocol.ts'
import { DEFAULT_RETURN_TO } from './return-to.ts'
import type { LoginServices } from './services.ts'
import { TRANSACTION_LIFETIME } from './transaction.ts'

/** What an identity provider says here: no XML and no signature, since only what comes of it is looked at. */
interface Said {
  readonly assertion: string
  readonly email?: string
  readonly isForged?: boolean
  readonly validUntil?: number
}

/** A protocol that is told what was verified, and notes in `steps` when it was asked. */
function tellingProtocol(steps: string[], departure: Departure): ClaimedAfter<SamlConnection> {
  return {
    claims: 'after',
    begin: async () => ({ departure, state: { request: `_${randomId(16)}` } }),
    async complete({ unverifiedAnswer, state, connection }) {
      steps.push('verify')
      const said = JSON.parse(unverifiedAnswer.get('SAMLResponse') ?? '') as Said
      if (said.isForged) throw new SsoError('saml_signature_invalid', 'the signature is wrong')
      return {
        identity: verifiedWith({
          protocol: 'saml',
          connection: connection.id,
          email: said.email ?? 'user@acme.example',
        }),
        providerSession: {
          protocol: 'saml',
          sessionIndex: undefined,
          nameId: {
            value: 'user-1',
            format: undefined,
            nameQualifier: undefined,
            spNameQualifier: undefined,
          },
        },
        validUntil: said.validUntil,
        usedUp: [state['request'] ?? '', said.assertion],
      }
    },
  }
}

const redirect: Departure = { kind: 'redirect', url: new URL('https://idp.example/sso') }

function createInstallation(departure = redirect) {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const acme = samlConnectionWith({ reach: reachWith({ domains: ['acme.example'] }) })
  const other = samlConnectionWith({ id: 'other' })
  const sealer = createSealer([new Secret(randomId(32))])
  const store = createMemorySessionStore(clock.now)
  /** What happened, in its order. */
  const steps: string[] = []
  const memory = createMemoryLedger(clock.now)
  const claims: Parameters<Ledger['claim']>[] = []
  const services: LoginServices = {
    baseUrl,
    selector: createSelector(configurationWith([acme, other])),
    protocols: { oidc: undefined as never, saml: tellingProtocol(steps, departure) },
    ledger: {
      claim(...claim) {
        steps.push('claim')
        claims.push(claim)
        return memory.claim(...claim)
      },
    },
    sessions: createSessions({
      store: {
        ...store,
        save(record) {
          steps.push('save')
          return store.save(record)
        },
      },
      sealer,
      clock: clock.now,
      connections: ['acme', 'other'],
    }),
    sealer,
    clock: clock.now,
  }

  const begin = (connection: SamlConnection = acme) =>
    beginLogin(connection, { returnTo: DEFAULT_RETURN_TO, loginHint: undefined, forceLogin: false }, services)
  const complete = async (
    { transaction }: Awaited<ReturnType<typeof begin>>,
    said: Said,
    connection: SamlConnection = acme,
    changes: Partial<LoginServices> = {},
  ) => {
    const now = { ...services, ...changes }
    const reference = { connection, transactionId: transaction.id, sealedTransaction: transaction.sealed }
    const answer = new URLSearchParams({ SAMLResponse: JSON.stringify(said) })
    return completeLogin(await openLogin(reference, now), answer, now)
  }
  const sessions = () => store.list({ by: 'connection', connection: 'acme' })
  return { clock, acme, other, services, steps, claims, begin, complete, sessions }
}

const said: Said = { assertion: '_assertion-1' }

describe('an answer that is claimed after it was verified', () => {
  it('is verified, claimed and made a session of, in this order', async () => {
    const { begin, complete, steps, sessions } = createInstallation()
    const { record } = await complete(await begin(), said)
    expect(steps).toEqual(['verify', 'claim', 'save'])
    expect(await sessions()).toEqual([record])
  })

  it('uses up the login, the request and the assertion in one step, where all of its connection are', async () => {
    const { begin, complete, claims, clock } = createInstallation()
    const login = await begin()
    const begunAt = clock.now()
    await complete(login, said)
    expect(claims).toEqual([
      [
        'saml:acme',
        [await sha256(`login:${login.transaction.id}`), expect.any(String), await sha256('_assertion-1')],
        begunAt + TRANSACTION_LIFETIME + 60_000,
      ],
    ])
  })

  it.each<[string, Said, string]>([
    ['forged', { ...said, isForged: true }, 'saml_signature_invalid'],
    ['against the policy', { ...said, email: 'user@elsewhere.example' }, 'email_outside_domain'],
    ['of a session that is over', { ...said, validUntil: Date.UTC(2026, 0, 1) }, 'session_ended_early'],
    ['of a session that ends at no time', { ...said, validUntil: Number.NaN }, 'session_ended_early'],
  ])('uses up nothing when it is %s: the genuine one that follows is accepted', async (_, bad, code) => {
    const { begin, complete, claims, sessions } = createInstallation()
    const login = await begin()
    expect(await refusalOf(complete(login, bad))).toBe(code)
    expect(claims).toEqual([])
    expect(await sessions()).toEqual([])
    await expect(complete(login, said)).resolves.toBeDefined()
  })

  it('is accepted once', async () => {
    const { begin, complete, sessions, clock } = createInstallation()
    const login = await begin()
    await complete(login, said)
    clock.advance(TRANSACTION_LIFETIME - 1)
    expect(await refusalOf(complete(login, said))).toBe('transaction_replayed')
    expect(await refusalOf(complete(login, { assertion: '_assertion-2' }))).toBe('transaction_replayed')
    expect(await sessions()).toHaveLength(1)
  })

  it('gives one session to ten completions at once', async () => {
    const { begin, complete, sessions } = createInstallation()
    const login = await begin()
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () =>
        complete(login, said).then(
          () => 'session',
          (error: SsoError) => error.code,
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'session')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'transaction_replayed')).toHaveLength(9)
    expect(await sessions()).toHaveLength(1)
  })

  it('is refused in another login when its assertion was used in one, which uses up nothing of that login', async () => {
    const { begin, complete } = createInstallation()
    const [first, second] = [await begin(), await begin()]
    await complete(first, said)
    expect(await refusalOf(complete(second, said))).toBe('transaction_replayed')
    await expect(complete(second, { assertion: '_assertion-2' })).resolves.toBeDefined()
  })

  it('of one connection has nothing to do with those of another', async () => {
    const { begin, complete, other } = createInstallation()
    await complete(await begin(), said)
    const elsewhere = { ...said, email: 'user@elsewhere.example' }
    await expect(complete(await begin(other), elsewhere, other)).resolves.toBeDefined()
  })

  it('is refused while the ledger can not be reached', async () => {
    const { begin, complete, sessions, acme } = createInstallation()
    const ledger = { claim: () => Promise.reject(new Error('unreachable')) }
    expect(await refusalOf(complete(await begin(), said, acme, { ledger }))).toBe('ledger_unavailable')
    expect(await sessions()).toEqual([])
  })
})

describe('a session at the identity provider that ends', () => {
  it('ends ours with it', async () => {
    const { begin, complete, clock } = createInstallation()
    const validUntil = clock.now() + 3_600_000
    const { record, token } = await complete(await begin(), { ...said, validUntil })
    expect(record.expiresAt).toBe(validUntil)
    expect(token).toBeDefined()
  })

  it('makes none of ours last for longer than others', async () => {
    const { begin, complete, clock } = createInstallation()
    const validUntil = clock.now() + 10 * SESSION_LIFETIME
    const { record } = await complete(await begin(), { ...said, validUntil })
    expect(record.expiresAt).toBe(clock.now() + SESSION_LIFETIME)
  })

  it('is not found a moment later, however much it is used', async () => {
    const { begin, complete, clock, services } = createInstallation()
    const validUntil = clock.now() + 3_600_000
    const { token } = await complete(await begin(), { ...said, validUntil })
    clock.advance(3_600_000 - 1)
    expect(await services.sessions.find(token)).toBeDefined()
    clock.advance(1)
    expect(await services.sessions.find(token)).toBeUndefined()
  })
})

describe('a departure', () => {
  it('may be a form', async () => {
    const form: Departure = {
      kind: 'form',
      action: new URL('https://idp.example/sso'),
      fields: { SAMLRequest: 'PHNhbWw+', RelayState: 'a' },
    }
    expect((await createInstallation(form).begin()).departure).toEqual(form)
  })

  it.each(['http://idp.example/sso', 'http://localhost:8080/sso', 'javascript:alert(1)', 'data:text/html,x'])(
    'never leads to %s',
    async (address) => {
      const url = new URL(address)
      for (const departure of [
        { kind: 'redirect', url },
        { kind: 'form', action: url, fields: {} },
      ] as const) {
        expect(await refusalOf(createInstallation(departure).begin())).toBe('provider_url_refused')
      }
    },
  )
})

describe('a host without SAML', () => {
  it('begins no login by it and completes none', async () => {
    const { acme, services, begin, complete } = createInstallation()
    const login = await begin()
    const protocols = { oidc: services.protocols.oidc }
    expect(await refusalOf(complete(login, said, acme, { protocols }))).toBe('connection_not_found')
    const wishes = { returnTo: DEFAULT_RETURN_TO, loginHint: undefined, forceLogin: false }
    expect(await refusalOf(beginLogin(acme, wishes, { ...services, protocols }))).toBe('connection_not_found')
  })
})
