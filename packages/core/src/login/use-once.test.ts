import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/scenario.ts'
import { type Ledger, MAX_CLAIM_LIFETIME } from '../ports/ledger.ts'
import { createMemoryLedger } from '../ports/memory/ledger.ts'
import { createFixedClock } from '../testing/fixed-clock.ts'
import { type SingleUse, useOnce } from './use-once.ts'

const MINUTE = 60_000
const LONGEST = MAX_CLAIM_LIFETIME - MINUTE

function createLedger() {
  const clock = createFixedClock(Date.UTC(2026, 0, 1))
  const ledger = createMemoryLedger(clock.now)
  /** Uses up, as of now, what is good for `lifetime` milliseconds. */
  const use = (lifetime: number, keys: SingleUse['keys'] = ['key'], scope = 'scope') =>
    useOnce({ scope, keys, expiresAt: clock.now() + lifetime }, clock.now(), ledger)
  return { clock, ledger, use }
}

describe('what may be used once', () => {
  it('is accepted the first time and never again', async () => {
    const { clock, use } = createLedger()
    expect(await use(10 * MINUTE)).toBe(true)
    expect(await use(10 * MINUTE)).toBe(false)
    clock.advance(10 * MINUTE - 1)
    expect(await use(1)).toBe(false)
  })

  it('is accepted from one of many at once', async () => {
    const { use } = createLedger()
    const uses = await Promise.all(Array.from({ length: 50 }, () => use(MINUTE)))
    expect(uses.filter(Boolean)).toHaveLength(1)
  })

  it('is used up together or not at all', async () => {
    const { use } = createLedger()
    expect(await use(MINUTE, ['request', 'assertion'])).toBe(true)
    expect(await use(MINUTE, ['assertion', 'free'])).toBe(false)
    expect(await use(MINUTE, ['free', 'request'])).toBe(false)
    expect(await use(MINUTE, ['free'])).toBe(true)
  })

  it('is another thing in another scope', async () => {
    const { use } = createLedger()
    expect(await use(MINUTE, ['key'], 'one')).toBe(true)
    expect(await use(MINUTE, ['key'], 'two')).toBe(true)
  })

  it('is remembered for a minute longer than it is good for, and no longer', async () => {
    const { clock, ledger, use } = createLedger()
    await use(10 * MINUTE)
    clock.advance(11 * MINUTE - 1)
    expect(await ledger.purge()).toBe(1)
    expect(await use(MINUTE)).toBe(false)
    clock.advance(1)
    expect(await ledger.purge()).toBe(0)
  })

  it('is still refused on a host whose clock is a minute behind', async () => {
    const { clock, ledger, use } = createLedger()
    const expiresAt = clock.now() + 10 * MINUTE
    await use(10 * MINUTE)
    clock.advance(11 * MINUTE - 1)
    await ledger.purge()
    const behind = clock.now() - MINUTE
    expect(behind).toBeLessThan(expiresAt)
    expect(await useOnce({ scope: 'scope', keys: ['key'], expiresAt }, behind, ledger)).toBe(false)
  })
})

describe('what is good for too long', () => {
  it('is accepted to a day less a minute, and refused from there on', async () => {
    const { use } = createLedger()
    expect(await use(LONGEST, ['fits'])).toBe(true)
    expect(await use(LONGEST, ['fits'])).toBe(false)
    for (const lifetime of [LONGEST + 1, MAX_CLAIM_LIFETIME, 10 * MAX_CLAIM_LIFETIME, Infinity]) {
      expect(await refusalOf(use(lifetime, ['too long']))).toBe('lifetime_too_long')
    }
  })

  it('is not used up by that', async () => {
    const { ledger, use } = createLedger()
    expect(await refusalOf(use(LONGEST + 1))).toBe('lifetime_too_long')
    expect(await ledger.purge()).toBe(0)
    expect(await use(LONGEST)).toBe(true)
  })

  it('is refused with how long it is good for, in seconds', async () => {
    const { use } = createLedger()
    await expect(use(2 * MAX_CLAIM_LIFETIME)).rejects.toMatchObject({
      details: { lifetimeSeconds: 172_800 },
    })
  })

  it('is refused although the ledger can not be reached', async () => {
    const ledger: Ledger = { claim: () => Promise.reject(new Error('unreachable')) }
    const attempt = useOnce({ scope: 'scope', keys: ['key'], expiresAt: LONGEST + 1 }, 0, ledger)
    expect(await refusalOf(attempt)).toBe('lifetime_too_long')
  })
})

describe('a ledger that can not be reached', () => {
  const cause = new Error('unreachable')

  it.each<[string, Ledger['claim']]>([
    ['rejects', () => Promise.reject(cause)],
    [
      'throws',
      () => {
        throw cause
      },
    ],
  ])('and %s lets nothing be used, and says why', async (_, claim) => {
    const attempt = useOnce({ scope: 'scope', keys: ['key'], expiresAt: MINUTE }, 0, { claim })
    await expect(attempt).rejects.toMatchObject({ code: 'ledger_unavailable', cause })
  })
})
