import { styleText } from 'node:util'
import { plain } from '../plain.ts'
import type { Finding } from './finding.ts'

/** How wide, and whether in colours. */
export interface Look {
  readonly columns: number
  readonly colours: boolean
}

/** What stands together under one heading. */
export interface Section {
  readonly heading: string
  /** What belongs to the heading, and is less important. */
  readonly remark: string
  readonly findings: readonly Finding[]
  /** What is not a finding, but has to be known. */
  readonly notes: readonly { readonly what: string; readonly text: string }[]
}

const labels = { ok: 'ok  ', warning: 'warn', error: 'FAIL' } as const
const styles: Readonly<Record<Finding['status'], Format>> = {
  ok: 'green',
  warning: 'yellow',
  error: ['bold', 'red'],
}

/** Where the findings begin: indentation, label, what was looked at. */
const WHAT_WIDTH = 14
const MARGIN = 2 + 4 + 2 + WHAT_WIDTH + 1
/** Narrower than this nothing is wrapped well. */
const MIN_TEXT = 30

/** Lays out a section; no line is longer than the screen, but for words that are. */
export function renderSection({ heading, remark, findings, notes }: Section, look: Look): string {
  const lines = [`${style('bold', plain(heading), look)} ${style('dim', plain(remark), look)}`]
  for (const finding of findings) lines.push(...renderFinding(finding, look))
  for (const { what, text } of notes) {
    lines.push(...renderRow('    ', what, wrap(plain(text), look)).map((line) => style('dim', line, look)))
  }
  return lines.join('\n')
}

function renderFinding({ status, what, found, fix }: Finding, look: Look): readonly string[] {
  const rows = renderRow(style(styles[status], labels[status], look), what, wrap(found, look))
  if (fix === undefined) return rows
  const [first = '', ...more] = wrap(`fix: ${fix}`, look)
  const label = style('green', 'fix:', look)
  return [...rows, ...[label + first.slice('fix:'.length), ...more].map((line) => ' '.repeat(MARGIN) + line)]
}

function renderRow(label: string, what: string, [first = '', ...more]: readonly string[]): readonly string[] {
  return [`  ${label}  ${what.padEnd(WHAT_WIDTH)} ${first}`, ...more.map((line) => ' '.repeat(MARGIN) + line)]
}

/** Lays out a sentence. */
export function renderText(text: string, look: Look): string {
  return wrap(plain(text), look, 0).join('\n')
}

/** Words stay whole, so that an address can be copied. */
function wrap(text: string, { columns }: Look, margin: number = MARGIN): readonly string[] {
  const width = Math.max(MIN_TEXT, columns - margin)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

type Format = Parameters<typeof styleText>[0]

function style(format: Format, text: string, { colours }: Look): string {
  return colours ? styleText(format, text, { validateStream: false }) : text
}

/** Such as `40 ok, 2 warnings, 1 error`. */
export function countFindings(findings: readonly Finding[]): Readonly<Record<Finding['status'], number>> {
  const number = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length
  return { ok: number('ok'), warning: number('warning'), error: number('error') }
}
