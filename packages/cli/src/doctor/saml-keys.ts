import { Secret, SsoError } from '@doorward/core'
import type { CompiledConfiguration } from '@doorward/core/config'
import { inspectServiceProviderKeys } from '@doorward/core/saml'
import { needText, SAML_KEYS, samlKeysNeeds } from '../saml-keys-need.ts'
import type { Settings } from '../settings.ts'
import { type About, about, count, type Finding } from './finding.ts'

/** Whether the keys of the SAML service provider are there, if anybody may need them. */
export function checkSamlKeys(compiled: CompiledConfiguration, { env }: Settings): readonly Finding[] {
  if (!compiled.connections.some(({ protocol }) => protocol === 'saml')) return []
  const keys = about('saml_keys', 'SAML keys')
  const here = env[SAML_KEYS]
  if (here?.trim()) return [checkKeysHere(here, keys)]
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

function checkKeysHere(value: string, keys: About): Finding {
  try {
    const pairs = inspectServiceProviderKeys(new Secret(value))
    return keys.ok(`${SAML_KEYS}: ${count(pairs.length, 'key')}, set here`)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return keys.error(error.message, 'take the copy that you kept, or make new ones', 'saml_keys_invalid')
  }
}
