import { presetOf, presetSettings } from '../presets.ts'
import { holdsPassword } from './addresses.ts'
import { type Entry, type Finding, textOf } from './entry.ts'
import type { Trap } from './trap.ts'
import { adfsTraps } from './traps/adfs.ts'
import { anyTraps, lastTraps } from './traps/any.ts'
import { auth0Traps } from './traps/auth0.ts'
import { azureTraps } from './traps/azure.ts'
import { cognitoTraps } from './traps/cognito.ts'
import { duoTraps } from './traps/duo.ts'
import { githubTraps } from './traps/github.ts'
import { googleTraps } from './traps/google.ts'
import { jumpcloudTraps } from './traps/jumpcloud.ts'
import { keycloakTraps } from './traps/keycloak.ts'
import { oktaTraps } from './traps/okta.ts'
import { pingTraps } from './traps/ping.ts'

/** The first that applies to a key says what is wrong with it. */
const traps: readonly Trap[] = [
  ...anyTraps,
  ...azureTraps,
  ...oktaTraps,
  ...auth0Traps,
  ...keycloakTraps,
  ...googleTraps,
  ...cognitoTraps,
  ...pingTraps,
  ...adfsTraps,
  ...jumpcloudTraps,
  ...duoTraps,
  ...githubTraps,
  ...lastTraps,
]

/** The longest text that anything is known about: longer than any address may be. */
const MAX_LENGTH = 2048

/** The known mistakes with single providers that the values themselves show: at most one for each place. */
export function checkTraps(whole: Entry): readonly Finding[] {
  const findings = new Map<string, Finding>()
  const kept = Object.entries(whole.value).filter(
    ([, value]) => typeof value !== 'string' || value.length <= MAX_LENGTH,
  )
  const entry = { ...whole, value: Object.fromEntries(kept) }
  for (const trap of traps) {
    const finding = check(trap, entry)
    if (!finding) continue
    const place = [finding.key, finding.item].join('/')
    if (!findings.has(place)) findings.set(place, finding)
  }
  return [...findings.values()]
}

function check(trap: Trap, entry: Entry): (Finding & { readonly key: string }) | undefined {
  const { code, provider, protocol, key, at, item, message } = trap
  if ((provider && provider !== entry.provider) || (protocol && protocol !== entry.protocol)) return undefined
  const text = trap.read ? trap.read(entry) : textOf(entry, key)
  // A password is what has to be said of it, and must not be part of any correction.
  if (text === undefined || /[<>]|\$\{/.test(text) || holdsPassword(text)) return undefined
  const correction = trap.correct(text.trim(), entry)
  if (correction === undefined) return undefined
  const place = placeOf(entry, key)
  const fix = typeof correction === 'string' ? correction : `write ${place.fit(correction.write)}`
  return {
    code,
    key: place.key,
    ...(at ? { at } : {}),
    ...(item === undefined ? {} : { item }),
    message: message.replace(`"${key}"`, `"${place.key}"`),
    // What was computed of other values may hold one too.
    ...(fix.includes('@') ? {} : { fix }),
  }
}

interface Place {
  readonly key: string
  /** What stands there for a value. */
  readonly fit: (right: string) => string
}

/** Where a value was written: a preset makes whole addresses of the domain alone, or of an ID. */
function placeOf(entry: Entry, key: string): Place {
  const written: Place = { key, fit: (right) => right }
  const named = textOf(entry, 'provider')
  const preset = named === undefined || !entry.protocol ? undefined : presetOf(named, entry.protocol)
  if (!preset?.parameters.includes('domain') || textOf(entry, 'domain') === undefined) return written
  const parameters = Object.fromEntries(preset.parameters.map((name) => [name, textOf(entry, name) ?? '']))
  if (!Object.values(parameters).every((text) => text.isWellFormed())) return written
  const made = (changes: object) => presetSettings(preset, { ...parameters, ...changes })[key]
  if (made({}) === undefined || made({}) !== entry.value[key]) return written
  const source = preset.parameters.find((name) => String(made({ [name]: ANYTHING })).includes(ANYTHING))
  if (source === undefined) return written
  const [beginning = '', ending = ''] = String(made({ [source]: ANYTHING })).split(ANYTHING)
  return { key: source, fit: (right) => withoutEnds(right, beginning, ending) }
}

/** What is written of an address: the host alone for a domain. */
function withoutEnds(right: string, beginning: string, ending: string): string {
  const rest = right.endsWith(ending) ? right.slice(0, right.length - ending.length) : right
  return rest.startsWith(beginning) ? rest.slice(beginning.length) : rest
}

/** Shows what a preset makes of a parameter, and what it adds to it. */
const ANYTHING = 'parameter.invalid'
