import { formPost, page } from '../html.ts'
import { randomId } from './encoding.ts'
import { logoutMessage } from './logout.ts'
import { logoutRequestTree, logoutResponseTree } from './message/logout.ts'
import { nameIdFormat, statusCode } from './names.ts'
import { type LogoutPersonality, logoutPersonalities } from './personalities/logout.ts'
import { type ProviderState, providerFor } from './state.ts'
import {
  type LogoutMessage,
  type LogoutStart,
  type RecordedSamlRequest,
  SamlRequestRefused,
} from './types.ts'
import { rootName, scanAttribute, scanText } from './xml/scan.ts'

const minute = 60_000

/**
 * Makes a LogoutRequest. saml-profiles section 4.4.3.3.
 *
 * @throws SamlRequestRefused when the service provider is not known, or where its logout is.
 */
export function startLogout(state: ProviderState, logout: LogoutStart): Promise<LogoutMessage> {
  const personality = personalityOf(logout.personality ?? 'good')
  const destination = singleLogoutUrl(state, logout.serviceProvider)
  const now = state.now()
  const good = {
    id: randomId(),
    issuer: state.provider.entityId,
    destination,
    issueInstant: now,
    notOnOrAfter: now + 5 * minute,
    nameId: { value: logout.nameId, format: logout.nameIdFormat ?? nameIdFormat.persistent },
    sessionIndexes: logout.sessionIndexes ?? [],
  }
  return logoutMessage(logoutRequestTree(personality.hooks.request?.(good) ?? good), {
    ...envelope(state, personality),
    parameter: 'SAMLRequest',
    binding: logout.binding,
    destination,
    relayState: logout.relayState,
  })
}

/**
 * Answers what comes to the single logout endpoint: a LogoutRequest by a LogoutResponse with the same binding, a
 * LogoutResponse by a page. saml-profiles section 4.4.3.
 */
export async function answerLogout(
  state: ProviderState,
  { message }: RecordedSamlRequest,
): Promise<Response> {
  const root = message && rootName(message.xml)
  if (message === undefined || (root !== 'LogoutRequest' && root !== 'LogoutResponse'))
    throw new SamlRequestRefused('there is no logout message that can be read')
  if (root === 'LogoutResponse') return page('Signed out', '<p>You are signed out.</p>')
  const { xml, binding, relayState } = message
  const personality = personalityOf(state.provider.logoutPersonality)
  const destination = singleLogoutUrl(state, scanText(xml, 'Issuer') ?? '')
  const good = {
    id: randomId(),
    issuer: state.provider.entityId,
    destination,
    inResponseTo: scanAttribute(xml, 'LogoutRequest', 'ID'),
    issueInstant: state.now(),
    status: [statusCode.success],
  }
  const answer = await logoutMessage(logoutResponseTree(personality.hooks.response?.(good) ?? good), {
    ...envelope(state, personality),
    parameter: 'SAMLResponse',
    binding,
    destination,
    relayState,
  })
  if (binding === 'post') return formPost(answer.url.href, answer.parameters)
  return new Response(null, { status: 302, headers: { location: answer.url.href } })
}

function envelope(
  { keys, options }: ProviderState,
  personality: LogoutPersonality,
): Pick<Parameters<typeof logoutMessage>[1], 'keys' | 'signatureMethod' | 'personality'> {
  return { keys, personality, signatureMethod: options.signatureMethod ?? 'rsa-sha256' }
}

function personalityOf(reference: keyof typeof logoutPersonalities | LogoutPersonality): LogoutPersonality {
  return typeof reference === 'string' ? logoutPersonalities[reference] : reference
}

function singleLogoutUrl(state: ProviderState, entityId: string): string {
  const { singleLogoutUrl: url } = providerFor(state, entityId)
  if (url === undefined) throw new SamlRequestRefused('the service provider has no single logout')
  return url
}
