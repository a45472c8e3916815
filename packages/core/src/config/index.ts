export { type Certificate, readCertificates } from '../encoding/certificate.ts'
export { type EmailAddress, parseEmailAddress } from './address.ts'
export { type BaseUrl, isLoopback, parseBaseUrl } from './base-url.ts'
export { type CompiledConfiguration, loadConfiguration, secretVariables } from './compile.ts'
export type {
  Configuration,
  ConfiguredConnection,
  Connection,
  ConnectionSummary,
  OidcConnection,
  SamlConnection,
  SelectionMode,
  SocialConnection,
} from './connection.ts'
export { type ReadEnvironment, readEnvironment, type VariableProblem } from './environment/read.ts'
export { configurationSchema } from './format/file.ts'
export { type KnownKey, knownKeys } from './format/keys.ts'
export { nearest } from './nearest.ts'
export { type ParsedConfiguration, type ParseOptions, parseConfiguration } from './parse.ts'
export {
  alsoKnownAs,
  CUSTOM,
  type Preset,
  type PresetParameter,
  parameterForm,
  presetParameters,
  presets,
} from './presets.ts'
export { privateKeyProblem } from './private-key.ts'
export { PUSHED_CONFIGURATION_KEY, sealConfiguration } from './pushed.ts'
export type { MetadataExamination } from './rules/entry.ts'
export { refuseKey } from './rules/saml.ts'
export { encryptionHabitOf } from './rules/traps/encryption.ts'
export { callbackUrl, type Registration, registrationsOf } from './urls.ts'
