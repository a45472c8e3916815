import { type Document, isAlias, isScalar, type Node, type Pair, visit } from 'yaml'
import { start } from './position.ts'
import type { SyntaxProblem } from './syntax-problem.ts'

/** Deeper than any file that a person writes. */
const MAX_DEPTH = 64

/** How often a file may refer to its anchors. */
const MAX_REFERENCES = 500

/** How often anchors may be repeated: what grows by repetition grows beyond all measure. */
export const MAX_ALIASES = 100

/**
 * What YAML knows and a configuration has no use for, all of it in one walk: it is bounded by the length of the text,
 * which the library's own way from anchors to values is not.
 *
 * @returns the first, if there is one
 */
export function structureProblem(document: Document): SyntaxProblem | undefined {
  const anchors = new Map<string, Node>()
  let problem: SyntaxProblem | undefined
  let references = 0
  let last = 0
  visit(document, {
    Node(_, node, ancestors) {
      if (isAlias(node)) {
        references++
        last = start(node)
        problem = referenceProblem(last, anchors.get(node.source), ancestors)
      } else {
        if (node.anchor !== undefined) anchors.set(node.anchor, node)
        problem = valueProblem(node)
      }
      // Each level is a pair and what is behind it.
      if (ancestors.length > 2 * MAX_DEPTH) problem = { offset: start(node), ...tooDeep }
      return problem ? visit.BREAK : undefined
    },
    Pair(_, pair) {
      problem = keyProblem(pair)
      return problem ? visit.BREAK : undefined
    },
  })
  if (problem || references === 0) return problem
  return references > MAX_REFERENCES || grows(document) ? { offset: last, ...tooMany } : undefined
}

/** Keys that stand twice in one section. The library looks for them too, and takes the square of the time. */
export function keysTwice(document: Document): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      const twice: SyntaxProblem[] = []
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value))
          twice.push({ offset: start(key), ...(key.value === 'id' ? dashMissing : keyTwice) })
        seen.add(key.value)
      }
      // Of two entries that became one, all keys stand twice.
      const merged = twice.find(({ message }) => message === dashMissing.message)
      problems.push(...(merged ? [merged] : twice))
    },
  })
  return problems
}

const dashMissing = {
  code: 'yaml_key_twice',
  message: 'this "id" is the second one of its entry: a new entry begins with a dash',
  fix: 'write "- id:" if another identity provider begins here; remove one of the two if not',
} as const

const keyTwice = {
  code: 'yaml_key_twice',
  message: 'this key stands twice in the same section',
  fix: 'remove one of the two',
} as const

/** An alias that leads nowhere, often a value that merely begins with a star; or back to where it stands. */
function referenceProblem(
  offset: number,
  target: Node | undefined,
  ancestors: readonly unknown[],
): SyntaxProblem | undefined {
  if (target === undefined) {
    const message = 'this refers to an anchor that is not above it'
    return { offset, code: 'yaml_anchor_unknown', message, fix: 'put the value in quotes' }
  }
  if (!ancestors.includes(target)) return undefined
  return {
    offset,
    code: 'yaml_anchor_cycle',
    message: 'this anchor contains itself',
    fix: 'write the values out',
  }
}

/** `client_secret: &x` gives a name to nothing. */
function valueProblem(node: Node): SyntaxProblem | undefined {
  if (!isScalar(node) || node.anchor === undefined || node.value !== null || !node.range) return undefined
  const message = 'a value can not begin with this character'
  const offset = node.range[0] - node.anchor.length - 1
  return { offset, code: 'yaml_value_start', message, fix: 'put the value in quotes' }
}

function keyProblem({ key }: Pair): SyntaxProblem | undefined {
  const offset = start(key)
  if (!isScalar(key)) {
    const message = 'a list or a section stands where a key belongs'
    return {
      offset,
      code: 'yaml_key_expected',
      message,
      fix: 'put a value that begins with a bracket in quotes',
    }
  }
  if (key.value !== '<<') return undefined
  const message = '"<<" is not read here: YAML 1.2 has no merge keys'
  return { offset, code: 'key_unknown', message, fix: 'write the values out' }
}

/** Nested beyond what is followed. */
export const tooDeep = {
  code: 'yaml_syntax',
  message: 'this is nested deeper than any configuration',
  fix: 'look for brackets and hyphens that are repeated',
} as const

const tooMany = {
  code: 'yaml_anchors_too_many',
  message: 'the file repeats its anchors too often',
  fix: 'write the values out',
} as const

/** Whether the library refuses to write all of it out. */
function grows(document: Document): boolean {
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES })
    return false
  } catch (error) {
    if (error instanceof ReferenceError) return true
    throw error
  }
}
