import type { Bench } from './bench.ts'
import type { Verdict } from './goals.ts'
import type { Machine } from './machine.ts'
import type { Measured } from './measure.ts'
import { formatNumber, formatTable } from './table.ts'

/** The heading of a run. */
export function formatHeading({ title }: Bench, { date, cpu, system, load }: Machine): string {
  return `${title}\n${date}, ${cpu}, ${system}, load ${load.toFixed(1)}`
}

/** One runtime's table. */
export function formatMeasured({ runtime, version, timing, rounds, measurements }: Measured): string {
  const rows = measurements.map(({ name, microseconds, ratio }) => [
    name,
    formatNumber(microseconds),
    `${formatNumber(ratio.median)}x`,
    `${formatNumber(ratio.low)}x`,
    `${formatNumber(ratio.high)}x`,
  ])
  return [
    `In ${runtime} ${version}; ${rounds} rounds in random order; ${timing}.`,
    formatTable(['contestant', 'us', 'ratio', '10 %', '90 %'], rows),
  ].join('\n')
}

/** A line for one goal. */
export function formatVerdict({ contestant, runtime, ratio, bar, aim, barMet, aimMet }: Verdict): string {
  const mark = barMet ? '✓' : '✗'
  const said = (met: boolean): string => (met ? 'met' : 'not met')
  return `${mark} ${contestant}, in ${runtime}: ${formatNumber(ratio)}x the floor; bar ${bar}x ${said(barMet)}, aim ${aim}x ${said(aimMet)}`
}
