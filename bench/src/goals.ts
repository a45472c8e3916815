import type { Goal } from './bench.ts'
import type { Measured } from './measure.ts'

/** A {@link Goal} and what came of it. */
export interface Verdict extends Goal {
  readonly ratio: number
  readonly barMet: boolean
  readonly aimMet: boolean
}

/** @throws Error when a goal is about something that was not measured */
export function judge(goal: Goal, measured: readonly Measured[]): Verdict {
  const { measurements } = measured.find(({ runtime }) => runtime === goal.runtime) ?? {}
  const { ratio } = measurements?.find(({ name }) => name === goal.contestant) ?? {}
  if (!ratio) throw new Error(`not measured in ${goal.runtime}: ${goal.contestant}`)
  return {
    ...goal,
    ratio: ratio.median,
    barMet: ratio.median <= goal.bar,
    aimMet: ratio.median <= goal.aim,
  }
}
