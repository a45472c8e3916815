import type { SocialConnection } from '@doorward/core/config'
import { checkDiscovery } from './discovery.ts'
import type { Answer, Examination } from './examination.ts'
import type { Finding } from './finding.ts'
import { checkServers } from './oidc.ts'
import { checkHosts } from './tls.ts'

/** What can be said of a social provider without a login: whether its servers are there. */
export async function examineSocial(
  connection: SocialConnection,
  examination: Examination,
): Promise<readonly Finding[]> {
  switch (connection.provider) {
    case 'google':
      return examineGoogle(examination)
    case 'github':
      return checkHosts(
        [
          [`${connection.serverUrl}/login/oauth/access_token`, 'Doorward'],
          [`${connection.apiUrl}/user`, 'Doorward'],
        ],
        examination,
      )
    case 'amazon-cognito':
      return checkHosts([[connection.domain, 'Doorward']], examination)
  }
}

async function examineGoogle(examination: Examination): Promise<readonly Finding[]> {
  const answers: Answer[] = []
  const google = { serverUrl: 'https://accounts.google.com', endpoints: {} }
  const read = await checkDiscovery(google, 'google', examination, answers)
  return [...read.findings, ...(await checkServers(google, read, examination, answers))]
}
