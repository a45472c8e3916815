import type { LogoutMessage, LogoutPersonality, LogoutStart } from '@doorward/testkit/saml'
import { samlEntityId, samlLogoutUrl } from '../src/config/urls.ts'
import { encodeBase64 } from '../src/encoding/base64.ts'
import type { LogoutAnswer, LogoutRequest } from '../src/login/provider-logout.ts'
import type { NameId } from '../src/ports/session-store.ts'
import type { ServiceProviderKeys } from '../src/saml/sp-keys.ts'
import { baseUrl } from './configured.ts'
import { generateKeyPair, spkiOf } from './key-pairs.ts'
import { createSamlScenario, type SamlScenario, type SamlScenarioOptions } from './saml-scenario.ts'

/** Ours; nobody changes them. */
export const ourKeys: ServiceProviderKeys = { pairs: [await generateKeyPair()] }

const acme = { id: 'acme' }

/** What the identity provider knows of us, and where its messages about logouts go. */
export const us = {
  entityId: samlEntityId(acme, baseUrl),
  acsUrls: 'any',
  singleLogoutUrl: samlLogoutUrl(acme, baseUrl),
  signingCertificates: ourKeys.pairs.map(({ certificate }) => certificate),
} as const

/** What {@link startLogout} says of the person when it is told nothing else. */
export const person: NameId = {
  value: 'user-1',
  format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameQualifier: undefined,
  spNameQualifier: undefined,
}

/** An identity provider that signs people out, and we have keys unless it is said that we have none. */
export function createLogoutScenario({
  isWithoutKeys = false,
  ...options
}: SamlScenarioOptions & { readonly isWithoutKeys?: boolean } = {}): Promise<SamlScenario> {
  const keys = isWithoutKeys ? {} : { keys: ourKeys }
  return createSamlScenario({ ...keys, ...options, idp: { serviceProviders: [us], ...options.idp } })
}

/** A way for a message to be: one change from good. */
export function changed(hooks: LogoutPersonality['hooks']): LogoutPersonality {
  return { name: 'changed', wrong: 'one thing', specification: 'none', logout: 'must-be-refused', hooks }
}

/** The identity provider's logout of somebody, on its way to us. */
export function startLogout(
  { idp }: SamlScenario,
  {
    binding,
    hooks = {},
    ...start
  }: Partial<LogoutStart> & Pick<LogoutStart, 'binding'> & { readonly hooks?: LogoutPersonality['hooks'] },
): Promise<LogoutMessage> {
  return idp.startLogout({
    serviceProvider: us.entityId,
    nameId: person.value,
    binding,
    personality: changed(hooks),
    ...start,
  })
}

/** What we make of a message that arrives. */
export function read(
  { logout, connection, clock }: SamlScenario,
  { binding, url, parameters }: Pick<LogoutMessage, 'binding' | 'url' | 'parameters'>,
): Promise<LogoutRequest | LogoutAnswer> {
  const unverified =
    binding === 'post' ? ({ binding, form: parameters } as const) : ({ binding, query: url.search } as const)
  return logout.read({ connection, baseUrl, unverified, now: clock.now() })
}

/** What a name is encrypted in for us, with AES-GCM. */
export async function encryptedId(nameId: string): Promise<string> {
  const pair = ourKeys.pairs[0]
  const contentKey = crypto.getRandomValues(new Uint8Array(32))
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const aes = await crypto.subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt'])
  const text = `<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${nameId}</saml:NameID>`
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, aes, new TextEncoder().encode(text))
  const rsa = { name: 'RSA-OAEP', hash: 'SHA-1' }
  const publicKey = await crypto.subtle.importKey('spki', spkiOf(pair), rsa, false, ['encrypt'])
  const encryptedKey = await crypto.subtle.encrypt({ name: 'RSA-OAEP' }, publicKey, contentKey)
  const value = (...bytes: readonly Uint8Array[]) =>
    `<xenc:CipherData><xenc:CipherValue>${encodeBase64(Uint8Array.from(bytes.flatMap((part) => [...part])))}</xenc:CipherValue></xenc:CipherData>`
  return `<saml:EncryptedID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"/>${value(new Uint8Array(encryptedKey))}</xenc:EncryptedKey></ds:KeyInfo>${value(iv, new Uint8Array(sealed))}</xenc:EncryptedData></saml:EncryptedID>`
}
