import { addressOf, type Trap } from '../trap.ts'

/** JumpCloud. docs/idp/jumpcloud.md says where the facts are from. */
export const jumpcloudTraps: readonly Trap[] = [
  {
    code: 'jumpcloud_server_url',
    provider: 'jumpcloud',
    protocol: 'OIDC',
    key: 'server_url',
    message: '"server_url" is hardly how JumpCloud calls itself in ID Tokens',
    correct: (text) => {
      const address = addressOf(text)
      const [, name, region = ''] =
        /^(oauth\.id|console|sso|oauth)\.((?:eu|in)\.)?jumpcloud\.com$/.exec(address?.host ?? '') ?? []
      if (!address || name === undefined || (name === 'oauth.id' && address.path === '')) return undefined
      return { write: `https://oauth.id.${region}jumpcloud.com/` }
    },
  },
  {
    code: 'metadata_url_doubtful',
    provider: 'jumpcloud',
    protocol: 'SAML',
    key: 'metadata_url',
    message: '"metadata_url" leads to the console of JumpCloud, which is for people',
    correct: (text) => {
      const address = addressOf(text)
      return address &&
        /^console\.([a-z]+\.)?jumpcloud\.com$/.test(address.host) &&
        address.steps[0] !== 'api'
        ? 'take what "Copy Metadata URL" on the SSO tab gives, or the exported file as "idp_metadata_file"'
        : undefined
    },
  },
]
