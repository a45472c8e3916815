import { type Document, isMap, isNode, isPair, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import { ConfigurationError, type ConfigurationIssue } from '../errors/index.ts'
import type { BaseUrl } from './base-url.ts'
import type { Configuration } from './connection.ts'
import { parseConfiguration } from './parse.ts'

/** Something to tell the author of a file, and where. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** Lower case, no final stop. */
  readonly message: string
  readonly fix?: string
}

/** What became of a file: a configuration unless there was an error, and everything there is to say about it. */
export interface ReadConfiguration {
  readonly configuration: Configuration | undefined
  /** In the order of the file. */
  readonly problems: readonly Problem[]
}

/** Larger than any honest file: a thousand providers take about half of it. */
const MAX_CHARACTERS = 2 * 1024 * 1024

/**
 * Reads `auth_config.yml`. For hosts that have the file; where Doorward runs on the edge it was compiled before.
 *
 * @param text the file, YAML 1.2 ([specification](https://yaml.org/spec/1.2.2/))
 * @param baseUrl our own address
 */
export function readConfiguration(text: string, baseUrl: BaseUrl): ReadConfiguration {
  if (text.length > MAX_CHARACTERS) {
    const message = `the file is larger than ${MAX_CHARACTERS} characters`
    return { configuration: undefined, problems: [{ severity: 'error', line: 1, column: 1, message }] }
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const syntax = independent([...document.errors, ...document.warnings])
  if (syntax.length > 0) {
    const problems = syntax.map((error): Problem => {
      const { line, col } = lines.linePos(error.pos[0])
      return { severity: 'error', line, column: col, ...explainSyntax(error.code, error.message) }
    })
    return { configuration: undefined, problems }
  }

  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    // The library's word for references that can not be followed; anything else is a fault of ours.
    if (!(error instanceof ReferenceError)) throw error
    const { offset, ...explanation } = explainReference(document)
    const { line, col } = lines.linePos(offset)
    return { configuration: undefined, problems: [{ severity: 'error', line, column: col, ...explanation }] }
  }

  const locate =
    (severity: Problem['severity']) =>
    (issue: ConfigurationIssue): Problem => {
      const { line, col } = lines.linePos(offsetOf(document.contents, issue))
      return {
        severity,
        line: Math.max(line, 1),
        column: Math.max(col, 1),
        message: issue.message,
        ...(issue.fix === undefined ? {} : { fix: issue.fix }),
      }
    }
  try {
    const { configuration, warnings } = parseConfiguration(value, baseUrl)
    return { configuration, problems: sort(warnings.map(locate('warning'))) }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return { configuration: undefined, problems: sort(error.issues.map(locate('error'))) }
  }
}

/** Where in the text an issue is: its value, or its key where that is what is wrong. */
function offsetOf(root: unknown, issue: ConfigurationIssue): number {
  let node: unknown = root
  let offset = start(root)
  for (const [depth, key] of issue.path.entries()) {
    const last = depth === issue.path.length - 1
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(key))
      if (!pair) break
      offset = last && issue.at === 'key' ? start(pair.key) : start(pair.value, start(pair.key))
      node = pair.value
    } else if (isSeq(node)) {
      node = node.items[Number(key)]
      offset = start(node, offset)
    } else break
  }
  return offset
}

function start(node: unknown, otherwise = 0): number {
  return isNode(node) && node.range ? node.range[0] : otherwise
}

function sort(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
}

/** Why an alias can not be followed: `*name` without an anchor, often a value that merely begins with a star. */
function explainReference(
  document: Document,
): Pick<Problem, 'message' | 'fix'> & { readonly offset: number } {
  let offset: number | undefined
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return undefined
      offset = start(alias)
      return visit.BREAK
    },
  })
  return offset === undefined
    ? { offset: 0, message: 'the file repeats its anchors too often', fix: 'write the values out' }
    : { offset, message: 'this refers to an anchor that is not above it', fix: 'put the value in quotes' }
}

/** A key that stands twice disturbs nothing else; after any other mistake the next ones are but its consequences. */
function independent<E extends { readonly code: string }>(errors: readonly E[]): readonly E[] {
  const duplicates = errors.filter(({ code }) => code === 'DUPLICATE_KEY' || code === 'MULTIPLE_DOCS')
  return duplicates.length === errors.length ? errors : errors.slice(0, 1)
}

/** The library's words, where ours are not plainer. */
function explainSyntax(code: string, message: string): Pick<Problem, 'message' | 'fix'> {
  switch (code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab is used for indentation', fix: 'use spaces' }
    case 'DUPLICATE_KEY':
      return { message: 'this key stands twice in the same section', fix: 'remove one of the two' }
    case 'BAD_INDENT':
      return {
        message: 'the indentation does not fit the lines around it',
        fix: 'align it with its neighbours',
      }
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        message: 'this line does not fit here: a key needs a colon and a space behind it',
        fix: 'write "key: value", with a space after the colon',
      }
    case 'BAD_SCALAR_START':
    case 'TAG_RESOLVE_FAILED':
      return { message: 'a value can not begin with this character', fix: 'put the value in quotes' }
    case 'MISSING_CHAR':
      return {
        message: 'something that was opened is not closed: a quotation mark or a bracket',
        fix: 'look at this line and those above it',
      }
    case 'MULTIPLE_DOCS':
      return { message: 'the file holds more than one document', fix: 'remove all from the second "---" on' }
    default:
      // Up to where the library begins to quote the file, which may hold a secret there.
      return { message: `this is not YAML: ${/^[^:"'`]*/.exec(message.toLowerCase())?.[0].trim()}` }
  }
}
