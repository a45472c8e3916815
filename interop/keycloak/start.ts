import { join } from 'node:path'
import type { ClientKey } from '../setup/client-key.ts'
import { type Server, startServer } from '../setup/server.ts'
import { ADMINISTRATOR, type Administration, administer } from './administration.ts'
import { REALM } from './entries.ts'
import { addKeyProvider, furtherKeys } from './keys.ts'
import type { Representation } from './mappers.ts'
import { type OpenIdScenario, openIdClient } from './openid-scenarios.ts'
import {
  modernEncryption,
  oidcClient,
  otherRealms,
  realm,
  samlClient,
  samlMappers,
  samlSettings,
} from './realm.ts'

interface Options {
  /** Where it was unpacked. */
  readonly home: string
  readonly port: number
  readonly logPath: string
}

/** Starts Keycloak as its documentation says for trying it out, with its data in memory. */
export function startKeycloak({ home, port, logPath }: Options): Promise<Server> {
  return startServer({
    name: 'Keycloak',
    program: 'bash',
    args: [
      join(home, 'bin/kc.sh'),
      'start-dev',
      '--db=dev-mem',
      '--http-host=127.0.0.1',
      `--http-port=${port}`,
      // Without these, `start-dev` makes its pages anew for everybody.
      '--spi-theme--static-max-age=2592000',
      '--spi-theme--cache-themes=true',
      '--spi-theme--cache-templates=true',
    ],
    env: {
      // It does not live long enough for what the better compiler costs: half of all that it computes.
      JAVA_OPTS_APPEND: '-XX:TieredStopAtLevel=1',
      KC_BOOTSTRAP_ADMIN_USERNAME: ADMINISTRATOR.name,
      KC_BOOTSTRAP_ADMIN_PASSWORD: ADMINISTRATOR.password,
    },
    logPath,
    probe: `http://127.0.0.1:${port}/realms/master`,
    // The first start builds it anew, which takes half a minute by itself where nothing else runs.
    limit: 240_000,
  })
}

/**
 * Does by Keycloak's administration what the guide does by hand.
 *
 * @param keycloak its origin
 * @param doorward where people reach Doorward, which must answer: its metadata is downloaded
 */
export async function configureKeycloak(keycloak: string, doorward: string, key: ClientKey): Promise<void> {
  const administration = await administer(keycloak)
  const clientOf = (scenario: OpenIdScenario) => openIdClient(scenario, doorward, key)
  for (const made of [realm(clientOf), ...otherRealms(clientOf)]) await administration.call('POST', '', made)
  for (const provider of furtherKeys) await addKeyProvider(administration, REALM, provider)
  await administration.call('POST', `/${REALM}/clients`, oidcClient(doorward))
  const metadata = await download(`${doorward}/api/auth/saml/keycloak-saml/metadata/`)
  await registerByGuide(administration, doorward, certificateIn(metadata))
  for (const [name, attributes] of [
    ['imported', {}],
    ['modern', modernEncryption],
  ] as const) {
    const ours = await download(`${doorward}/api/auth/saml/keycloak-${name}/metadata/`)
    await registerByMetadata(administration, ours, attributes)
  }
}

async function registerByGuide(
  administration: Administration,
  doorward: string,
  certificate: string,
): Promise<void> {
  const client = samlClient(doorward)
  await administration.call('POST', `/${REALM}/clients`, client)
  const created = await find(administration, String(client['clientId']))
  await administration.call('PUT', `/${REALM}/clients/${created.id}`, {
    ...created,
    attributes: { ...created.attributes, ...samlSettings(doorward, certificate) },
  })
  await administration.call(
    'POST',
    `/${REALM}/clients/${created.id}/protocol-mappers/add-models`,
    samlMappers(),
  )
}

/** "Import client" in the console: Keycloak reads our metadata. @param attributes what is set besides */
async function registerByMetadata(
  administration: Administration,
  metadata: string,
  attributes: Readonly<Record<string, string>>,
): Promise<void> {
  const read = (await administration.convert(`/${REALM}/client-description-converter`, metadata)) as Client
  const client = { ...read, frontchannelLogout: true, attributes: { ...read.attributes, ...attributes } }
  await administration.call('POST', `/${REALM}/clients`, client)
  const { id } = await find(administration, read.clientId)
  const mappers = samlMappers().filter(({ name }) => name !== 'groups')
  await administration.call('POST', `/${REALM}/clients/${id}/protocol-mappers/add-models`, mappers)
}

/** As Keycloak describes it, which it also does of one that it does not have yet. */
interface Client extends Representation {
  readonly id: string
  readonly clientId: string
  readonly attributes: Readonly<Record<string, string>>
}

async function find(administration: Administration, clientId: string): Promise<Client> {
  const query = new URLSearchParams({ clientId })
  const [client] = (await administration.call('GET', `/${REALM}/clients?${query}`)) as Client[]
  if (!client) throw new Error(`Keycloak does not know the client ${clientId}`)
  return client
}

async function download(url: string): Promise<string> {
  const response = await fetch(url)
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${text}`)
  return text
}

/** The first is the one that signs. */
function certificateIn(metadata: string): string {
  const found = /<(?:\w+:)?X509Certificate>([^<]+)</.exec(metadata)?.[1]
  if (found === undefined) throw new Error('there is no certificate in our metadata')
  return found.replaceAll(/\s/g, '')
}
