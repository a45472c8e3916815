export { decodeBase64 } from '../encoding/base64.ts'
export type { Assertion, Attribute, AuthnStatement, SubjectConfirmation } from './assertion.ts'
export type { ExpectedResponse } from './expected.ts'
export { createVerificationKey, type VerificationKey } from './keys.ts'
export { fetchMetadata } from './metadata/fetch.ts'
export { type IdpMetadata, type MetadataReading, readIdpMetadata, type SkippedPart } from './metadata/idp.ts'
export type { MetadataFault } from './metadata/refused-metadata.ts'
export { type ValidatedResponse, validateResponse } from './response.ts'
export {
  createServiceProvider,
  type ServiceProvider,
  type ServiceProviderOptions,
} from './service-provider.ts'
export { inspectServiceProviderKeys } from './sp-key-inspection.ts'
export {
  adoptServiceProviderKey,
  generateServiceProviderKeys,
  rotateServiceProviderKeys,
} from './sp-key-set.ts'
export { type KeyPair, parseServiceProviderKeys, type ServiceProviderKeys } from './sp-keys.ts'
