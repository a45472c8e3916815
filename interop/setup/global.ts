import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@doorward/demo/test/launcher'
import type { TestProject } from 'vitest/node'
import { keycloakEntries } from '../keycloak/entries.ts'
import { openIdEntries } from '../keycloak/openid-scenarios.ts'
import { configureKeycloak, startKeycloak } from '../keycloak/start.ts'
import * as openId from '../oidc-provider/scenarios.ts'
import { startOidcProvider } from '../oidc-provider/start.ts'
import { entryOf, type Scenario, scenarios } from '../simplesamlphp/scenarios.ts'
import { entityIdAt, hasSimpleSamlPhp, registerMetadata, startSimpleSamlPhp } from '../simplesamlphp/start.ts'
import { type ClientKey, makeClientKey } from './client-key.ts'
import { startDoorward } from './doorward.ts'

/** Ends what was started, the last first. */
const endings: (() => Promise<unknown>)[] = []

/** What everybody printed, to be read after a failure. */
const LOGS = join(import.meta.dirname, '../../test-results/interop')

const logPath = (name: string): string => join(LOGS, `${name}.log`)

/** What SimpleSAMLphp is told of the stricter of the two identity providers. It also signs people out in frames. */
const STRICT = {
  'validate.authnrequest': true,
  'validate.logout': true,
  'redirect.validate': true,
  'sign.logout': true,
  logouttype: 'iframe',
}

/** Everything that one run needs to agree on before anything runs. */
interface Plan {
  readonly folder: string
  readonly ports: Readonly<Record<'doorward' | 'open' | 'strict' | 'keycloak' | 'oidcProvider', number>>
  /** Where people reach Doorward. */
  readonly url: string
  /** Ours, where we have no secret. */
  readonly clientKey: ClientKey
  readonly keycloakHome: string | undefined
}

/**
 * Starts everything once, for all test files: two SimpleSAMLphp, oidc-provider, Keycloak where it was downloaded, and one
 * Doorward that knows them all. Identity providers are on 127.0.0.1 and Doorward is on localhost: two sites, as in life.
 */
export async function setup(project: TestProject): Promise<void> {
  try {
    const plan = await makePlan()
    await startAll(plan)
    project.provide('doorward', plan.url)
    project.provide('doorwardLog', logPath('doorward'))
    project.provide('simpleSamlPhp', { open: originAt(plan.ports.open), strict: originAt(plan.ports.strict) })
    project.provide('keycloak', originAt(plan.ports.keycloak))
    project.provide('oidcProvider', originAt(plan.ports.oidcProvider))
  } catch (error) {
    await teardown()
    throw error
  }
}

/** Ends everything. */
export async function teardown(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end()
}

async function makePlan(): Promise<Plan> {
  await mkdir(LOGS, { recursive: true })
  const folder = await mkdtemp(join(tmpdir(), 'doorward-interop-'))
  endings.push(() => rm(folder, { recursive: true, force: true }))
  const free = new Set<number>()
  while (free.size < 5) free.add(await freePort())
  const [doorward = 0, open = 0, strict = 0, keycloak = 0, oidcProvider = 0] = free
  return {
    folder,
    ports: { doorward, open, strict, keycloak, oidcProvider },
    url: `http://localhost:${doorward}`,
    clientKey: makeClientKey(),
    keycloakHome: process.env['KEYCLOAK_HOME'] || undefined,
  }
}

/** All at the same time: they need of each other only the addresses, until the metadata is exchanged. */
async function startAll(plan: Plan): Promise<void> {
  const { folder, ports, url, clientKey, keycloakHome } = plan
  const starts = [
    startOidcProviderAt(plan),
    ...(hasSimpleSamlPhp() ? [startIdp(plan, 'open'), startIdp(plan, 'strict')] : []),
    ...(keycloakHome === undefined ? [] : [startKeycloakAt(plan, keycloakHome)]),
  ]
  const ours = startOurs(plan)
  // Whatever fails, nothing may still be starting when the rest is ended.
  await Promise.allSettled([ours, ...starts])
  await Promise.all([ours, ...starts])
  if (hasSimpleSamlPhp()) {
    await registerMetadata(join(folder, 'open'), idsAt('open'), url)
    await registerMetadata(join(folder, 'strict'), idsAt('strict'), url)
  }
  if (keycloakHome !== undefined) {
    await configureKeycloak(originAt(ports.keycloak), url, clientKey)
  }
}

async function startOurs({ folder, ports, clientKey }: Plan): Promise<void> {
  const place = { port: ports.doorward, folder, logPath: logPath('doorward') }
  const doorward = await startDoorward(place, [
    ...scenarios.map((scenario) => entryOf(scenario, entityIdAt(ports[scenario.at ?? 'open']))),
    ...keycloakEntries(originAt(ports.keycloak)),
    ...openIdEntries(originAt(ports.keycloak), clientKey),
    ...openId.scenarios.map((scenario) => openId.entryOf(scenario, originAt(ports.oidcProvider), clientKey)),
  ])
  endings.push(() => doorward.close())
}

async function startIdp({ folder, ports, url }: Plan, name: 'open' | 'strict'): Promise<void> {
  const idp = await startSimpleSamlPhp({
    port: ports[name],
    folder: join(folder, name),
    scenarios: scenariosAt(name),
    doorward: url,
    identityProvider: name === 'strict' ? STRICT : {},
    logPath: logPath(`simplesamlphp-${name}`),
  })
  endings.push(idp.stop)
}

async function startOidcProviderAt({ ports, url, clientKey }: Plan): Promise<void> {
  const provider = await startOidcProvider({
    port: ports.oidcProvider,
    doorward: url,
    publicKey: clientKey.publicKey,
    logPath: logPath('oidc-provider'),
  })
  endings.push(provider.stop)
}

async function startKeycloakAt({ ports }: Plan, home: string): Promise<void> {
  const keycloak = await startKeycloak({ home, port: ports.keycloak, logPath: logPath('keycloak') })
  endings.push(keycloak.stop)
}

function scenariosAt(name: 'open' | 'strict'): readonly Scenario[] {
  return scenarios.filter(({ at = 'open' }) => at === name)
}

function idsAt(name: 'open' | 'strict'): readonly string[] {
  return scenariosAt(name).map(({ id }) => id)
}

function originAt(port: number): string {
  return `http://127.0.0.1:${port}`
}
