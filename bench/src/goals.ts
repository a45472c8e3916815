import type { Goal } from './bench.ts'
import { type Measured, type Measurement, ratiosOf } from './measure.ts'
import { median } from './statistics.ts'

/** A {@link Goal} and what came of it. */
export interface Verdict extends Goal {
  /** In the goal's sense: multiples of the other, or how many times less. Missing when it could not be told. */
  readonly value?: number
  /** Why it could not be told. */
  readonly problem?: string
  readonly barMet: boolean
  readonly aimMet: boolean
}

/** @throws Error when a goal is about something that the bench does not have */
export function judge(goal: Goal, measured: readonly Measured[]): Verdict {
  const there = measured.find(({ runtime }) => runtime === goal.runtime)
  if (!there) throw new Error(`nothing was measured in ${goal.runtime}`)
  const other = goal.against ?? floorOf(goal, there)
  const missing = [goal, other]
    .map(({ contestant, input = goal.input }) => find(there.missing, contestant, input))
    .find((entry) => entry !== undefined)
  if (missing) return notTold(goal, `${missing.name} was not run: ${missing.notRun}`)

  const own = measurementOf(there, goal.contestant, goal.input)
  const others = measurementOf(there, other.contestant, other.input ?? goal.input)
  const ratio = ratioOf(goal, own, others)
  if (ratio === undefined) return notTold(goal, 'what was allocated could not be measured')
  if (goal.sense === 'times less') {
    const value = 1 / ratio
    return { ...goal, value, barMet: value >= goal.bar, aimMet: value >= goal.aim }
  }
  return { ...goal, value: ratio, barMet: ratio <= goal.bar, aimMet: ratio <= goal.aim }
}

function notTold(goal: Goal, problem: string): Verdict {
  return { ...goal, problem, barMet: false, aimMet: false }
}

/** The middle of the rounds, where there are rounds. */
function ratioOf({ figure = 'time' }: Goal, own: Measurement, other: Measurement): number | undefined {
  if (figure === 'heap') {
    return own.heap === undefined || other.heap === undefined ? undefined : own.heap / other.heap
  }
  const ratio = median(ratiosOf(own.times, other.times))
  if (figure === 'time') return ratio
  if (own.bytes === undefined || other.bytes === undefined) throw new Error(`${own.name}: how many bytes?`)
  return (ratio * other.bytes) / own.bytes
}

function floorOf(goal: Goal, { measurements }: Measured): { contestant: string; input?: string } {
  const floor = measurements.find(({ input }) => input === goal.input)
  if (!floor) throw new Error(`there is no input ${goal.input}`)
  return { contestant: floor.name }
}

function measurementOf({ measurements, runtime }: Measured, contestant: string, input?: string): Measurement {
  const found = find(measurements, contestant, input)
  if (!found) throw new Error(`not measured in ${runtime}: ${contestant}, ${input ?? 'its only input'}`)
  return found
}

function find<T extends { readonly name: string; readonly input?: string }>(
  entries: readonly T[],
  contestant: string,
  input: string | undefined,
): T | undefined {
  return entries.find((entry) => entry.name === contestant && entry.input === input)
}
