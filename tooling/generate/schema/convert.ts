import { configurationSchema } from '@doorward/core/config'
import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import type { JsonSchema } from './json-schema.ts'

/** The format as its validator has it: descriptions in markdown, every protocol's entry by itself. */
export interface Format {
  /** The whole file; below `identity_providers` there is nothing yet. */
  readonly file: JsonSchema
  readonly oidc: JsonSchema
  readonly saml: JsonSchema
}

/** What the converter makes of the validator, before it is put right. */
interface Converted extends Omit<JsonSchema, 'properties' | 'items' | 'anyOf'> {
  properties?: Record<string, Converted>
  items?: Converted
  anyOf?: readonly Converted[]
  oneOf?: readonly Converted[]
  /** Metadata of our own: the schema of a single item, and whether it is a secret. */
  oneOrMany?: v.GenericSchema
  secret?: boolean
}

/** Reads the format from the validator. */
export function readFormat(): Format {
  const file = convert(configurationSchema)
  const list = file.properties?.['sso']?.properties?.['identity_providers']
  const [oidc, saml] = list?.items?.oneOf ?? []
  if (!list || !oidc || !saml) throw new Error('the entries of identity_providers are not where they were')
  list.items = {}
  return { file: putRight(file), oidc: putRight(oidc), saml: putRight(saml) }
}

function convert(schema: v.GenericSchema): Converted {
  const { $schema: _, $defs: __, ...converted } = toJsonSchema(schema, config)
  return converted as Converted
}

/** What no single word of JSON Schema says is ignored, and put right below. */
const config: ConversionConfig = {
  target: 'draft-07',
  errorMode: 'ignore',
  // One value or many: `putRight` looks at the metadata instead.
  overrideSchema: ({ valibotSchema }) => (valibotSchema.type === 'lazy' ? {} : undefined),
  overrideAction: ({ valibotAction, jsonSchema }) => {
    if (valibotAction.type !== 'check' && valibotAction.type !== 'regex') return undefined
    return {
      ...jsonSchema,
      ...(ofCheck(valibotAction as Action, jsonSchema as JsonSchema) as typeof jsonSchema),
    }
  },
}

/** A check, as the validator keeps it. */
interface Action {
  readonly message?: unknown
  readonly requirement?: unknown
}

function ofCheck({ message, requirement }: Action, schema: JsonSchema): JsonSchema {
  const [code = '', text = ''] = String(message).split('|')
  const pattern = requirement instanceof RegExp ? requirement.source : patterns[code]
  if (schema.type === 'string' && pattern !== undefined) return withPattern(schema, { pattern, code, text })
  const other = otherChecks[`${code} ${schema.type}`]
  if (other) return other
  throw new Error(`say in tooling/generate/schema/convert.ts what "${code}" is in JSON Schema`)
}

const CONTROL = '\\u0000-\\u001f\\u007f-\\u009f'

/** The checks of texts as patterns. Each stands for those before it, so that the last one is enough. */
const patterns: Readonly<Record<string, string>> = {
  value_empty: '\\S',
  value_white_space: '^\\S([\\s\\S]*\\S)?$',
  value_several_lines: `^[^\\s${CONTROL}]([^${CONTROL}]*[^\\s${CONTROL}])?$`,
  domain_is_address: '^[^@]*$',
  wildcard_invalid: '^(\\*\\.[^.*]+\\.)?[^*]+$',
  // What a domain is to the letter can not be said by a pattern: they may be in any language.
  domain_invalid: '^(\\*\\.[^\\s@*:/.]+\\.)?[^\\s@*:/?#]+$',
}

/** The checks of what is not text. */
const otherChecks: Readonly<Record<string, JsonSchema>> = {
  'value_empty array': { minItems: 1 },
  'role_missing object': {
    if: { not: { required: ['root_role'] } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { required: ['organization_role'] },
  },
}

interface Check {
  readonly pattern: string
  readonly code: string
  readonly text: string
}

/** What is said of any text is said together; what is said of a certain kind is enough by itself. */
function withPattern(schema: JsonSchema, { pattern, code, text }: Check): JsonSchema {
  const before = code.startsWith('value_') ? schema.patternErrorMessage : undefined
  return { pattern, patternErrorMessage: before === undefined ? text : `${before}; ${text}` }
}

function putRight(schema: Converted): JsonSchema {
  if ('$ref' in schema) throw new Error('a schema is used twice: write it as a function')
  const { oneOrMany, secret: _, oneOf: __, properties, items, ...rest } = schema
  if (oneOrMany) {
    const item = putRight(convert(oneOrMany))
    return { ...rest, anyOf: [item, { type: 'array', items: item, minItems: 1 }] } as JsonSchema
  }
  return {
    ...(rest as JsonSchema),
    ...(properties ? { properties: mapValues(properties, putRight), additionalProperties: false } : {}),
    ...(items ? { items: putRight(items) } : {}),
  }
}

/** The same keys with other values. */
export function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  change: (value: A) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
