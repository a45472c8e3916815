import { styleText } from 'node:util'
import { knownKeys, nearest } from '@doorward/core/config'
import type { Problem } from '@doorward/core/config/yaml'
import { plain } from './plain.ts'
import type { ReadSource, ReportedProblem } from './read-configuration.ts'

/** The longest part of a line that is shown around a problem, in characters. */
const EXCERPT = 100

/** Of a longer line no value is shown: what makes it suspicious may be anywhere. */
const MAX_LINE = 1000

/** Nobody reads more at once. */
const MAX_PROBLEMS = 100

/**
 * Shows every problem of a configuration: where, what, the line with a caret under the spot, and what to do.
 *
 * @param colours whether the text is for a terminal that shows them
 */
export function reportProblems({ name, text, problems }: ReadSource, colours: boolean): string {
  const lines = text.split(/\r?\n/)
  const reported = problems
    .slice(0, MAX_PROBLEMS)
    .map((problem) => reportProblem(problem, lines, name, styler(colours)))
  const more = problems.length - reported.length
  return [...reported, ...(more > 0 ? [`and ${more} more\n`] : [])].join('\n')
}

type Style = (format: Parameters<typeof styleText>[0], part: string) => string

function styler(colours: boolean): Style {
  return (format, part) => (colours ? styleText(format, part, { validateStream: false }) : part)
}

function reportProblem(
  problem: ReportedProblem,
  lines: readonly string[],
  name: string,
  style: Style,
): string {
  const { severity, message } = problem
  const label = style(severity === 'error' ? ['bold', 'red'] : ['bold', 'yellow'], severity)
  const out = [
    `${style('bold', plain(placeOf(problem, name)))} ${label}: ${plain(message)} ${style('dim', `[${problem.code}]`)}`,
  ]
  if ('line' in problem) out.push(...excerpt(problem, lines[problem.line - 1], style))
  if ('fix' in problem && problem.fix !== undefined)
    out.push(`        ${style('green', 'fix:')} ${plain(problem.fix)}`)
  return `${out.join('\n')}\n`
}

function placeOf(problem: ReportedProblem, name: string): string {
  if ('line' in problem) return `${name}:${problem.line}:${problem.column}`
  return 'variable' in problem && problem.variable !== undefined ? problem.variable : name
}

function excerpt({ code, line, column }: Problem, source: string | undefined, style: Style): string[] {
  if (source === undefined || source.trim() === '') return []
  const from = Math.max(0, column - 1 - EXCERPT / 2)
  const gutter = `${line} | `.padStart(8)
  return [
    style('dim', gutter) + plain(excerptOf(source, from, code).replaceAll('\t', ' ')),
    ' '.repeat(gutter.length + column - 1 - from) + style('cyan', '^'),
  ]
}

/** A part of a line, without what may be a secret. */
function excerptOf(line: string, from: number, code: Problem['code']): string {
  const isKey = code === 'certificate_private_key'
  if (line.length <= MAX_LINE) return hideValue(line, !isKey).slice(from, from + EXCERPT)
  const part = line.slice(from, from + EXCERPT)
  // Without its beginning nobody knows what it is.
  return from === 0 ? hideValue(part, false) : stars(part)
}

/** Where people paste documents, a private key among them; and where the secret stands that was taken for the ID. */
const documents = ['x509_cert', 'metadata', 'client_id']

/** Keys whose values may be shown. */
const harmless = new Set(
  [...knownKeys]
    .filter(([name, { isSecret }]) => !isSecret && !documents.includes(name))
    .map(([name]) => name),
)

/** What may be more than one plain value: several keys on a line, a comment, a password within a URL. */
const SUSPICIOUS = /[{}[\],@?]|\s#|:\s|secret/i

/**
 * A secret must not end up in a terminal's history or a CI log, also when its key is misspelt or it stands on a line of
 * its own: a plain value is shown beside a key that is known to hold none, a key if it is one or resembles one, and
 * nothing else is.
 */
function hideValue(line: string, mayShow: boolean): string {
  const [, indent = '', key = '', colon = '', value = ''] =
    /^([\s-]*)([\w"'-]*)(\s*:\s*|)(.*)$/s.exec(line) ?? []
  const name = key.replaceAll(/["']/g, '')
  const isKey = colon !== '' && nearest(name, [...knownKeys.keys()]) !== undefined
  const isShown = mayShow && isKey && harmless.has(name) && !SUSPICIOUS.test(value)
  return indent + (isKey ? key : stars(key)) + colon + (isShown ? value : stars(value))
}

function stars(text: string): string {
  return text.replaceAll(/[^\s{}[\],]/g, '*')
}

/** Such as `2 errors, 1 warning`. */
export function countProblems(problems: readonly Pick<Problem, 'severity'>[]): string {
  const counted = (['error', 'warning'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  return counted.join(', ') || 'no problems'
}
