import type { Bench, Goal } from './bench.ts'
import type { Verdict } from './goals.ts'
import type { Machine } from './machine.ts'
import type { Measured, Measurement } from './measure.ts'
import { formatNumber, formatTable } from './table.ts'

/** The heading of a run. */
export function formatHeading({ title }: Bench, { date, cpu, system, load }: Machine): string {
  return `${title}\n${date}, ${cpu}, ${system}, load ${load.toFixed(1)}`
}

/** One runtime's tables: one for each input. */
export function formatMeasured(measured: Measured): string {
  const { runtime, version, timing, rounds, measurements, missing } = measured
  const inputs = new Set([...measurements, ...missing].map(({ input }) => input))
  return [
    `In ${runtime} ${version}; ${rounds} rounds in random order; ${timing}.`,
    ...[...inputs].map((input) => formatInput(input, measured)),
  ].join(inputs.size > 1 ? '\n\n' : '\n')
}

function formatInput(input: string | undefined, { measurements, missing }: Measured): string {
  const measured = measurements.filter((one) => one.input === input)
  const absent = missing.filter((one) => one.input === input)
  const withHeap = measured.some(({ heap }) => heap !== undefined)
  const head = [input ?? 'contestant', 'us', 'ratio', '10 %', '90 %', ...(withHeap ? ['heap, KB'] : [])]
  const rows = [
    ...measured.map((one) => rowOf(one, withHeap)),
    ...absent.map(({ name }) => [name, 'not run']),
  ]
  const reasons = absent.map(({ name, notRun }) => `Not run: ${name}, ${notRun}.`)
  return [formatTable(head, rows), ...reasons].join('\n')
}

function rowOf({ name, microseconds, ratio, heap }: Measurement, withHeap: boolean): string[] {
  return [
    name,
    formatNumber(microseconds),
    `${formatNumber(ratio.median)}x`,
    `${formatNumber(ratio.low)}x`,
    `${formatNumber(ratio.high)}x`,
    ...(withHeap ? [heap === undefined ? '' : formatNumber(heap / 1000)] : []),
  ]
}

/** A line for one goal. */
export function formatVerdict(verdict: Verdict): string {
  const { contestant, input, runtime, value, bar, aim, barMet, aimMet } = verdict
  const subject = `${[contestant, ...(input === undefined ? [] : [input])].join(', ')}, in ${runtime}`
  if (value === undefined) return `✗ ${subject}: no verdict, since ${verdict.problem}`
  const mark = barMet ? '✓' : '✗'
  const said = (met: boolean): string => (met ? 'met' : 'not met')
  return `${mark} ${subject}: ${formatNumber(value)}x ${relation(verdict)}; bar ${bar}x ${said(barMet)}, aim ${aim}x ${said(aimMet)}`
}

/** What the number says. */
function relation({ figure = 'time', against, sense, input }: Goal): string {
  const whom = !against
    ? 'the floor'
    : [
        against.contestant,
        ...(against.input === undefined || against.input === input ? [] : [against.input]),
      ].join(', ')
  if (sense === 'times less') return `less ${figure === 'heap' ? 'allocated' : figure} than ${whom}`
  return figure === 'time' ? whom : `the ${figure} of ${whom}`
}
