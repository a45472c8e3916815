import * as v from 'valibot'
import { configurationSchema } from './file.ts'

/** A key of the format, and what may stand behind it. */
export interface KnownKey {
  /** What a reference to the environment is to be read as. */
  readonly type: 'text' | 'boolean' | 'number' | 'section'
  readonly isSecret: boolean
}

/** What the schema library keeps of any schema; a pipe has the type of its first schema. */
interface AnySchema extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, AnySchema>>
  readonly wrapped?: AnySchema
  readonly item?: AnySchema
  readonly options?: readonly AnySchema[]
  readonly pipe?: readonly AnySchema[]
}

/** Every key of the format; in which section it belongs is the schema's affair. */
export const knownKeys: ReadonlyMap<string, KnownKey> = new Map(keysIn(configurationSchema as AnySchema))

function keysIn(schema: AnySchema): [string, KnownKey][] {
  const inner = schema.pipe ?? []
  const own = Object.entries(schema.entries ?? {}).flatMap(([name, entry]): [string, KnownKey][] => [
    [name, keyOf(entry)],
    ...keysIn(entry),
  ])
  const { wrapped, item, options = [] } = schema
  return [...own, ...[...inner, wrapped, item, ...options].flatMap((next) => (next ? keysIn(next) : []))]
}

function keyOf({ wrapped, ...entry }: AnySchema): KnownKey {
  const schema = wrapped ?? (entry as AnySchema)
  const isSecret = v.getMetadata(schema)['secret'] === true
  if (schema.type === 'boolean' || schema.type === 'number') return { type: schema.type, isSecret }
  return { type: ['custom', 'array'].includes(schema.type) ? 'section' : 'text', isSecret }
}

/** The keys of the section at `path`, and of every protocol where it is an entry; none where nothing is known of it. */
export function keysAt(path: readonly (string | number)[]): readonly string[] {
  let schemas = partsOf(configurationSchema as AnySchema)
  for (const step of path) {
    const next = schemas.map(({ entries = {}, item }) =>
      typeof step === 'number' ? item : Object.hasOwn(entries, step) ? entries[step] : undefined,
    )
    schemas = next.flatMap((schema) => (schema ? partsOf(schema) : []))
  }
  return [...new Set(schemas.flatMap(({ entries = {} }) => Object.keys(entries)))]
}

/** A schema and all that it only wraps. */
function partsOf(schema: AnySchema): readonly AnySchema[] {
  const { pipe = [], wrapped, options = [] } = schema
  return [
    schema,
    ...[...pipe, wrapped, ...options].flatMap((next) => (next && next !== schema ? partsOf(next) : [])),
  ]
}

/**
 * Whether `text` looks like a key, and so may be quoted. What stands in a key's place may be a secret for want of a
 * space after the colon.
 */
export function isPlainKey(text: string): boolean {
  return /^[a-z_-]{1,40}$/i.test(text)
}
