import type { Answer } from './examination.ts'
import { about, type Finding } from './finding.ts'

const SECOND = 1000
/** What a login tolerates. */
const NOTABLE = 30 * SECOND
const WRONG = 5 * 60 * SECOND

/**
 * Compares the provider's clock with this machine's, by the answer that came fastest.
 *
 * @returns nothing when no answer says what time it is there
 */
export function checkClock(answers: readonly Answer[]): readonly Finding[] {
  const fastest = answers
    .filter((answer) => differenceOf(answer) !== undefined)
    .toSorted((one, other) => durationOf(one) - durationOf(other))[0]
  const difference = fastest && differenceOf(fastest)
  if (difference === undefined) return []
  const clock = about('clock', 'clock')
  const apart = Math.abs(difference)
  if (apart <= NOTABLE) return [clock.ok('as here')]
  const found = `${spoken(apart)} ${difference > 0 ? 'ahead of' : 'behind'} this machine's`
  const fix =
    'logins fail from 30 seconds on: compare both with a clock you trust; if all providers show the same, it is this machine'
  return [apart > WRONG ? clock.error(found, fix, 'clock') : clock.warning(found, fix, 'clock')]
}

function durationOf({ askedAt, answeredAt }: Answer): number {
  return answeredAt - askedAt
}

/** How far the provider's clock is ahead, in milliseconds; known to a second, and to half the time that the answer took. */
function differenceOf({ date, age, askedAt, answeredAt }: Answer): number | undefined {
  const said = Date.parse(date ?? '')
  if (Number.isNaN(said)) return undefined
  // What a cache kept was dated when it came there.
  const kept = /^\d{1,9}$/.test(age ?? '') ? Number(age) * SECOND : 0
  return said + kept + SECOND / 2 - (askedAt + answeredAt) / 2
}

function spoken(milliseconds: number): string {
  const seconds = Math.round(milliseconds / SECOND)
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`
  const hours = Math.round(seconds / 3600)
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}
