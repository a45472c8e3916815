import type { CompiledConfiguration, SamlConnection } from '@doorward/core/config'
import type { Variables } from './settings.ts'

/** The variable with the keys of the SAML service provider. */
export const SAML_KEYS = 'DOORWARD_SAML_KEYS'

/** A connection that can not do what its entry asks for without keys of ours. */
export interface SamlKeysNeed {
  readonly connection: string
  /** What it does with them, after "which". */
  readonly because: string
}

/**
 * What of a configuration needs keys of ours. More may: that an identity provider encrypts, or wants signed requests, is
 * not written in an entry.
 */
export function samlKeysNeeds({ connections }: CompiledConfiguration): readonly SamlKeysNeed[] {
  return connections.flatMap(({ id, protocol, settings }) => {
    if (protocol !== 'saml') return []
    const { signsRequests, logsOutAtProvider } = JSON.parse(settings) as SamlConnection
    const reasons = [
      ...(signsRequests === true ? ['signs its requests'] : []),
      ...(logsOutAtProvider ? ['signs people out at its provider'] : []),
    ]
    return reasons.length > 0 ? [{ connection: id, because: reasons.join(' and ') }] : []
  })
}

/** Such as `"acme", which signs its requests`. */
export function needText({ connection, because }: SamlKeysNeed): string {
  return `"${connection}", which ${because}`
}

/** @returns whether there are keys here; where Doorward runs there may be others */
export function hasSamlKeys(env: Variables): boolean {
  return Boolean(env[SAML_KEYS]?.trim())
}
