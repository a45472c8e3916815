export type { AuthnRequest } from './authn-request.ts'
export type { MessageParameter, ReceivedMessage } from './bindings.ts'
export type { DigestMethodName, SignatureMethodName } from './crypto/algorithms.ts'
export type { ContentCipher, EncryptionStyle, KeyTransport } from './crypto/encrypt.ts'
export { createSamlKeyRing, type KeyName, type SamlKeyRing, type SavedKeys } from './crypto/key-ring.ts'
export { generateSamlKey, type KeyType, type SamlKey } from './crypto/keys.ts'
export {
  type BuildOptions,
  type BuiltResponse,
  buildResponse,
  type ProtectionOptions,
} from './message/build.ts'
export { defaultSamlUser, type LoginFacts, type SamlAttribute, type SamlUser } from './message/content.ts'
export {
  type SamlPersonality,
  type SamlPersonalityName,
  samlPersonalities,
  samlPersonalityNames,
} from './personalities/index.ts'
export {
  type LogoutPersonality,
  type LogoutPersonalityName,
  logoutPersonalities,
} from './personalities/logout.ts'
export {
  type MetadataPersonality,
  type MetadataPersonalityName,
  metadataPersonalities,
} from './personalities/metadata.ts'
export type { SamlHooks } from './personalities/personality.ts'
export { createSamlIdentityProvider } from './provider.ts'
export {
  type LogoutMessage,
  type LogoutStart,
  type PerRequest,
  type RecordedSamlRequest,
  type SamlEndpointName,
  type SamlIdentityProvider,
  type SamlIdentityProviderOptions,
  type SamlPersonalityReference,
  SamlRequestRefused,
  type SamlServiceProvider,
  type UnsolicitedLogin,
} from './types.ts'
export type { CanonicalizationName } from './xml/canonical.ts'
export {
  all,
  clone,
  element,
  first,
  insertAfter,
  insertBefore,
  isElement,
  replace,
  type XmlElement,
  type XmlNode,
} from './xml/tree.ts'
export { write as writeXml } from './xml/write.ts'
