import { isMap, isNode, isPair, isSeq, type Pair, type YAMLMap } from 'yaml'
import type { ConfigurationIssue } from '../../errors/index.ts'

/** Where in the text an issue is: its value, or its key where that is what is wrong. */
export function offsetOf(root: unknown, issue: Pick<ConfigurationIssue, 'path' | 'at'>): number {
  let node: unknown = root
  let offset = start(root)
  for (const [depth, key] of issue.path.entries()) {
    const last = depth === issue.path.length - 1
    if (isMap(node)) {
      const pair = pairsOf(node).get(String(key))
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

const pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>()

/** Looked at once: a file may have thousands of keys, and something to say about each. */
function pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
  const known = pairs.get(map)
  if (known) return known
  const found = new Map<string, Pair>()
  for (const item of map.items)
    if (isPair(item) && !found.has(String(item.key))) found.set(String(item.key), item)
  pairs.set(map, found)
  return found
}

/** Where a node begins. */
export function start(node: unknown, otherwise = 0): number {
  return isNode(node) && node.range ? node.range[0] : otherwise
}
