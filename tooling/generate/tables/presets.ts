import { presetParameters, presets } from '@doorward/core/config'
import { otherNamesOf } from '../schema/requirements.ts'
import { code, table } from './table.ts'

/** Known providers, and what `provider:` stands for. */
export function presetTable(): string {
  const rows = presets.map(({ provider, protocol, title, parameters, settings }) => [
    [provider, ...otherNamesOf(provider)].map(code).join(', '),
    title,
    protocol === 'OIDC' ? 'OpenID Connect' : 'SAML',
    parameters.length === 0 ? '–' : parameters.map(code).join(', '),
    Object.entries(settings).map(describeSetting).join('; '),
  ])
  return table(['`provider`', 'is', 'protocol', 'needs', 'stands for'], rows)
}

function describeSetting([key, value]: [string, unknown]): string {
  if (typeof value === 'string')
    return code(`${key}: ${value.replace('{domain:host}', 'HOST').replace(/\{(\w+)\}/g, named)}`)
  return `${code(key)} with ${Object.keys(value as object)
    .map(code)
    .join(', ')}`
}

function named(_: string, parameter: string): string {
  return parameter === 'domain' ? 'https://DOMAIN' : parameter.toUpperCase()
}

/** The parameters, and how they look. */
export function parameterTable(): string {
  const rows = Object.entries(presetParameters).map(([name, { meaning, example }]) => [
    code(name),
    meaning,
    code(example),
  ])
  return table(['parameter', 'what it is', 'looks like'], rows)
}
