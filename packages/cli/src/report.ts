import { relative } from 'node:path'
import { styleText } from 'node:util'
import { knownKeys, nearest } from '@doorward/core/config'
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
    out.push(style('dim', gutter) + hideValue(source).slice(from, from + EXCERPT))
    out.push(' '.repeat(gutter.length + column - 1 - from) + style('cyan', '^'))
  }
  if (fix !== undefined) out.push(`        ${style('green', 'fix:')} ${fix}`)
  return `${out.join('\n')}\n`
}

/** Keys whose values may be shown. */
const harmless = new Set(knownKeys.filter((key) => key !== 'client_secret'))

/** What may be more than one plain value: several keys on a line, a comment, a password within a URL. */
const SUSPICIOUS = /[{}[\],@]|\s#|:\s|secret/i

/**
 * A secret must not end up in a terminal's history or a CI log, also when its key is misspelt or it stands on a line of
 * its own: a plain value is shown beside a key that is known to hold none, a key if it is one or resembles one, and
 * nothing else is.
 */
function hideValue(line: string): string {
  const [, indent = '', key = '', colon = '', value = ''] =
    /^([\s-]*)([\w"'-]*)(\s*:\s*|)(.*)$/.exec(line) ?? []
  const name = key.replaceAll(/["']/g, '')
  const isKey = colon !== '' && nearest(name, knownKeys) !== undefined
  const isShown = isKey && harmless.has(name) && !SUSPICIOUS.test(value)
  return indent + (isKey ? key : stars(key)) + colon + (isShown ? value : stars(value))
}

function stars(text: string): string {
  return text.replaceAll(/[^\s{}[\],]/g, '*')
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
