/** Google's one issuer ([Google, OpenID Connect](https://developers.google.com/identity/openid-connect/openid-connect)). */
export const GOOGLE_ISSUER = 'https://accounts.google.com'
