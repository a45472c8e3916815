import { type Document, isScalar, visit } from 'yaml'
import { start } from './position.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** What looks like a space or like nothing, and is a part of the text to YAML. */
const LOOKALIKE = /^[\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000]/

/**
 * Indentation where the library stumbled that came along from a page or a text processor, and is not made of spaces alone
 * ([section 6.1](https://yaml.org/spec/1.2.2/#61-indentation-spaces)).
 */
export function lookalikeIndentation(text: string, offset: number): SyntaxProblem | undefined {
  // It may stumble over the end of the line before.
  return lookalikeAfter(text, lineOf(text, offset)) ?? lookalikeAfter(text, next(text, offset))
}

/** The same before a key, which YAML takes for a part of it. */
export function lookalikeKey(document: Document, text: string): SyntaxProblem | undefined {
  let problem: SyntaxProblem | undefined
  visit(document, {
    Pair(_, { key }) {
      problem = isScalar(key) ? lookalikeAt(text, start(key)) : undefined
      return problem ? visit.BREAK : undefined
    },
  })
  return problem
}

/**
 * A line below a key with a value that is indented deeper than it: to YAML it goes on with the value.
 *
 * @param offset where the library stumbled: the value
 */
export function deeperLine(text: string, offset: number): SyntaxProblem | undefined {
  const line = lineOf(text, offset)
  const above = text.slice(line, next(text, offset) - 1)
  const before = /^( *(?:- +)?)\w[\w-]*: +$/.exec(above.slice(0, offset - line))?.[1]
  // A second colon, or a comment, is something else.
  if (before === undefined || /^["'|>&*!{[]|:(\s|$)|\s#/.test(above.slice(offset - line).trimEnd()))
    return undefined
  let below = next(text, offset)
  while (/^[ \r]*\n/.test(text.slice(below, next(text, below)))) below = next(text, below)
  const indentation = /^( *)[\w-]+:(?:\s|$)/.exec(text.slice(below, next(text, below)))?.[1] ?? ''
  if (indentation.length <= before.length) return undefined
  return {
    offset: below + indentation.length,
    code: 'yaml_indentation',
    message: 'this line is indented deeper than the one above, which has a value already',
    fix: 'begin it below the first letter of the key above',
  }
}

/** Where the line with `offset` begins. */
function lineOf(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

/** Where the line after it begins. */
function next(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end === -1 ? text.length : end + 1
}

/** In the indentation of the line that begins at `line`. */
function lookalikeAfter(text: string, line: number): SyntaxProblem | undefined {
  let offset = line
  while (/[ \t-]/.test(text[offset] ?? '')) offset++
  return lookalikeAt(text, offset)
}

function lookalikeAt(text: string, offset: number): SyntaxProblem | undefined {
  const [found] = LOOKALIKE.exec(text[offset] ?? '') ?? []
  if (found === undefined) return undefined
  const name = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  return {
    offset,
    code: 'yaml_indentation',
    message: `the indentation holds the character ${name}, which looks like a space or like nothing and is none to YAML`,
    fix: 'delete the white space at the beginning of this line, and type it anew',
  }
}
