import { SESSION_FRESHNESS } from '@doorward/core'
import type { Isolate } from './isolates.ts'

/** What came of renewing sessions while they were being ended. */
export interface Renewals {
  /** Every token that stood for one of them at any time. */
  readonly tokens: ReadonlySet<string>
  /** How many reads found one although they began when it had ended. */
  readonly foundAfter: number
}

/** How many reads have found the sessions before they are ended, and how many of each follow. */
const READS_BEFORE = 20
const READS_AFTER = 5

/** More than there are before the sessions have ended. */
const MOST_READS = 500

/** By so much the clock moves with each read: more than a minute, so that each read is a write as well. */
const STEP = 61_000

/**
 * Reads and renews sessions in loops of their own, has them ended in the middle of it, and goes on for a while.
 *
 * @param tokens one of each session
 * @param end ends them all
 */
export async function renewAgainAndAgain(
  isolate: Isolate,
  tokens: readonly string[],
  end: () => Promise<void>,
): Promise<Renewals> {
  const known = new Set(tokens)
  const busy = Promise.withResolvers<void>()
  let reads = 0
  let hasEnded = false
  let foundAfter = 0

  async function read(token: string): Promise<void> {
    const isAfter = hasEnded
    reads++
    await isolate.probe('setClock', { ahead: SESSION_FRESHNESS + reads * STEP })
    const found = await isolate.probe('find', { token, options: { fresh: true, renew: true } })
    if (found?.renewed !== undefined) known.add(found.renewed)
    if (found && isAfter) foundAfter++
    if (reads >= READS_BEFORE) busy.resolve()
  }

  async function renew(token: string): Promise<void> {
    while (!hasEnded && reads < MOST_READS) await read(token)
    for (let after = 0; after < READS_AFTER; after++) await read(token)
  }

  const loops = Promise.all(tokens.map(renew))
  await Promise.race([busy.promise, loops])
  await end()
  hasEnded = true
  await loops
  return { tokens: known, foundAfter }
}
