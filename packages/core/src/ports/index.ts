export { type Clock, systemClock } from './clock.ts'
export type { DocumentCache } from './document-cache.ts'
export type { EventSink, SsoEvent } from './events.ts'
export type { Fetch } from './fetch.ts'
export { type ClaimKeys, checkClaim, type Ledger, MAX_CLAIM_LIFETIME } from './ledger.ts'
export type { Limiter } from './limiter.ts'
export { createMemoryDocumentCache } from './memory/document-cache.ts'
export { createMemoryLedger } from './memory/ledger.ts'
export { createMemoryLimiter } from './memory/limiter.ts'
export { createMemorySessionStore } from './memory/session-store.ts'
export { PURGE_INTERVAL, type Purgeable } from './purgeable.ts'
export { sealDocuments } from './sealed-documents.ts'
export {
  emailKey,
  groupsOf,
  type Identity,
  type NameId,
  nameIdKey,
  nameIdOf,
  nameOf,
  type ProviderSession,
  SESSION_PAGE,
  type SessionGroup,
  type SessionKey,
  type SessionRecord,
  type SessionStore,
  sidOf,
  TOMBSTONE_LIFETIME,
  TOUCH_INTERVAL,
} from './session-store.ts'
