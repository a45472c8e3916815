export { ConnectionReset } from './oidc/connection-reset.ts'
export type { LogoutStart } from './oidc/logout.ts'
export { type PersonalityName, personalities, personalityNames } from './oidc/personalities/index.ts'
export {
  type LogoutPersonality,
  type LogoutPersonalityName,
  logoutPersonalities,
  logoutPersonalityNames,
} from './oidc/personalities/logout.ts'
export type {
  BackChannelEndpoint,
  IdTokenClaims,
  IdTokenStep,
  LoginStep,
  Personality,
  PersonalityHooks,
  ResponseStep,
  Tolerance,
} from './oidc/personalities/personality.ts'
export type { TransportFault, TransportPersonalityName } from './oidc/personalities/transport.ts'
export { createOpenIdProvider } from './oidc/provider.ts'
export type { EndpointName, RecordedRequest, RequestLog } from './oidc/request-log.ts'
export type {
  Client,
  ClientAuthenticationMethod,
  OpenIdProvider,
  OpenIdProviderOptions,
  PerLogin,
  PersonalityReference,
  SigningAlgorithm,
  User,
} from './oidc/types.ts'
