/** As much of JSON Schema, draft 7, as is written here; editors know some keywords more. */
export interface JsonSchema {
  $schema?: string
  $id?: string
  $ref?: string
  type?: 'object' | 'array' | 'string' | 'boolean' | 'integer' | 'number'
  title?: string
  description?: string
  /** Of editors: shown in place of `description`. */
  markdownDescription?: string
  default?: unknown
  enum?: readonly unknown[]
  const?: unknown
  pattern?: string
  /** Of editors: said in place of the pattern. */
  patternErrorMessage?: string
  maxLength?: number
  minimum?: number
  minItems?: number
  minProperties?: number
  properties?: Record<string, JsonSchema>
  required?: readonly string[]
  additionalProperties?: JsonSchema | false
  items?: JsonSchema
  anyOf?: readonly JsonSchema[]
  allOf?: readonly JsonSchema[]
  not?: JsonSchema
  if?: JsonSchema
  then?: JsonSchema
  else?: JsonSchema
  definitions?: Record<string, JsonSchema>
}

/** Something that refers to the environment, in place of a value that is not free text. */
export const REFERENCE = '\\$\\{'

/** Such a reference, as {@link REFERENCE} must find it. */
const EXAMPLE = ['$', '{NAME:-default}'].join('')

/** @returns whether a pattern takes a reference to the environment */
export function takesReference(pattern: string): boolean {
  return new RegExp(pattern).test(EXAMPLE)
}

/** @returns a pattern that takes the words and nothing else, but a reference to the environment */
export function wordsOrReference(words: readonly string[]): string {
  return words.length === 0 ? REFERENCE : `^(${words.join('|')})$|${REFERENCE}`
}
