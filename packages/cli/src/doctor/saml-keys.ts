import type { CompiledConfiguration } from '@doorward/core/config'
import { hasSamlKeys, needText, SAML_KEYS, samlKeysNeeds } from '../saml-keys-need.ts'
import type { Settings } from '../settings.ts'
import { about, type Finding } from './finding.ts'

/** Whether the keys of the SAML service provider are there, if anybody may need them. */
export function checkSamlKeys(compiled: CompiledConfiguration, { env }: Settings): readonly Finding[] {
  if (!compiled.connections.some(({ protocol }) => protocol === 'saml')) return []
  const keys = about('saml_keys', 'SAML keys')
  if (hasSamlKeys(env)) return [keys.ok(`${SAML_KEYS}: set here`)]
  const needs = samlKeysNeeds(compiled)
  if (needs.length === 0) {
    return [keys.ok(`${SAML_KEYS}: not set here; needed where a provider encrypts or wants signed requests`)]
  }
  return [
    keys.warning(
      `${SAML_KEYS}: not set here, and needed by ${needs.map(needText).join('; ')}`,
      'set where Doorward runs, all is well; "doorward keygen saml-keys" makes them',
      'saml_keys_unset',
    ),
  ]
}
