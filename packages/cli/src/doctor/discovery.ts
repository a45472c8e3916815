import { SsoError } from '@doorward/core'
import { type BaseUrl, isLoopback } from '@doorward/core/config'
import { shown } from '@doorward/core/errors'
import { type DescribedProvider, discover, type ProviderMetadata } from '@doorward/core/oidc'
import { type Answer, type Examination, watch } from './examination.ts'
import { about, type Finding } from './finding.ts'
import { explainTrouble, hostOf } from './trouble.ts'

/** What came of reading a provider's discovery document. */
export interface Discovered {
  readonly findings: readonly Finding[]
  /** Whatever it says, if it came. */
  readonly document: Readonly<Record<string, unknown>> | undefined
  /** What a login takes from it; undefined when no login would get so far. */
  readonly metadata: ProviderMetadata | undefined
}

/**
 * Has the login's own code read the discovery document, and says what it found.
 *
 * @param setting the key of the configuration that says where the document is
 */
export async function checkDiscovery(
  provider: DescribedProvider,
  setting: string,
  examination: Examination,
  answers: Answer[],
): Promise<Discovered> {
  const watched = watch(examination, answers)
  let metadata: ProviderMetadata | undefined
  let trouble: SsoError | undefined
  try {
    metadata = await discover(provider, examination.baseUrl, watched.channel)
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    trouble = error
  }
  const document = watched.document()
  const discovery = about('discovery', 'discovery')
  if (document === undefined) {
    const url = `${provider.serverUrl}/.well-known/openid-configuration`
    const asked = { url, setting, wanted: 'the discovery document' }
    const found = trouble
      ? explainTrouble(discovery, trouble, asked, watched.answer())
      : discovery.error('no document', `open ${url} in a browser`, 'discovery_invalid')
    return { findings: [found], document, metadata: undefined }
  }
  const answer = watched.answer()
  const milliseconds = answer ? answer.answeredAt - answer.askedAt : 0
  const findings = [
    discovery.ok(`JSON, in ${milliseconds} ms`),
    checkIssuer(document, provider, trouble),
    await checkEndpoints(document, provider, examination.baseUrl),
  ]
  return { findings, document, metadata }
}

/** What the login's own code says of the issuer. */
function checkIssuer(
  { issuer: received }: Readonly<Record<string, unknown>>,
  { configuredIssuer, serverUrl }: DescribedProvider,
  trouble: SsoError | undefined,
): Finding {
  const issuer = about('issuer', 'issuer')
  if (trouble?.code === 'discovery_invalid' && trouble.details['attribute'] === 'issuer') {
    return issuer.error(
      'the document does not say who it is from',
      'is it an OpenID Provider, and not plain OAuth; look at its documentation for "discovery"',
      trouble.code,
    )
  }
  if (trouble?.code !== 'discovery_issuer_mismatch') return issuer.ok(shown(received))
  const [key, configured] =
    configuredIssuer === undefined ? ['server_url', serverUrl] : ['issuer', configuredIssuer]
  return issuer.error(
    `the document is from ${shown(received)}, and "${key}" says ${configured}`,
    `if that is the provider you mean, write "${key}: ${shown(received)}"; if not, mend the provider's public address`,
    trouble.code,
  )
}

/** What the login's own code says of the addresses, whoever the document is from. */
async function checkEndpoints(
  document: Readonly<Record<string, unknown>>,
  provider: DescribedProvider,
  baseUrl: BaseUrl,
): Promise<Finding> {
  const found = about('endpoints', 'endpoints')
  const itself = typeof document['issuer'] === 'string' ? document['issuer'] : provider.serverUrl
  try {
    const channel = { getJson: async () => ({ ...document, issuer: itself }) }
    return judgeEndpoints(
      await discover({ ...provider, configuredIssuer: itself }, baseUrl, channel),
      baseUrl,
    )
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    const attribute = shown(error.details['attribute'])
    return error.code === 'provider_url_refused'
      ? found.error(
          `"${attribute}" is at ${shown(error.details['host'])} without https`,
          'mend the public address in the settings of the provider, or of the proxy in front of it',
          error.code,
        )
      : found.error(
          `"${attribute}" is missing or no address`,
          'is it an OpenID Provider, and not plain OAuth; if it is, the key of this name can say it in its place',
          error.code,
        )
  }
}

/** Whether addresses can be where they say: the one for people above all. */
export function judgeEndpoints(metadata: ProviderMetadata, baseUrl: BaseUrl): Finding {
  const endpoints = about('endpoints', 'endpoints')
  const { authorization_endpoint: authorization } = metadata
  // There need not be one in the implicit flow.
  const token = metadata.token_endpoint || authorization
  const hidden = [authorization, token].find((url) => isInternal(url, baseUrl))
  if (hidden !== undefined) {
    return endpoints.warning(
      `${hostOf(hidden)} is a name that only its own network knows`,
      'mend the public address in the settings of the provider (Keycloak: KC_HOSTNAME): people and Doorward have to reach it',
      'internal_host',
    )
  }
  return endpoints.ok(
    hostOf(authorization) === hostOf(token)
      ? `at ${hostOf(authorization)}`
      : `authorization at ${hostOf(authorization)}, token at ${hostOf(token)}`,
  )
}

function isInternal(url: string, baseUrl: BaseUrl): boolean {
  const hostname = URL.parse(url)?.hostname ?? ''
  const isNumber = hostname.startsWith('[') || /^[\d.]+$/.test(hostname)
  if (isLoopback(hostname)) return !isLoopback(new URL(baseUrl).hostname)
  return (
    (!isNumber && !hostname.includes('.')) || /\.(local|localhost|internal|intranet|lan|svc)$/.test(hostname)
  )
}
