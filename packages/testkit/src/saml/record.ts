import type { WritableLog } from '../request-log.ts'
import { isQuerySigned, type ReceivedMessage, receive } from './bindings.ts'
import type { ProviderState } from './state.ts'
import type { RecordedSamlRequest, SamlEndpointName } from './types.ts'
import { rootName, scan, scanText } from './xml/scan.ts'
import { isEnvelopedSigned } from './xml/verify-text.ts'

/** Reads a request, looks at its signature, and writes it into the log. */
export async function recordRequest(state: ProviderState, request: Request): Promise<RecordedSamlRequest> {
  const url = new URL(request.url)
  const rawQuery = request.method === 'POST' ? await request.text() : url.search
  const parameters = new URLSearchParams(rawQuery)
  const message = await receive(request.method, rawQuery, parameters)
  const recorded: RecordedSamlRequest = {
    endpoint: endpointOf(state, url),
    method: request.method,
    url,
    headers: new Headers(request.headers),
    parameters,
    message,
    signature: message === undefined ? 'absent' : await signatureOf(state, message),
  }
  const log = state.provider.requests as WritableLog<RecordedSamlRequest>
  log.add(recorded)
  return recorded
}

function endpointOf({ provider }: ProviderState, { pathname }: URL): SamlEndpointName {
  const paths: Record<string, SamlEndpointName> = {
    [new URL(provider.metadataUrl).pathname]: 'metadata',
    [new URL(provider.singleSignOnUrl).pathname]: 'sso',
    [new URL(provider.singleLogoutUrl).pathname]: 'slo',
  }
  return paths[pathname] ?? 'unknown'
}

async function signatureOf(
  { provider }: ProviderState,
  message: ReceivedMessage,
): Promise<RecordedSamlRequest['signature']> {
  const { binding, xml, parameters, rawQuery } = message
  const inXml = scan(xml, 'Signature').length > 0
  if (binding === 'redirect' ? !parameters.has('Signature') : !inXml) return 'absent'
  const known = provider.serviceProviders === 'any' ? [] : provider.serviceProviders
  const sender = scanText(xml, 'Issuer')
  const certificates = known.find(({ entityId }) => entityId === sender)?.signingCertificates ?? []
  if (certificates.length === 0 || rootName(xml) === undefined) return 'unchecked'
  const valid =
    binding === 'redirect'
      ? await isQuerySigned(rawQuery, certificates)
      : await isEnvelopedSigned(xml, certificates)
  return valid ? 'valid' : 'invalid'
}
