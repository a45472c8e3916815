import type { Format } from '../schema/convert.ts'
import type { JsonSchema } from '../schema/json-schema.ts'
import { code, table } from './table.ts'

/** How long texts may be. */
export function limitTable({ file, oidc, saml }: Format): string {
  const keys = [file, oidc, saml].flatMap((schema) => limitsIn(schema))
  const byLimit = Map.groupBy(keys, ([, limit]) => limit)
  const rows = [...byLimit]
    .sort(([a], [b]) => a - b)
    .map(([limit, found]) => [
      limit.toLocaleString('en'),
      [...new Set(found.map(([key]) => key))].sort().map(code).join(', '),
    ])
  return table(['characters', 'keys'], rows)
}

function limitsIn(schema: JsonSchema, key = ''): (readonly [key: string, limit: number])[] {
  const { maxLength, properties = {}, items, anyOf = [] } = schema
  return [
    ...(maxLength === undefined ? [] : [[key, maxLength] as const]),
    ...Object.entries(properties).flatMap(([name, inner]) => limitsIn(inner, name)),
    ...[...anyOf, ...(items ? [items] : [])].flatMap((inner) => limitsIn(inner, key)),
  ]
}
