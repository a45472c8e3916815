export { doorward } from '@doorward/hono'

/** A worker without SAML. Not to be run: `tooling/test/sizes.ts` measures it. */
export default {}
