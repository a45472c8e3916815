import { allowInsecureRequests, customFetch } from 'oauth4webapi'
import type { BackChannel } from '../back-channel/back-channel.ts'

/**
 * The back channel in the form that the OAuth library takes. Its own rule about https is off because ours, which
 * knows about loopback, stands in front of every call.
 */
export function libraryOptions(backChannel: BackChannel): {
  [customFetch]: (url: string, init: object) => Promise<Response>
  [allowInsecureRequests]: true
} {
  return { [customFetch]: (url, init) => backChannel.fetch(url, init), [allowInsecureRequests]: true }
}
