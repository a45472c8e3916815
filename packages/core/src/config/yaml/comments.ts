import { type Document, isPair, isScalar, type Pair, visit } from 'yaml'
import { knownKeys } from '../format/keys.ts'
import { start } from './position.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** What somebody writes behind a secret without a space after the sign, and means as a comment. */
const REMARK = /^(to-?do|fixme|xxx|hack|no[a-z]|pragma|gitleaks|ggignore|trufflehog|secret|!)/i

/**
 * Secrets that end before a "#" that may be a part of them: to YAML it begins a comment
 * ([section 6.6](https://yaml.org/spec/1.2.2/#66-comments)). People put a space behind the sign of a comment, and between
 * its words.
 */
export function cutSecrets(document: Document): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  visit(document, {
    Pair(_, pair) {
      if (isCut(pair)) problems.push({ offset: start(pair.value), ...cutOff })
    },
  })
  return problems
}

function isCut(pair: Pair): boolean {
  if (!isPair(pair) || !isScalar(pair.key) || !isScalar(pair.value)) return false
  const { type, comment, value } = pair.value
  if (!knownKeys.get(String(pair.key.value))?.isSecret || type !== 'PLAIN' || !comment || value === null)
    return false
  return /^\S+$/.test(comment) && !REMARK.test(comment) && !String(value).includes('${')
}

const cutOff = {
  code: 'secret_cut_off',
  message: 'what stands behind the "#" is a comment, and no part of the secret',
  fix: 'if it belongs to the secret, put all of it in quotes; if not, put a space behind the "#"',
} as const
