import type { Growth, Point } from './linear.ts'

const WIDTH = 960
const PLOT = { left: 70, top: 30, right: 620, bottom: 520 }

/** A line for each, a text beside each: the legend grows with them. */
const LINE_HEIGHT = 15

/**
 * Draws time over size, both doubling from line to line of the grid: what is linear is as steep as the dashed lines.
 *
 * @returns an SVG document
 */
export function drawGraph(growths: readonly Growth[]): string {
  const points = growths.flatMap((growth) => growth.points)
  const scale = scaleOf(points)
  const height = Math.max(PLOT.bottom + 60, PLOT.top + growths.length * LINE_HEIGHT + 20)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11">`,
    '<title>Processor time over size, for each kind of input</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...gridOf(scale),
    ...growths.flatMap((growth, index) => lineOf(growth, index, scale)),
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 40}" text-anchor="middle">size in KB; dashed: linear</text>`,
    `<text x="16" y="${(PLOT.top + PLOT.bottom) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(PLOT.top + PLOT.bottom) / 2})">processor time in ms</text>`,
    '</svg>\n',
  ].join('\n')
}

interface Scale {
  readonly sizes: readonly [number, number]
  readonly times: readonly [number, number]
  x(bytes: number): number
  y(milliseconds: number): number
}

/** From power to power of two in KB, and of ten in ms. */
function scaleOf(points: readonly Point[]): Scale {
  const kilobytes = points.map(({ bytes }) => bytes / 1024)
  const milliseconds = points.map((point) => point.milliseconds)
  const sizes = [
    Math.floor(Math.log2(Math.min(...kilobytes))),
    Math.ceil(Math.log2(Math.max(...kilobytes))),
  ] as const
  const times = [
    Math.floor(Math.log10(Math.min(...milliseconds))),
    Math.ceil(Math.log10(Math.max(...milliseconds))),
  ] as const
  return {
    sizes,
    times,
    x: (bytes) =>
      PLOT.left + ((Math.log2(bytes / 1024) - sizes[0]) / (sizes[1] - sizes[0])) * (PLOT.right - PLOT.left),
    y: (ms) => PLOT.bottom - ((Math.log10(ms) - times[0]) / (times[1] - times[0])) * (PLOT.bottom - PLOT.top),
  }
}

function gridOf({ sizes, times, x, y }: Scale): string[] {
  const lines: string[] = []
  for (let power = sizes[0]; power <= sizes[1]; power++) {
    const at = x(1024 * 2 ** power).toFixed(1)
    lines.push(`<path d="M${at} ${PLOT.top}V${PLOT.bottom}" stroke="#ddd"/>`)
    lines.push(`<text x="${at}" y="${PLOT.bottom + 16}" text-anchor="middle">${2 ** power}</text>`)
  }
  for (let power = times[0]; power <= times[1]; power++) {
    const at = y(10 ** power).toFixed(1)
    lines.push(`<path d="M${PLOT.left} ${at}H${PLOT.right}" stroke="#ddd"/>`)
    lines.push(`<text x="${PLOT.left - 6}" y="${at}" text-anchor="end">${10 ** power}</text>`)
  }
  // A microsecond, ten, a hundred for a kilobyte.
  for (const perKilobyte of [0.001, 0.01, 0.1]) {
    const ends = sizes.map((power) =>
      [x(1024 * 2 ** power), y(perKilobyte * 2 ** power)].map((at) => at.toFixed(1)),
    )
    lines.push(
      `<path d="M${ends.map((end) => end.join(' ')).join('L')}" stroke="#999" stroke-dasharray="4 4" clip-path="url(#plot)"/>`,
    )
  }
  const { left, top, right, bottom } = PLOT
  lines.push(
    `<clipPath id="plot"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>`,
  )
  return lines
}

function lineOf({ name, points, exponent }: Growth, index: number, { x, y }: Scale): string[] {
  const colour = `hsl(${(index * 137) % 360} 65% ${index % 2 === 0 ? 40 : 55}%)`
  const path = points.map(({ bytes, milliseconds }) => `${x(bytes).toFixed(1)} ${y(milliseconds).toFixed(1)}`)
  const top = PLOT.top + 6 + index * LINE_HEIGHT
  return [
    `<path d="M${path.join('L')}" fill="none" stroke="${colour}" stroke-width="1.5"/>`,
    `<path d="M${PLOT.right + 20} ${top - 4}h16" stroke="${colour}" stroke-width="3"/>`,
    `<text x="${PLOT.right + 42}" y="${top}">${escaped(name)}: ${exponent.toFixed(2)}</text>`,
  ]
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
