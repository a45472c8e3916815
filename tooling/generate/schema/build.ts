import { CUSTOM, type Preset, presets } from '@doorward/core/config'
import { type Format, mapValues } from './convert.ts'
import { type JsonSchema, REFERENCE, takesReference, wordsOrReference } from './json-schema.ts'
import { otherNamesOf, requirementsOf } from './requirements.ts'

/** Builds what editors read, from the format. */
export function buildSchema({ file, oidc, saml }: Format): JsonSchema {
  const { sso, social_account: social, ...others } = file.properties ?? {}
  const common = { ...commonKeys(oidc, saml), protocol: protocolKey }
  const whole: JsonSchema = {
    title: 'auth_config.yml',
    description: 'How people sign in. docs/configuration.md explains every key.',
    ...file,
    properties: { sso: withProviders(sso ?? {}), social_account: withAnyProvider(social ?? {}), ...others },
    anyOf: [{ required: ['sso'] }, { required: ['social_account'] }],
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:doorward:auth_config',
    ...forEditors(whole),
    definitions: mapValues(
      {
        entry: { properties: common },
        oidc: entryOf(oidc, 'OIDC', common),
        saml: entryOf(saml, 'SAML', common),
      },
      forEditors,
    ),
  }
}

/** The list, and that it must not be empty once it counts. */
function withProviders(sso: JsonSchema): JsonSchema {
  const { identity_providers: list, ...others } = sso.properties ?? {}
  return {
    ...sso,
    properties: { ...others, identity_providers: { ...list, items: entry } },
    if: { properties: { enabled: { const: true } }, required: ['enabled'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { properties: { identity_providers: { minItems: 1 } }, required: ['identity_providers'] },
  }
}

/** There is one once it counts. Not by `anyOf`, whose alternatives editors would offer as if they were keys. */
function withAnyProvider(social: JsonSchema): JsonSchema {
  return {
    ...social,
    if: { properties: { enabled: { const: true } }, required: ['enabled'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { minProperties: 2 },
  }
}

/** By its protocol; while that is not written, the keys that every entry has are offered. */
const entry: JsonSchema = {
  type: 'object',
  required: ['id', 'protocol', 'name'],
  ...when('OIDC', when('SAML', { $ref: '#/definitions/entry' })),
}

function when(protocol: Preset['protocol'], otherwise: JsonSchema): JsonSchema {
  const lower = protocol.toLowerCase()
  return {
    // Not by `enum`: editors would offer it.
    if: { properties: { protocol: { pattern: `^(${protocol}|${lower})$` } }, required: ['protocol'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: { $ref: `#/definitions/${lower}` },
    else: otherwise,
  }
}

function entryOf(
  schema: JsonSchema,
  protocol: Preset['protocol'],
  common: Readonly<Record<string, JsonSchema>>,
): JsonSchema {
  const known = presets.filter((preset) => preset.protocol === protocol).map(({ provider }) => provider)
  const properties = Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([key, value]) => [
      key,
      key in common ? { $ref: `#/definitions/entry/properties/${key}` } : value,
    ]),
  )
  const { description = '' } = common['provider'] ?? {}
  const others = known.flatMap((name) => otherNamesOf(name))
  const provider = { description, anyOf: oneOfThese([...known, CUSTOM], others) }
  return { ...schema, properties: { ...properties, provider }, allOf: requirementsOf(protocol) }
}

/** The keys that mean the same in both. */
export function commonKeys(oidc: JsonSchema, saml: JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(oidc.properties ?? {}).filter(
      ([key, { description }]) => saml.properties?.[key]?.description === description,
    ),
  )
}

const protocolKey: JsonSchema = {
  description: '`OIDC` or `SAML`',
  anyOf: oneOfThese(['OIDC', 'SAML'], ['oidc', 'saml']),
}

/** Words that editors offer, and words that are taken as well. */
function oneOfThese(offered: readonly string[], taken: readonly string[] = []): readonly JsonSchema[] {
  return [
    { type: 'string', enum: offered },
    {
      type: 'string',
      pattern: wordsOrReference(taken),
      patternErrorMessage: `must be one of ${offered.join(', ')}`,
    },
  ]
}

/**
 * Descriptions in the two forms that editors show, and references to the environment in the place of all that is not
 * free text.
 */
function forEditors(schema: JsonSchema): JsonSchema {
  const { description, properties, items, anyOf, allOf, ...rest } = schema
  const same: JsonSchema = {
    ...rest,
    ...(description === undefined ? {} : describe(description)),
    ...(properties ? { properties: mapValues(properties, forEditors) } : {}),
    ...(items ? { items: forEditors(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(forEditors) } : {}),
    ...(allOf ? { allOf } : {}),
  }
  return JSON.parse(JSON.stringify(orReference(same))) as JsonSchema
}

/** Links lead nowhere from an editor. */
function describe(description: string): JsonSchema {
  const markdown = description.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1')
  const plain = markdown.replaceAll('`', '')
  return plain === markdown ? { description: plain } : { description: plain, markdownDescription: markdown }
}

function orReference(schema: JsonSchema): JsonSchema {
  const { type, enum: words, pattern, minimum, maxLength, patternErrorMessage, ...rest } = schema
  const reference: JsonSchema = { type: 'string', pattern: REFERENCE }
  if (type === 'boolean') {
    const message = 'must be true or false, without quotes'
    return { ...rest, anyOf: [{ type }, { ...reference, patternErrorMessage: message }] }
  }
  if (type === 'integer') {
    const message = 'must be a whole number, without quotes'
    return {
      ...rest,
      anyOf: [
        { type, ...(minimum === undefined ? {} : { minimum }) },
        { ...reference, patternErrorMessage: message },
      ],
    }
  }
  // Those of `oneOfThese` have their reference already.
  if (words && rest.description !== undefined) return { ...rest, anyOf: oneOfThese(words as string[]) }
  const isOpen = pattern === undefined || takesReference(pattern)
  return isOpen ? schema : { ...schema, pattern: `${pattern}|${REFERENCE}` }
}
