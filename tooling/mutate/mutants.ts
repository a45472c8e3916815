import { parseSync } from 'vite'

/** A change of a file that takes one check out of it. */
export interface Mutant {
  /** Where the change begins, in characters from the beginning of the file. */
  readonly start: number
  readonly end: number
  readonly replacement: string
  /** What was taken out, in one line. */
  readonly removed: string
  /** The function that it was taken out of: the name of the rule, where a rule is a function. */
  readonly rule: string
  /** From 1. */
  readonly line: number
}

/** A node of the syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/**
 * Finds every place where a file refuses something, and makes a mutant for each that does not:
 *
 * - `if (…) throw …` and `if (…) return undefined` without the statement, and without each part of an `||` in its condition;
 * - a refusal at the end of a function;
 * - what a name such as `isInPlace` stands for, without each part of an `&&`;
 * - a call that stands alone, made for what it refuses;
 * - an element of a list of rules.
 */
export function findMutants(path: string, text: string): readonly Mutant[] {
  const { program } = parseSync(path, text) as unknown as { readonly program: Node }
  const found: Mutant[] = []
  walk(program, 'the module', (node, rule) => {
    for (const change of changesOf(node, text, rule)) {
      const { start, end } = change
      const removed = text.slice(start, end).replaceAll(/\s+/g, ' ').slice(0, 120)
      found.push({ ...change, removed, rule, line: text.slice(0, start).split('\n').length })
    }
  })
  return found
}

type Change = Pick<Mutant, 'start' | 'end' | 'replacement'>

function changesOf(node: Node, text: string, rule: string): readonly Change[] {
  if (node.type === 'IfStatement' && refuses(node['consequent'] as Node, rule)) {
    return [without(node), ...partsOf(node['test'] as Node, text)]
  }
  if (node.type === 'ExpressionStatement' && isBareCall(node['expression'] as Node)) return [without(node)]
  if (isLastThrow(node)) return (node['body'] as readonly Node[]).slice(-1).map(passed)
  if (node.type === 'VariableDeclarator' && isJudgement(node)) return conjunctsOf(node['init'] as Node, text)
  if (node.type === 'VariableDeclarator' && isListOfRules(node)) return elementsOf(node, text)
  return []
}

function without({ start, end }: Node): Change {
  return { start, end, replacement: ';' }
}

/** Whether a branch ends what is done: it throws, or returns that there is nothing, or what the problem is. */
function refuses(branch: Node, rule: string): boolean {
  if (branch.type === 'BlockStatement') {
    const last = (branch['body'] as readonly Node[]).at(-1)
    return last !== undefined && refuses(last, rule)
  }
  if (branch.type === 'ReturnStatement') return rule.endsWith('Problem') || isNothing(branch['argument'])
  return branch.type === 'ThrowStatement'
}

/** A function that ends with a refusal came by all that would have let it pass. */
function isLastThrow(node: Node): boolean {
  const last = node.type === 'BlockStatement' ? (node['body'] as readonly Node[]).at(-1) : undefined
  return last?.type === 'ThrowStatement' && (node['body'] as readonly Node[]).length > 1
}

function passed({ start, end }: Node): Change {
  return { start, end, replacement: 'return undefined as never' }
}

/** A name such as `isInPlace` that several things together decide. */
function isJudgement(node: Node): boolean {
  const name = (node['id'] as Node)['name']
  return (
    typeof name === 'string' && /^(is|has|may)[A-Z]/.test(name) && isConjunction(node['init'] as Node | null)
  )
}

function isConjunction(node: Node | null): boolean {
  return node?.type === 'LogicalExpression' && node['operator'] === '&&'
}

/** `a && b && c`: without each of them. */
function conjunctsOf(test: Node, text: string): readonly Change[] {
  if (!isConjunction(test)) return []
  const left = test['left'] as Node
  const right = test['right'] as Node
  return [
    { start: test.start, end: test.end, replacement: text.slice(left.start, left.end) },
    { start: test.start, end: test.end, replacement: text.slice(right.start, right.end) },
    ...conjunctsOf(left, text),
  ]
}

function isNothing(argument: unknown): boolean {
  const node = argument as Node | null
  return node?.type === 'Identifier' && node['name'] === 'undefined'
}

/** `a || b || c`: without each of them. */
function partsOf(test: Node, text: string): readonly Change[] {
  if (test.type !== 'LogicalExpression' || test['operator'] !== '||') return []
  const left = test['left'] as Node
  const right = test['right'] as Node
  return [
    { start: test.start, end: test.end, replacement: text.slice(left.start, left.end) },
    { start: test.start, end: test.end, replacement: text.slice(right.start, right.end) },
    ...partsOf(left, text),
    ...partsOf(right, text),
  ]
}

/** A call whose result nobody uses is there for what it refuses, unless it is a method's. */
function isBareCall(expression: Node): boolean {
  const call = expression.type === 'AwaitExpression' ? (expression['argument'] as Node) : expression
  return call.type === 'CallExpression' && (call['callee'] as Node).type === 'Identifier'
}

function isListOfRules(node: Node): boolean {
  const name = (node['id'] as Node)['name']
  return (
    typeof name === 'string' &&
    name.endsWith('Rules') &&
    (node['init'] as Node | null)?.type === 'ArrayExpression'
  )
}

function elementsOf(node: Node, text: string): readonly Change[] {
  const elements = (node['init'] as Node)['elements'] as readonly Node[]
  return elements.map(({ start, end }) => ({
    start,
    end: text.charAt(end) === ',' ? end + 1 : end,
    replacement: '',
  }))
}

/** Visits every node, with the name of the outermost function or constant that it belongs to. */
function walk(node: Node, rule: string, visit: (node: Node, rule: string) => void): void {
  visit(node, rule)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child))
        walk(child, rule === 'the module' || isMethod(child) ? (nameOf(child) ?? rule) : rule, visit)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function isMethod({ type }: Node): boolean {
  return type === 'MethodDefinition'
}

function nameOf(node: Node): string | undefined {
  const named = (node['id'] ?? node['key']) as Node | undefined
  const isNaming = ['FunctionDeclaration', 'VariableDeclarator', 'MethodDefinition'].includes(node.type)
  return isNaming && named && typeof named['name'] === 'string' ? named['name'] : undefined
}
