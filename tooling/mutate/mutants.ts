import { parseSync } from 'vite'
import { type Change, changesOf, type Node } from './changes.ts'

/** A change of a file that takes one check out of it. */
export interface Mutant extends Change {
  /** What is changed, as it is written, in one line. */
  readonly removed: string
  /** The function that it is in: the name of the rule, where a rule is a function. */
  readonly rule: string
  /** From 1. */
  readonly line: number
}

/** Finds every place where a file checks something, and makes a mutant for each way to check less. See `changes.ts`. */
export function findMutants(path: string, text: string): readonly Mutant[] {
  const { program } = parseSync(path, text) as unknown as { readonly program: Node }
  const found: Mutant[] = []
  const seen = new Set<string>()
  walk(program, { rule: 'the module', parent: undefined }, (node, { rule, parent }) => {
    for (const change of changesOf(node, { text, rule, parent })) {
      const { start, end, replacement } = change
      const id = `${start} ${end} ${replacement}`
      if (seen.has(id)) continue
      seen.add(id)
      const removed = inOneLine(text.slice(start, end))
      found.push({ ...change, removed, rule, line: text.slice(0, start).split('\n').length })
    }
  })
  return found
}

/** What tells a mutant from the others of its file, whatever else is changed in the file. */
export function nameOfMutant({ rule, removed, replacement }: Mutant): string {
  return `${rule}: ${removed} => ${inOneLine(replacement) || 'nothing'}`
}

function inOneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 160)
}

interface Place {
  readonly rule: string
  readonly parent: Node | undefined
}

/** Visits every node, with the name of the outermost function or constant that it belongs to. */
function walk(node: Node, place: Place, visit: (node: Node, place: Place) => void): void {
  visit(node, place)
  const { rule } = place
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (!isNode(child)) continue
      const isNamed = rule === 'the module' || child.type === 'MethodDefinition'
      walk(child, { rule: (isNamed && nameOf(child)) || rule, parent: node }, visit)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function nameOf(node: Node): string | undefined {
  const named = (node['id'] ?? node['key']) as Node | undefined
  const isNaming = ['FunctionDeclaration', 'VariableDeclarator', 'MethodDefinition'].includes(node.type)
  return isNaming && named && typeof named['name'] === 'string' ? named['name'] : undefined
}
