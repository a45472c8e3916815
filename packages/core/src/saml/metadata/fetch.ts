import type { BackChannel } from '../../back-channel/back-channel.ts'
import type { Bytes } from '../../encoding/bytes.ts'
import { METADATA_LIMITS } from '../xml/limits.ts'

/** The first is what they should send, the others what they do. */
const ACCEPT = 'application/samlmetadata+xml, application/xml, text/xml, */*;q=0.1'

/**
 * Fetches metadata: 4 MiB at most, for some describe a federation.
 *
 * @throws SsoError one of the provider codes
 */
export function fetchMetadata(url: string, backChannel: BackChannel): Promise<Bytes> {
  return backChannel.getBytes(url, { accept: ACCEPT, sizeLimit: METADATA_LIMITS.bytes })
}
