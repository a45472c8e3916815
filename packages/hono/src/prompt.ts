import { SsoError } from '@doorward/core'

/**
 * Reads `prompt`, in OpenID Connect's words: `login` asks the identity provider to sign the person in anew. Nothing
 * else can be asked for.
 *
 * @throws SsoError `request_invalid` for any other value
 */
export function readPrompt(value: string | undefined): 'login' | undefined {
  if (value === undefined || value === 'login') return value
  throw new SsoError('request_invalid', 'the only prompt that can be asked for is login')
}
