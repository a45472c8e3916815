import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { Problem } from '@doorward/core/config/yaml'

/** A file in which problems were found. */
interface ReportedFile {
  readonly path: string
  readonly text: string
  readonly problems: readonly Problem[]
}

/** The longest part of a line that is shown around a problem, in characters. */
const EXCERPT = 100

/**
 * Shows every problem of a file: where, what, the line with a caret under the spot, and what to do.
 *
 * @param colours whether the text is for a terminal that shows them
 */
export function reportProblems({ path, text, problems }: ReportedFile, colours: boolean): string {
  const lines = text.split(/\r?\n/)
  const shown = shortPath(path)
  return problems.map((problem) => reportProblem(problem, lines, shown, colours)).join('\n')
}

function reportProblem(problem: Problem, lines: readonly string[], path: string, colours: boolean): string {
  const { severity, line, column, message, fix } = problem
  const style = (format: Parameters<typeof styleText>[0], part: string) =>
    colours ? styleText(format, part, { validateStream: false }) : part
  const label = style(severity === 'error' ? ['bold', 'red'] : ['bold', 'yellow'], severity)
  const out = [`${style('bold', `${path}:${line}:${column}`)} ${label}: ${message}`]
  const source = lines[line - 1]
  if (source !== undefined && source.trim() !== '') {
    const from = Math.max(0, column - 1 - EXCERPT / 2)
    const gutter = `${line} | `.padStart(8)
    // A secret on the line must not end up in a terminal's history or a CI log.
    out.push(style('dim', gutter) + hideSecret(source).slice(from, from + EXCERPT))
    out.push(' '.repeat(gutter.length + column - 1 - from) + style('cyan', '^'))
  }
  if (fix !== undefined) out.push(`        ${style('green', 'fix:')} ${fix}`)
  return `${out.join('\n')}\n`
}

function hideSecret(line: string): string {
  return line.replace(
    /(secret\w*["']?\s*:\s*)(\S.*)$/i,
    (_, key: string, value: string) => key + '*'.repeat(value.length),
  )
}

/** @returns `path` as a person in the current folder would type it */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}

/** Such as `2 errors, 1 warning`. */
export function countProblems(problems: readonly Problem[]): string {
  const counted = (['error', 'warning'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  return counted.join(', ') || 'no problems'
}
