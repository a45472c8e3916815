import { type CompiledConfiguration, secretVariables } from '@doorward/core/config'
import { optionalSecrets } from '../optional-secrets.ts'
import { environmentOf } from '../read-configuration.ts'
import type { Settings } from '../settings.ts'
import { about, type Finding } from './finding.ts'

/** Secrets that are named, not written, may be set where Doorward runs and not here. */
export function checkSecrets(compiled: CompiledConfiguration, { env }: Settings): Finding {
  const secrets = about('secrets', 'secrets')
  const environment = environmentOf(env)
  const isUnset = (name: string) => !environment(name)
  const needed = secretVariables(compiled)
  const optional = optionalSecrets(compiled)
  const all = [...needed, ...optional]
  const unset = needed.filter(isUnset)
  const found = [
    ...said(unset, 'not set here'),
    ...said(optional.filter(isUnset), 'not set here, so that the default in the file is used'),
    ...said(
      all.filter((name) => !isUnset(name)),
      'set here',
    ),
  ].join('; ')
  if (all.length === 0) return secrets.ok('none is a reference to the environment')
  if (unset.length === 0) return secrets.ok(found)
  return secrets.warning(
    found,
    `set where Doorward runs, all is well; on Cloudflare "npx wrangler secret put ${unset[0]}" in apps/worker does it`,
    'secret_unset',
  )
}

function said(names: readonly string[], what: string): readonly string[] {
  return names.length === 0 ? [] : [`${names.join(', ')}: ${what}`]
}
