import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeCertificate } from '../setup/certificate.ts'
import { type Server, startServer } from '../setup/server.ts'
import type { Scenario } from './scenarios.ts'

/** Where Debian's package has it. */
const SIMPLESAMLPHP = '/usr/share/simplesamlphp'

/** A SimpleSAMLphp that serves. */
export interface SimpleSamlPhp extends Server {
  /** Its origin, without a final slash. */
  readonly url: string
}

interface Options {
  readonly port: number
  /** Where it may write; made here. */
  readonly folder: string
  readonly scenarios: readonly Scenario[]
  /** Where people reach Doorward. */
  readonly doorward: string
  /** What is said of the identity provider itself, in saml20-idp-hosted. */
  readonly identityProvider: Readonly<Record<string, boolean | string>>
  /** Takes all that it prints. */
  readonly logPath: string
}

/** @returns the entity ID of an identity provider on this port, which is where its metadata is too */
export function entityIdAt(port: number): string {
  return `http://127.0.0.1:${port}/simplesaml/saml2/idp/metadata.php`
}

/** Starts Debian's SimpleSAMLphp as an identity provider, by PHP's own server. Our metadata may come later. */
export async function startSimpleSamlPhp(options: Options): Promise<SimpleSamlPhp> {
  const { port, folder, scenarios, doorward, identityProvider, logPath } = options
  const url = `http://127.0.0.1:${port}`
  for (const name of ['cert', 'log', 'data', 'tmp', 'sessions', 'www', 'metadata']) {
    await mkdir(join(folder, name), { recursive: true })
  }
  await symlink(join(SIMPLESAMLPHP, 'www'), join(folder, 'www/simplesaml'))
  await makeCertificate(join(folder, 'cert/idp.key'), join(folder, 'cert/idp.crt'), 'idp.example')
  const settings = {
    baseUrl: url,
    folder,
    salt: randomBytes(16).toString('hex'),
    users: scenarios.map(personOf),
    identityProvider,
    serviceProviders: scenarios.map(({ id, options: set = {} }) => ({
      entityId: `${doorward}/api/auth/saml/${id}/metadata/`,
      metadataPath: metadataPath(folder, id),
      options: set,
    })),
  }
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings))
  const server = await startServer({
    name: 'SimpleSAMLphp',
    program: 'php',
    args: ['-S', `127.0.0.1:${port}`, '-t', join(folder, 'www')],
    env: {
      SIMPLESAMLPHP_CONFIG_DIR: join(import.meta.dirname, 'config'),
      INTEROP_SETTINGS: join(folder, 'settings.json'),
      PHP_CLI_SERVER_WORKERS: '4',
    },
    logPath,
    probe: entityIdAt(port),
    limit: 20_000,
  })
  return { ...server, url }
}

/**
 * Gives it the metadata that Doorward publishes, as an administrator would: by downloading it.
 *
 * @throws Error when Doorward does not answer with metadata
 */
export async function registerMetadata(
  folder: string,
  ids: readonly string[],
  doorward: string,
): Promise<void> {
  for (const id of ids) {
    const address = `${doorward}/api/auth/saml/${id}/metadata/`
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${address} answers ${response.status}: ${await response.text()}`)
    await writeFile(metadataPath(folder, id), await response.text())
  }
}

/** @returns whether the package is installed */
export function hasSimpleSamlPhp(): boolean {
  return existsSync(SIMPLESAMLPHP)
}

function metadataPath(folder: string, id: string): string {
  return join(folder, 'metadata', `${id}.xml`)
}

function personOf({ id, groups = 0 }: Scenario): object {
  return {
    username: id,
    password: id,
    attributes: {
      uid: [`uid-of-${id}`],
      mail: [`person@${id}.example`],
      displayName: ['Ünsal “& Co” <Person>'],
      givenName: ['Ünsal'],
      sn: ['Person'],
      groups: ['engineering', ...Array.from({ length: groups }, (_, index) => `group-${index}`)],
    },
  }
}
