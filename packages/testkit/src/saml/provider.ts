import { escapeHtml, formPost, page } from '../html.ts'
import { createLog } from '../request-log.ts'
import { type AuthnRequest, readAuthnRequest } from './authn-request.ts'
import { keyTypeFor } from './crypto/algorithms.ts'
import { createSamlKeyRing } from './crypto/key-ring.ts'
import { type BuiltResponse, buildResponse } from './message/build.ts'
import { defaultSamlUser } from './message/content.ts'
import { metadataResponse } from './metadata-endpoint.ts'
import { recordRequest } from './record.ts'
import { answerLogout, startLogout } from './single-logout.ts'
import { type ProviderState, personalityOf, providerFor, publishedCertificates, resolve } from './state.ts'
import {
  type RecordedSamlRequest,
  type SamlIdentityProvider,
  type SamlIdentityProviderOptions,
  SamlRequestRefused,
  type UnsolicitedLogin,
} from './types.ts'

/**
 * Makes a SAML identity provider for Web Browser SSO and single logout: good, or spoilt in one named way.
 * saml-profiles sections 4.1 and 4.4.
 *
 * @returns the provider, once its signing key is there.
 */
export async function createSamlIdentityProvider(
  options: SamlIdentityProviderOptions,
): Promise<SamlIdentityProvider> {
  const { baseUrl } = options
  const keys = createSamlKeyRing(keyTypeFor(options.signatureMethod ?? 'rsa-sha256'), options.savedKeys)
  await keys.get('current')
  const provider: SamlIdentityProvider = {
    entityId: options.entityId ?? `${baseUrl}/metadata`,
    metadataUrl: `${baseUrl}/metadata`,
    singleSignOnUrl: `${baseUrl}/sso`,
    singleLogoutUrl: `${baseUrl}/slo`,
    requests: createLog<RecordedSamlRequest>(),
    serviceProviders: options.serviceProviders ?? 'any',
    user: options.user ?? defaultSamlUser,
    personality: options.personality ?? 'good',
    metadataPersonality: options.metadataPersonality ?? 'good',
    logoutPersonality: 'good',
    fetch: (request) => answerHttp(state, request),
    answer: async (request) => answerRequest(state, await recordRequest(state, request)),
    unsolicited: (login) => respond(state, unsolicited(login)),
    startLogout: (logout) => startLogout(state, logout),
    certificates: () => publishedCertificates(state),
    rotateKeys: () => keys.rotate(),
  }
  const state: ProviderState = { provider, options, keys, now: options.now ?? Date.now }
  return provider
}

async function answerHttp(state: ProviderState, request: Request): Promise<Response> {
  const recorded = await recordRequest(state, request)
  const response = await route(state, recorded).catch((error: unknown) => {
    if (!(error instanceof SamlRequestRefused)) throw error
    return page('Bad request', `<p>${escapeHtml(error.message)}</p>`, 400)
  })
  recorded.status = response.status
  return response
}

async function route(state: ProviderState, recorded: RecordedSamlRequest): Promise<Response> {
  if (recorded.endpoint === 'unknown') return page('Not found', '<p>There is nothing here.</p>', 404)
  if (recorded.endpoint === 'metadata') return metadataResponse(state)
  if (recorded.method !== 'GET' && recorded.method !== 'POST')
    return page('Use GET or POST', '<p>Use GET or POST.</p>', 405)
  if (recorded.endpoint === 'slo') return answerLogout(state, recorded)
  const { acsUrl, parameters } = await answerRequest(state, recorded)
  return formPost(acsUrl, parameters)
}

async function answerRequest(state: ProviderState, recorded: RecordedSamlRequest): Promise<BuiltResponse> {
  const request = recorded.message && readAuthnRequest(recorded.message)
  if (request === undefined) throw new SamlRequestRefused('there is no AuthnRequest that can be read')
  if (state.options.wantsSignedRequests === true && recorded.signature !== 'valid')
    throw new SamlRequestRefused(`the request has to be signed, and its signature is ${recorded.signature}`)
  return respond(state, request)
}

function respond(state: ProviderState, request: AuthnRequest): Promise<BuiltResponse> {
  const { provider, options, keys } = state
  const serviceProvider = providerFor(state, request.issuer)
  const { encryptionCertificate } = serviceProvider
  const acsUrl = assertionConsumer(serviceProvider.acsUrls, request.acsUrl)
  const facts = {
    issuer: provider.entityId,
    audience: request.issuer,
    acsUrl,
    inResponseTo: request.id === '' ? undefined : request.id,
    now: state.now(),
    user: resolve(provider.user, request),
  }
  const encryption = encryptionCertificate && {
    cipher: options.cipher ?? 'aes256-gcm',
    keyTransport: options.keyTransport ?? 'rsa-oaep-mgf1p',
    certificate: encryptionCertificate,
  }
  return buildResponse(facts, personalityOf(state, request), {
    ...options,
    keys,
    relayState: request.relayState,
    ...(encryption ? { encryption } : {}),
  })
}

function assertionConsumer(registered: readonly string[] | 'any', asked: string | undefined): string {
  const acsUrl = asked ?? (registered === 'any' ? undefined : registered[0])
  if (acsUrl === undefined || (registered !== 'any' && !registered.includes(acsUrl)))
    throw new SamlRequestRefused('the AssertionConsumerServiceURL is not registered')
  return acsUrl
}

function unsolicited({ serviceProvider, acsUrl, relayState }: UnsolicitedLogin): AuthnRequest {
  return {
    id: '',
    issuer: serviceProvider,
    acsUrl,
    destination: undefined,
    forceAuthn: false,
    nameIdFormat: undefined,
    authnContext: undefined,
    relayState,
    binding: 'post',
    xml: '',
    parameters: new URLSearchParams(),
  }
}
