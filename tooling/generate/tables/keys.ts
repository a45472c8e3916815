import { commonKeys } from '../schema/build.ts'
import type { Format } from '../schema/convert.ts'
import type { JsonSchema } from '../schema/json-schema.ts'
import { code, table } from './table.ts'

/** The tables of keys in docs/configuration.md, by the names of their places. */
export function keyTables({ file, oidc, saml }: Format): Readonly<Record<string, string>> {
  const common = commonKeys(oidc, saml)
  const { protocol: _, ...own } = withoutKeys(oidc, common)
  const { protocol: __, ...ownOfSaml } = withoutKeys(saml, common)
  const { id = {}, name = {}, ...others } = common
  const protocol: JsonSchema = { description: '`OIDC` or `SAML`' }
  return {
    file: keyTable(file.properties, file),
    sso: keyTable(at(file, 'sso').properties, at(file, 'sso')),
    identity_providers: keyTable({ id, protocol, name, ...others }, oidc),
    oidc: keyTable(own, oidc),
    claims_mapping: keyTable(at(oidc, 'claims_mapping').properties),
    saml: keyTable(ownOfSaml, saml),
    attribute_mapping: keyTable(at(saml, 'attribute_mapping').properties),
    authorization: keyTable(at(oidc, 'authorization').properties, at(oidc, 'authorization')),
    mapping: mappingTable(at(oidc, 'authorization', 'mapping')),
    social_account: nestedTable(at(file, 'social_account')),
    basic: nestedTable(at(file, 'basic')),
    service_provider: nestedTable(at(file, 'service_provider')),
    rate_limits: keyTable(at(file, 'rate_limits').properties, at(file, 'rate_limits')),
  }
}

function withoutKeys({ properties = {} }: JsonSchema, keys: object): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !(key in keys)))
}

function at(schema: JsonSchema, ...path: readonly string[]): JsonSchema {
  const found = path.reduce<JsonSchema | undefined>((inner, key) => inner?.properties?.[key], schema)
  if (!found) throw new Error(`there is no ${path.join('.')} in the format any more`)
  return found
}

function mappingTable({ items = {} }: JsonSchema): string {
  return keyTable(items.properties, items)
}

function keyTable(
  keys: Readonly<Record<string, JsonSchema>> = {},
  { required = [] }: JsonSchema = {},
): string {
  return table(['key', 'default', 'meaning'], rowsOf(keys, required))
}

/** With what is inside, as `outer.inner`, or `outer[].inner` in a list. */
function nestedTable({ properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).flatMap(([key, schema]) => [
    ...rowsOf({ [key]: schema }, required),
    ...rowsOf(schema.properties ?? {}, schema.required ?? [], `${key}.`),
    ...rowsOf(schema.items?.properties ?? {}, schema.items?.required ?? [], `${key}[].`),
  ])
  return table(['key', 'default', 'meaning'], rows)
}

function rowsOf(
  keys: Readonly<Record<string, JsonSchema>>,
  required: readonly string[],
  before = '',
): string[][] {
  return Object.entries(keys).map(([key, schema]) => {
    if (schema.description === undefined)
      throw new Error(`"${before}${key}" has no description in the format`)
    return [code(`${before}${key}`), defaultOf(schema, required.includes(key)), schema.description]
  })
}

function defaultOf({ default: value }: JsonSchema, isRequired: boolean): string {
  if (isRequired) return 'required'
  if (value === undefined) return '–'
  return code(typeof value === 'string' ? value : JSON.stringify(value))
}
