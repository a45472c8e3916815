export { socialLogoutUrl } from './logout.ts'
export { createSocialProtocol, type SocialServices } from './social-protocol.ts'
