/** What braces make in JSON, and an indented block of keys in YAML; not a list, and not `null`. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is one, whatever its keys. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
