import type { Input } from './input/input.ts'
import type { Validator } from './validator.ts'

/** RSA PKCS#1, as the keys of the inputs are. */
const RSA = 'RSASSA-PKCS1-v1_5'

/**
 * The least there is to do, by WebCrypto: base64, UTF-8, one scan for `<`, SHA-256 of all the bytes, one RSA
 * verification. Nothing is understood; what is altered is seen because the bytes have another digest.
 */
export async function createFloor({ message, signed, keys }: Input): Promise<Validator> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const { data, signature } = signed
  const good = new Uint8Array(await crypto.subtle.digest('SHA-256', decodeBase64(message.base64)))
  const tags = countTags(message.xml)
  return {
    name: 'floor',
    async validate({ base64 }) {
      const bytes = decodeBase64(base64)
      const digesting = crypto.subtle.digest('SHA-256', bytes)
      const verifying = crypto.subtle.verify(RSA, keys.publicKey, signature, data)
      const scanned = countTags(decoder.decode(bytes)) === tags
      const [digest, verified] = await Promise.all([digesting, verifying])
      return verified && scanned && isEqual(new Uint8Array(digest), good)
    },
  }
}

/** What not every runtime has yet. */
const { fromBase64 } = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }

/** The fastest there is here. */
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return fromBase64 ? fromBase64.call(Uint8Array, text) : Buffer.from(text, 'base64')
}

export function countTags(text: string): number {
  let count = 0
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at + 1)) count++
  return count
}

function isEqual(bytes: Uint8Array, others: Uint8Array): boolean {
  return bytes.length === others.length && bytes.every((byte, index) => byte === others[index])
}
