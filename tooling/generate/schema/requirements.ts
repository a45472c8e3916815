import { alsoKnownAs, type Preset, type PresetParameter, presets } from '@doorward/core/config'
import { type JsonSchema, wordsOrReference } from './json-schema.ts'

/*
 * What an entry needs beyond the shape of its keys, as far as an editor can say it while somebody writes. The rules
 * themselves are in packages/core/src/config/rules; tooling/generate/check.ts holds the two together.
 */

/** What entries of a protocol need. */
export function requirementsOf(protocol: Preset['protocol']): readonly JsonSchema[] {
  const known = presets.filter((preset) => preset.protocol === protocol)
  const giving = (key: string) => named(known.filter(({ settings }) => key in settings))
  const own =
    protocol === 'OIDC'
      ? [
          unless({ required: ['server_url'] }, giving('server_url'), {
            required: ['issuer', 'authorization_endpoint', 'jwks_uri'],
          }),
          unless(
            { required: ['client_secret'] },
            is('token_auth_method', ['none', 'private_key_jwt']),
            is('response_type', ['id_token']),
            { required: ['client_private_key'], not: { required: ['token_auth_method'] } },
          ),
          {
            if: { ...is('token_auth_method', ['private_key_jwt']), not: is('response_type', ['id_token']) },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
            then: { required: ['client_private_key'] },
          },
        ]
      : [
          unless({ required: ['entity_id'] }, giving('entity_id')),
          unless({ required: ['attribute_mapping'] }, giving('attribute_mapping')),
          {
            if: { required: ['authn_context_comparison'] },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
            then: { required: ['requested_authn_context'] },
          },
          unless(
            { required: ['metadata_url'] },
            { required: ['metadata'] },
            { required: ['idp_metadata_file'] },
            { required: ['sso_url', 'x509_cert'] },
            giving('metadata_url'),
            { ...giving('sso_url'), required: ['provider', 'x509_cert'] },
          ),
        ]
  return [...own, ...known.flatMap(parametersOf), ...takersOf(known, protocol)]
}

/** Not by `anyOf`, whose alternatives editors would offer as if they were keys. */
function unless(needed: JsonSchema, ...otherwise: readonly JsonSchema[]): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  return { if: { not: { anyOf: otherwise } }, then: needed }
}

/** What a preset is made of is needed, unless all that it would make of it is written out. */
function parametersOf(preset: Preset): readonly JsonSchema[] {
  const { settings, parameters } = preset
  if (parameters.length === 0) return []
  const filled = Object.keys(settings).filter((key) => JSON.stringify(settings[key]).includes('{'))
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
  return [{ if: { ...named([preset], ''), not: { required: filled } }, then: { required: parameters } }]
}

/** A parameter is for certain providers only. */
function takersOf(known: readonly Preset[], protocol: Preset['protocol']): readonly JsonSchema[] {
  const parameters = new Set(known.flatMap((preset) => preset.parameters))
  // Every entry of OpenID Connect has one.
  if (protocol === 'OIDC') parameters.delete('client_id')
  return [...parameters].map((parameter: PresetParameter) => ({
    if: { required: [parameter] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: named(known.filter((preset) => preset.parameters.includes(parameter))),
  }))
}

/** Other names of a known provider. */
export function otherNamesOf(provider: string): readonly string[] {
  return Object.entries(alsoKnownAs).flatMap(([name, known]) => (known === provider ? [name] : []))
}

/** All names of providers. */
function namesOf(known: readonly Preset[]): string[] {
  return known.flatMap(({ provider }) => [provider, ...otherNamesOf(provider)])
}

function named(known: readonly Preset[], reference = '|\\$\\{'): JsonSchema {
  return {
    properties: { provider: { pattern: `^(${namesOf(known).join('|')})$${reference}` } },
    required: ['provider'],
  }
}

function is(key: string, values: readonly string[]): JsonSchema {
  return { properties: { [key]: { pattern: wordsOrReference(values) } }, required: [key] }
}
