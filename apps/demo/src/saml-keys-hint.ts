import type { BaseUrl, CompiledConfiguration } from '@doorward/core/config'
import { hasSamlKeys, needText, samlKeysNeeds } from 'doorward'

/**
 * What a person is told whose configuration needs keys of ours that this start was not given.
 *
 * @returns lines; none where no keys are needed, or some are there: the worker says itself what is wrong with those
 */
export function samlKeysHint(
  configuration: CompiledConfiguration,
  env: NodeJS.ProcessEnv,
  baseUrl: BaseUrl,
): readonly string[] {
  const needs = samlKeysNeeds(configuration)
  if (needs.length === 0 || hasSamlKeys(env)) return []
  return [
    `DOORWARD_SAML_KEYS is not set, and needed by ${needs.map(needText).join('; ')}.`,
    'Make keys once, set them like this for every start, and start again:',
    `  (umask 077; npx -y pnpm@12.21.0 --silent doorward keygen saml-keys --base-url ${baseUrl} > saml-keys.json)`,
    '  export DOORWARD_SAML_KEYS="$(cat saml-keys.json)"',
  ]
}
