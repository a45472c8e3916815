import type { OidcConnection } from '@doorward/core/config'
import { configuredMetadata, type DescribedProvider, type ProviderMetadata } from '@doorward/core/oidc'
import { checkAbilities } from './abilities.ts'
import { checkClock } from './clock.ts'
import { checkDiscovery, type Discovered, judgeEndpoints } from './discovery.ts'
import type { Answer, Examination } from './examination.ts'
import { about, type Finding } from './finding.ts'
import { checkKeySet } from './key-set.ts'
import { checkHosts } from './tls.ts'

/** Everything that can be said of an OpenID Provider without a login. */
export async function examineOidc(
  connection: OidcConnection,
  examination: Examination,
): Promise<readonly Finding[]> {
  const answers: Answer[] = []
  const read = connection.discovers
    ? await checkDiscovery(connection, 'server_url', examination, answers)
    : asConfigured(connection, examination)
  const abilities = read.document && connection.discovers ? checkAbilities(read.document, connection) : []
  return [...read.findings, ...abilities, ...(await checkServers(connection, read, examination, answers))]
}

function asConfigured(connection: OidcConnection, { baseUrl }: Examination): Discovered {
  const metadata = configuredMetadata(connection)
  const discovery = about('discovery', 'discovery').ok('not used: the configuration says it all')
  return { findings: [discovery, judgeEndpoints(metadata, baseUrl)], document: {}, metadata }
}

/** Keys, certificates and clock of the servers behind a provider. */
export async function checkServers(
  { serverUrl }: DescribedProvider,
  { document = {}, metadata }: Discovered,
  examination: Examination,
  answers: Answer[],
): Promise<readonly Finding[]> {
  const keys = metadata ? await checkKeySet(metadata, document, examination, answers) : []
  const hosts = metadata ? addressesOf(metadata) : []
  // A host that gave no answer was complained about already.
  const described = answers.length > 0 ? [[serverUrl, 'Doorward'] as const] : []
  return [...keys, ...(await checkHosts([...described, ...hosts], examination)), ...checkClock(answers)]
}

function addressesOf(metadata: ProviderMetadata): readonly (readonly [string, 'Doorward' | 'browsers'])[] {
  return [
    ...(metadata.token_endpoint === '' ? [] : [[metadata.token_endpoint, 'Doorward'] as const]),
    [metadata.jwks_uri, 'Doorward'],
    ...(metadata.userinfo_endpoint === undefined ? [] : [[metadata.userinfo_endpoint, 'Doorward'] as const]),
    [metadata.authorization_endpoint, 'browsers'],
  ]
}
