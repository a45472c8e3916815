/** A piece of a text, and what is put in its place. */
export interface Change {
  /** In characters from the beginning of the file. */
  readonly start: number
  readonly end: number
  readonly replacement: string
}

/** A node of the syntax tree, as far as it is looked at here. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** Where a node is. */
export interface Surroundings {
  /** Of the whole file. */
  readonly text: string
  /** The function that it is in. */
  readonly rule: string
  readonly parent: Node | undefined
}

/**
 * The ways to make a file check less, or otherwise, at one node of it:
 *
 * - `if (…) throw …`, `if (…) return undefined`: without the statement;
 * - the condition of such an `if`, or of one that lets something pass, and what a predicate returns or a name such as
 *   `isInPlace` stands for: without each part of an `&&` or `||`, and with `<` for `<=` and the like;
 * - the parts of a condition before `? :`;
 * - a parameter that is set in an address: what is asked for, or sent along as a proof;
 * - `.every(…)` always true, `.some(…)` never;
 * - a refusal at the end of a function, in a branch of `? :`, or behind `??`: what would have been let pass is;
 * - a call that stands alone, made for what it refuses;
 * - an entry of a list: of rules, of what is allowed, of what is forbidden;
 * - an option of a library's `…Verify`: what it is to check, each by itself.
 *
 * Left alone is what is asked for the compiler, or of faults of our own: `instanceof`.
 */
export function changesOf(node: Node, surroundings: Surroundings): readonly Change[] {
  const { text, rule, parent } = surroundings
  switch (node.type) {
    case 'IfStatement':
      return changesOfIf(node, surroundings)
    case 'ExpressionStatement':
      return isBareCall(nodeOf(node, 'expression')) || isParameter(nodeOf(node, 'expression'))
        ? [without(node)]
        : []
    case 'BlockStatement':
      return isLastThrow(node) ? nodesOf(node, 'body').slice(-1).map(passed) : []
    case 'ReturnStatement':
      return isPredicate(rule) ? weakened(nodeOf(node, 'argument'), text) : []
    case 'ArrowFunctionExpression':
      return weakened(nodeOf(node, 'body'), text)
    case 'VariableDeclarator':
      return changesOfConstant(node, surroundings)
    case 'CallExpression':
      return [...alwaysTrue(node), ...entriesOf(includingList(node), text), ...optionsOf(node, text)]
    case 'NewExpression':
      return entriesOf(nodesOf(node, 'arguments')[0], text)
    case 'ConditionalExpression':
      return changesOfConditional(node, parent, text)
    case 'LogicalExpression':
      return isRefusal(nodeOf(node, 'right')) ? [kept(node, nodeOf(node, 'left'), text)] : []
    default:
      return []
  }
}

function changesOfIf(node: Node, { text, rule }: Surroundings): readonly Change[] {
  const branch = nodeOf(node, 'consequent')
  if (isThrownOn(node)) return []
  const conditions = weakened(nodeOf(node, 'test'), text)
  if (refuses(branch, rule)) return [without(node), ...conditions]
  return isBareReturn(branch) ? conditions : []
}

function changesOfConstant(node: Node, { text, rule }: Surroundings): readonly Change[] {
  const name = nodeOf(node, 'id')?.['name']
  const init = nodeOf(node, 'init')
  if (typeof name === 'string' && isPredicate(name)) return weakened(init, text)
  // What is within a function is a list of what it makes.
  return name === rule ? entriesOf(init, text) : []
}

/** What a condition becomes without one of its parts, or with its limit moved by one. */
function weakened(test: Node | undefined, text: string): readonly Change[] {
  if (test === undefined) return []
  if (test.type === 'UnaryExpression') return weakened(nodeOf(test, 'argument'), text)
  if (test.type === 'ParenthesizedExpression') return weakened(nodeOf(test, 'expression'), text)
  const left = nodeOf(test, 'left')
  const right = nodeOf(test, 'right')
  if (!left || !right) return []
  if (test.type === 'BinaryExpression') return movedLimit(test, left, text)
  if (test.type !== 'LogicalExpression' || test['operator'] === '??') return []
  const rest = [...weakened(left, text), ...weakened(right, text)]
  return isOfClass(left)
    ? [kept(test, left, text), ...rest]
    : [kept(test, left, text), kept(test, right, text), ...rest]
}

/** `error instanceof SsoError`, or that it is not. */
function isOfClass(test: Node | undefined): boolean {
  const inner = nodeOf(test, 'argument') ?? nodeOf(test, 'expression')
  return test?.['operator'] === 'instanceof' || (inner !== undefined && isOfClass(inner))
}

const neighbours: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }

function movedLimit(test: Node, left: Node, text: string): readonly Change[] {
  const operator = String(test['operator'])
  const neighbour = neighbours[operator]
  if (neighbour === undefined) return []
  const rest = text.slice(left.end, test.end).replace(operator, neighbour)
  return [{ start: test.start, end: test.end, replacement: text.slice(test.start, left.end) + rest }]
}

/** `all.every(…)` as if it were true of all, `all.some(…)` as if of none. */
function alwaysTrue(node: Node): readonly Change[] {
  const { start, end } = node
  const method = methodOf(node)
  if (method === 'every') return [{ start, end, replacement: 'true' }]
  return method === 'some' ? [{ start, end, replacement: 'false' }] : []
}

/** The list in `['a', 'b'].includes(c)`. */
function includingList(node: Node): Node | undefined {
  const isIncluding = methodOf(node) === 'includes' || methodOf(node) === 'some'
  return isIncluding ? nodeOf(nodeOf(node, 'callee'), 'object') : undefined
}

function methodOf(node: Node): unknown {
  const callee = nodeOf(node, 'callee')
  return callee?.type === 'MemberExpression' ? nodeOf(callee, 'property')?.['name'] : undefined
}

/** A list without each of its entries. */
function entriesOf(list: Node | undefined, text: string): readonly Change[] {
  if (list?.type !== 'ArrayExpression') return []
  return nodesOf(list, 'elements').map((entry) => cutOut(entry, text))
}

function cutOut({ start, end }: Node, text: string): Change {
  return { start, end: text.charAt(end) === ',' ? end + 1 : end, replacement: '' }
}

/** What a library is told to check, without each of it, and without each entry of a list in it. */
function optionsOf(node: Node, text: string): readonly Change[] {
  const callee = nodeOf(node, 'callee')?.['name']
  const options = nodesOf(node, 'arguments').at(-1)
  if (typeof callee !== 'string' || !callee.endsWith('Verify') || options?.type !== 'ObjectExpression')
    return []
  const properties = nodesOf(options, 'properties')
  return [
    ...properties.map((property) => cutOut(property, text)),
    ...properties.flatMap((property) => entriesOf(nodeOf(property, 'value'), text)),
  ]
}

function changesOfConditional(node: Node, parent: Node | undefined, text: string): readonly Change[] {
  const [yes, no] = [nodeOf(node, 'consequent'), nodeOf(node, 'alternate')]
  const isResult = parent?.type === 'ReturnStatement' || parent?.type === 'ArrowFunctionExpression'
  const isEnd = (branch: Node | undefined) => isRefusal(branch) || (isResult && isNothing(branch))
  // A limit here is mostly one of speed.
  const test = nodeOf(node, 'test')
  const conditions = test?.type === 'LogicalExpression' ? weakened(test, text) : []
  if (isEnd(yes)) return [kept(node, no, text), ...conditions]
  return isEnd(no) ? [kept(node, yes, text), ...conditions] : conditions
}

/** A call of what is named after saying no. */
function isRefusal(node: Node | undefined): boolean {
  const name = node?.type === 'CallExpression' ? nodeOf(node, 'callee')?.['name'] : undefined
  return (
    typeof name === 'string' && /^(refus(e|al)|unreadable|malformed|invalid|unusable|badClaim)/.test(name)
  )
}

/** Whether a branch ends what is done: it throws, or returns that there is nothing, or what the problem is. */
function refuses(branch: Node | undefined, rule: string): boolean {
  if (branch?.type === 'BlockStatement') return refuses(nodesOf(branch, 'body').at(-1), rule)
  if (branch?.type === 'ReturnStatement') {
    const argument = nodeOf(branch, 'argument')
    return rule.endsWith('Problem') || isNothing(argument) || argument?.['value'] === false
  }
  return branch?.type === 'ThrowStatement'
}

/** `if (!(error instanceof SsoError)) throw error`: what is no refusal is a fault of ours, and nothing makes one on purpose. */
function isThrownOn(node: Node): boolean {
  const branch = nodeOf(node, 'consequent')
  const test = nodeOf(node, 'test')
  const thrown = branch?.type === 'ThrowStatement' ? nodeOf(branch, 'argument')?.type : undefined
  return test?.type === 'UnaryExpression' && isOfClass(test) && thrown === 'Identifier'
}

function isBareReturn(branch: Node | undefined): boolean {
  return branch?.type === 'ReturnStatement' && !nodeOf(branch, 'argument')
}

/** A function that ends with a refusal came by all that would have let it pass. */
function isLastThrow(node: Node): boolean {
  const body = nodesOf(node, 'body')
  return body.at(-1)?.type === 'ThrowStatement' && body.length > 1
}

function isPredicate(name: string): boolean {
  return /^(is|has|may|can)[A-Z]/.test(name)
}

/** A call whose result nobody uses is there for what it refuses, unless it is a method's. */
function isBareCall(expression: Node | undefined): boolean {
  const call = expression?.type === 'AwaitExpression' ? nodeOf(expression, 'argument') : expression
  return call?.type === 'CallExpression' && nodeOf(call, 'callee')?.type === 'Identifier'
}

/** `url.searchParams.set(…)`: what is asked for, or sent along as a proof. */
function isParameter(expression: Node | undefined): boolean {
  const object = nodeOf(nodeOf(expression, 'callee'), 'object')
  return expression?.type === 'CallExpression' && nodeOf(object, 'property')?.['name'] === 'searchParams'
}

function isNothing(node: Node | undefined): boolean {
  return node?.type === 'Identifier' && node['name'] === 'undefined'
}

function without({ start, end }: Node): Change {
  return { start, end, replacement: ';' }
}

function passed({ start, end }: Node): Change {
  return { start, end, replacement: 'return undefined as never' }
}

/** A part in the place of the whole. */
function kept({ start, end }: Node, part: Node | undefined, text: string): Change {
  return { start, end, replacement: part ? text.slice(part.start, part.end) : 'undefined' }
}

function nodeOf(node: Node | undefined, key: string): Node | undefined {
  return (node?.[key] ?? undefined) as Node | undefined
}

function nodesOf(node: Node, key: string): readonly Node[] {
  const nodes = node[key]
  return Array.isArray(nodes) ? (nodes.filter((one) => one !== null) as readonly Node[]) : []
}
