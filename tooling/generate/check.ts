import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Schema, Validator } from '@cfworker/json-schema'
import { parseBaseUrl } from '@doorward/core/config'
import { readConfiguration } from '@doorward/core/config/yaml'
import type { ConfigurationIssueCode } from '@doorward/core/errors'
import { parse } from 'yaml'
import { root } from '../test/process.ts'
import { buildSchema } from './schema/build.ts'
import { readFormat } from './schema/convert.ts'
import type { JsonSchema } from './schema/json-schema.ts'

/** What an editor is to say as well. The rest needs more than the shape: other entries, the time, a URL's parts. */
const seenByEditors: readonly ConfigurationIssueCode[] = [
  'file_empty',
  'indentation_lost',
  'key_unknown',
  'key_reserved',
  'key_missing',
  'key_without_value',
  'type_wrong',
  'choice_unknown',
  'value_empty',
  'value_white_space',
  'value_several_lines',
  'value_too_long',
  'number_invalid',
  'google_misprinted',
  'provider_missing',
  'id_invalid',
  'domain_invalid',
  'domain_is_address',
  'wildcard_invalid',
  'role_missing',
  'parameter_missing',
  'parameter_unused',
  'issuer_missing',
  'endpoint_missing',
  'scope_invalid',
  'metadata_source_missing',
  'authn_context_missing',
]

interface Example {
  readonly path: string
  readonly text: string
}

/**
 * Holds the schema for editors to what the reader does, by a validator that neither of them knows: what is a good
 * configuration is good to both, and what is wrong in its shape is wrong to both.
 *
 * @returns what is wrong, or undefined
 */
export async function schemaProblem(): Promise<string | undefined> {
  const schema = buildSchema(readFormat())
  const validator = new Validator(schema as Schema, '7', false)
  const examples = await readExamples()
  const problems = [
    ...examples.flatMap((example) => disagreement(example, validator)),
    ...withoutDescription(schema, 'auth_config.yml'),
  ]
  return problems.length === 0 ? undefined : problems.join('\n')
}

async function readExamples(): Promise<Example[]> {
  const folders = ['examples', 'packages/core/test/seeds/loads', 'packages/core/test/broken']
  const paths = await Promise.all(folders.map((folder) => filesIn(folder, '.yml')))
  const files = await Promise.all(paths.flat().map(readExample))
  const documents = await Promise.all([...(await filesIn('docs', '.md')), 'README.md'].map(readExample))
  return [...files, ...documents.flatMap(blocksOf)].filter(({ text }) => !/^apiserver:/m.test(text))
}

async function filesIn(folder: string, ending: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true })
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name))
}

async function readExample(path: string): Promise<Example> {
  return { path, text: await readFile(join(root, path), 'utf8') }
}

function blocksOf({ path, text }: Example): Example[] {
  return [...text.matchAll(/^( *)```ya?ml\n([\s\S]*?)^ *```/gm)].map(
    ([, indent = '', block = ''], index) => ({
      path: `${path}, configuration ${index + 1}`,
      text: block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  )
}

function disagreement({ path, text }: Example, validator: Validator): string[] {
  const codes = errorsOf(text)
  const value = readValue(text)
  if (value === undefined) return []
  const { valid, errors } = validator.validate(value)
  const seen = codes.filter((code) => seenByEditors.includes(code))
  if (seen.length > 0 && valid) return [`${path}: the schema for editors does not see ${seen.join(', ')}`]
  if (codes.length > 0 || valid) return []
  return [`${path}: the schema for editors refuses it: ${errors.at(-1)?.error}`]
}

function errorsOf(text: string): readonly ConfigurationIssueCode[] {
  const parsed = parseBaseUrl('https://sso.example.com')
  if ('problem' in parsed) throw new Error(parsed.problem)
  const { problems } = readConfiguration(text, {
    baseUrl: parsed.baseUrl,
    environment: () => 'set',
    secretsLater: true,
    now: Date.now(),
    readFile: () => ({ text: '<EntityDescriptor/>' }),
  })
  return problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}

/** @returns undefined where the text is not YAML: editors say that without a schema */
function readValue(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error' }) as unknown
  } catch {
    return undefined
  }
}

function withoutDescription(schema: JsonSchema, path: string): string[] {
  const { properties = {}, items, anyOf = [], definitions = {} } = schema
  const keys = Object.entries(properties).flatMap(([key, inner]) => [
    ...(inner.description || inner.$ref ? [] : [`${path}: "${key}" has no description`]),
    ...withoutDescription(inner, `${path}.${key}`),
  ])
  const inner = [...anyOf, ...(items ? [items] : []), ...Object.values(definitions)]
  return [...keys, ...inner.flatMap((one) => withoutDescription(one, path))]
}
