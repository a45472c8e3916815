export { createOidcProtocol, type OidcServices } from './oidc-protocol.ts'
