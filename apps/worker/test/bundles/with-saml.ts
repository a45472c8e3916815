export { createServiceProvider, parseServiceProviderKeys } from '@doorward/core/saml'
export { doorward } from '@doorward/hono'

/** The same with SAML. */
export default {}
