import { encodeBase64Url } from './base64url.ts'
import { encodeUtf8 } from './bytes.ts'

/** The SHA-256 of `text`, as base64url. */
export async function sha256(text: string): Promise<string> {
  return encodeBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', encodeUtf8(text))))
}
