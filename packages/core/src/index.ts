export { parseEmailAddress } from './config/address.ts'
export { type BaseUrl, isLoopback, parseBaseUrl } from './config/base-url.ts'
export { type CompiledConfiguration, loadConfiguration } from './config/compile.ts'
export type {
  Configuration,
  Connection,
  OidcConnection,
  SamlConnection,
  SelectionMode,
  SocialConnection,
} from './config/connection.ts'
export { issuerKey } from './config/issuer.ts'
export {
  openConfiguration,
  PUSHED_CONFIGURATION_KEY,
  type PushedTo,
  sealConfiguration,
} from './config/pushed.ts'
export { callbackUrl, loginUrl, logoutUrl, samlLogoutUrl } from './config/urls.ts'
export { randomId, randomReference } from './encoding/random.ts'
export {
  createSealer,
  MAX_SEALED_CONFIGURATION_LENGTH,
  SECRET_MIN_LENGTH,
  type Sealer,
} from './encoding/seal.ts'
export { Secret } from './encoding/secret.ts'
export {
  type ConfigurationIssue,
  type ConfigurationIssueCode,
  type ErrorCode,
  type ErrorDetails,
  SsoError,
  shown,
} from './errors/index.ts'
export { type BegunLogin, beginLogin } from './login/begin.ts'
export { completeLogin, type LoginReference, type OpenedLogin, openLogin } from './login/complete.ts'
export { openHint, sealHint } from './login/hint.ts'
export {
  type LeavingSession,
  LOGOUT_REFERENCE_LIFETIME,
  openLogoutReference,
  sealLogoutReference,
} from './login/logout-reference.ts'
export type {
  ClaimedAfter,
  ClaimedBefore,
  Departure,
  Protocols,
  ServedConnection,
} from './login/protocol.ts'
export {
  type BegunLogout,
  endForProvider,
  endPresent,
  type LeavableConnection,
  type LogoutAtProvider,
  type LogoutProtocol,
  type LogoutRequest,
  type ProviderLogout,
} from './login/provider-logout.ts'
export { DEFAULT_RETURN_TO, parseReturnTo, type ReturnTo } from './login/return-to.ts'
export type { LoginServices } from './login/services.ts'
export { isTransactionId, TRANSACTION_LIFETIME } from './login/transaction.ts'
export {
  type Clock,
  createMemoryDocumentCache,
  createMemoryLedger,
  createMemoryLimiter,
  createMemorySessionStore,
  type DocumentCache,
  type EventSink,
  type Fetch,
  type Identity,
  type Ledger,
  type Limiter,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type SessionStore,
  type SsoEvent,
  sealDocuments,
  systemClock,
} from './ports/index.ts'
export { createSelector, type SelectBy, type Selector } from './selection/select.ts'
export { SESSION_LIFETIME } from './session/record.ts'
export {
  type BegunSession,
  createSessions,
  type FindOptions,
  type FoundSession,
  SESSION_FRESHNESS,
  type SessionServices,
  type Sessions,
} from './session/sessions.ts'
export { generateSigningKeys, type PublicSigningKey, rotateSigningKeys } from './session/signing-key-set.ts'
export {
  type PublishedKeySet,
  parseSigningKeys,
  type SigningKeys,
  type UnsignedToken,
} from './session/signing-keys.ts'
