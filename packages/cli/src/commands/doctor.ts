import {
  type CompiledConfiguration,
  type Connection,
  loadConfiguration,
  registrationsOf,
} from '@doorward/core/config'
import { checkClientKeys } from '../doctor/client-keys.ts'
import type { Examination } from '../doctor/examination.ts'
import { examine, mapAtMost } from '../doctor/examine.ts'
import { about, count, type Finding } from '../doctor/finding.ts'
import { type HostLook, lookAtHost } from '../doctor/host.ts'
import { suspectNetwork } from '../doctor/network.ts'
import { createProgress } from '../doctor/progress.ts'
import { checkSamlKeys } from '../doctor/saml-keys.ts'
import { checkSecrets } from '../doctor/secrets.ts'
import { countFindings, type Look, renderSection, renderText } from '../doctor/table.ts'
import type { Output } from '../output.ts'
import { jsonText, plain } from '../plain.ts'
import { type ReadSource, readSource } from '../read-configuration.ts'
import { registrationJson } from '../registration.ts'
import { countProblems, reportProblems } from '../report.ts'
import { hasSamlKeys } from '../saml-keys-need.ts'
import type { Settings } from '../settings.ts'
import { takenLines, takenText } from '../taken.ts'

/** What the person wants beside the configuration. */
export interface DoctorRequest {
  /** For programs: one object on standard output, and nothing else there. */
  readonly asJson: boolean
  /** How long one answer may take, in milliseconds. */
  readonly patience: number
}

/** What a login waits; longer would be of no use. */
const MAX_SECONDS = 10

/** @returns what was asked for, or what was not understood */
export function readDoctorRequest(
  asJson: boolean,
  timeout: string | undefined,
): DoctorRequest | { readonly problem: string } {
  const seconds = timeout === undefined ? MAX_SECONDS : Number(timeout)
  if (!(seconds > 0 && seconds <= MAX_SECONDS)) {
    return { problem: `--timeout takes seconds, at most the ${MAX_SECONDS} that a login waits` }
  }
  return { asJson, patience: seconds * 1000 }
}

/** One connection, and what was found out. */
interface Examined {
  readonly connection: Connection
  readonly findings: readonly Finding[]
}

/** How many providers are examined at the same time. */
const AT_ONCE = 8

/** What nobody knows before somebody signs in, of each kind of provider that there is. */
function notTested(examined: readonly Examined[]): readonly string[] {
  const isSaml = ({ connection }: Examined) => connection.protocol === 'saml'
  return [
    ...(examined.some((one) => !isSaml(one))
      ? [
          'whether a provider knows the client id, the client secret and the redirect URI: only a login shows that',
        ]
      : []),
    ...(examined.some(isSaml)
      ? [
          'whether an identity provider knows our entity ID and our ACS URL (from our metadata, or by hand), whom it lets in, and which attributes it sends: only a login shows that',
        ]
      : []),
  ]
}

/**
 * `doorward doctor`: asks every configured identity provider what is right and what is wrong, and says what to do.
 * Sends no secret, follows no redirect, and begins no login.
 *
 * @returns the exit code: 0, also with warnings, or 1 when something is wrong
 */
export async function doctor(settings: Settings, request: DoctorRequest, output: Output): Promise<number> {
  const read = await readSource(settings, { secretsLater: true })
  if (read.problems.length > 0 && !request.asJson) output.error(reportProblems(read, output.colours))
  if (!read.compiled) {
    if (request.asJson) output.log(jsonText(toJson(read, settings, [], [])))
    else output.error(`${plain(read.name)}: ${countProblems(read.problems)}; nobody was asked anything`)
    return 1
  }
  const { compiled } = read
  // Before anything is called: an address that was taken from there is part of the call.
  for (const line of takenLines(read.taken)) output[request.asJson ? 'error' : 'log'](plain(line))
  const known = [
    checkSecrets(compiled, settings),
    ...(await checkClientKeys(compiled, settings)),
    ...checkSamlKeys(compiled, settings),
    ...environmentTaken(read),
  ]
  const examined = await examineAll(compiled, settings, request, output)
  const general = [...known, ...suspectNetwork(examined.map(({ findings }) => findings))]
  if (request.asJson) output.log(jsonText(toJson(read, settings, general, examined)))
  else say(read, settings, general, examined, output)
  const all = [...general, ...examined.flatMap(({ findings }) => findings)]
  return countFindings(all).error > 0 ? 1 : 0
}

async function examineAll(
  compiled: CompiledConfiguration,
  { baseUrl, env }: Settings,
  { patience }: DoctorRequest,
  output: Output,
): Promise<readonly Examined[]> {
  // Nothing is looked up: no secret is needed, so none is there to be lost.
  const { connections } = loadConfiguration(compiled, () => undefined)
  const progress = createProgress(connections.length, process.stderr, output.error, Boolean(env['CI']))
  const looks = new Map<string, Promise<HostLook>>()
  const examination: Examination = {
    baseUrl,
    fetch: (url, init) => fetch(url, init),
    now: Date.now,
    patience,
    lookAt(host) {
      const look = looks.get(host) ?? lookAtHost(host, patience)
      looks.set(host, look)
      return look
    },
  }
  const examined = await mapAtMost(connections, AT_ONCE, async (configured) => {
    const connection = configured.open()
    progress.began(connection.name)
    const findings = await examine(connection, examination)
    progress.ended(connection.name)
    return { connection, findings }
  })
  progress.finish()
  return examined
}

/** What else is from there, and seen by whoever is called. */
function environmentTaken({ taken }: ReadSource): readonly Finding[] {
  if (taken.length === 0) return []
  return [about('environment', 'environment').ok(taken.map(takenText).join(', '))]
}

const protocols = { oidc: 'OpenID Connect', saml: 'SAML', social: 'social login' } as const

function say(
  { name, problems }: ReadSource,
  { baseUrl, env }: Settings,
  general: readonly Finding[],
  examined: readonly Examined[],
  output: Output,
): void {
  const look: Look = {
    columns: Math.min(process.stdout.columns ?? 80, 100),
    colours: output.colours && process.stdout.isTTY === true,
  }
  const remark = `(${countProblems(problems)})`
  const sections = [
    { heading: name, remark, findings: general, notes: [] },
    ...examined.map(({ connection, findings }) => ({
      heading: connection.name,
      remark: `"${connection.id}", ${protocols[connection.protocol]}${connection.isOffered ? '' : ', nobody is sent there'}`,
      findings,
      notes: registrationsOf(connection, baseUrl).map(({ what, url, needs }) => ({
        what: shortName[what],
        text: needs === undefined || hasSamlKeys(env) ? url : `${url} (needs ${needs})`,
      })),
    })),
  ]
  for (const section of sections) output.log(`${renderSection(section, look)}\n`)
  const { ok, warning, error } = countFindings([...general, ...examined.flatMap(({ findings }) => findings)])
  const providers = count(examined.length, 'identity provider')
  output.log(`${providers}: ${ok} ok, ${count(warning, 'warning')}, ${count(error, 'error')}`)
  const broken = toBeMended(general, examined)
  if (broken.length > 0) output.log(renderText(`To be mended: ${broken.join('; ')}.`, look))
  for (const what of notTested(examined)) output.log(renderText(`Not tested: ${what}.`, look))
}

/** What has errors: of Doorward itself, then of each provider. */
function toBeMended(general: readonly Finding[], examined: readonly Examined[]): readonly string[] {
  const wrong = (findings: readonly Finding[]) => [
    ...new Set(findings.filter(({ status }) => status === 'error').map(({ what }) => what)),
  ]
  const providers = examined.flatMap(({ connection, findings }) => {
    const what = wrong(findings)
    return what.length === 0 ? [] : [`${connection.name} (${what.join(', ')})`]
  })
  return [...wrong(general), ...providers]
}

/** As wide as a column. */
const shortName = {
  'redirect URI': 'redirect URI',
  'post-logout redirect URI': 'post-logout',
  'back-channel logout URI': 'back channel',
  'front-channel logout URI': 'front channel',
  'initiate login URI': 'initiate login',
  'entity ID': 'our entity ID',
  'assertion consumer service (ACS) URL': 'our ACS URL',
  'single logout URL': 'our logout URL',
  'metadata URL': 'our metadata',
} as const

/** Stable: programs read it. */
function toJson(
  { name, compiled, problems, taken }: ReadSource,
  { baseUrl }: Settings,
  general: readonly Finding[],
  examined: readonly Examined[],
): object {
  const counted = countFindings([...general, ...examined.flatMap(({ findings }) => findings)])
  return {
    source: name,
    base_url: baseUrl,
    valid: compiled !== undefined,
    problems,
    environment: taken,
    findings: general,
    connections: examined.map(({ connection, findings }) => ({
      id: connection.id,
      name: plain(connection.name),
      protocol: connection.protocol,
      is_offered: connection.isOffered,
      findings,
      registrations: registrationsOf(connection, baseUrl).map(registrationJson),
    })),
    not_tested: notTested(examined),
    summary: { ok: counted.ok, warnings: counted.warning, errors: counted.error },
  }
}
