import { addressOf, type Trap } from '../trap.ts'

/** GitHub, a social account. docs/idp/github.md says where the facts are from. */
export const githubTraps: readonly Trap[] = [
  {
    code: 'github_client_id',
    provider: 'github',
    key: 'client_id',
    message: '"client_id" looks like the "App ID"',
    correct: (text) => (/^[0-9]+$/.test(text) ? 'take the "Client ID"; it begins with Ov or Iv' : undefined),
  },
  {
    code: 'github_client_secret',
    provider: 'github',
    key: 'client_secret',
    message: '"client_secret" looks like a token or a private key, not the secret of an app',
    correct: (text) =>
      /^(gh[a-z]_|github_pat_|-----BEGIN)/.test(text)
        ? 'take what "Generate a new client secret" shows, and revoke the other if it was shown to others'
        : undefined,
  },
  {
    code: 'github_server_url',
    provider: 'github',
    key: 'server_url',
    message: '"server_url" is not where a GitHub is: that has no path, and is not its API',
    correct: (text) => {
      const address = addressOf(/^https?:\/\//i.test(text) ? text : `https://${text}`)
      if (!address || (address.path === '' && !/^(api|www)\./.test(address.host))) return undefined
      return { write: `${address.url.protocol}//${address.host.replace(/^(api|www)\./, '')}` }
    },
  },
]
