import { createHash, createPublicKey, verify } from 'node:crypto'
import { countTags } from '../floor.ts'
import type { Input } from '../input/input.ts'
import { pemOf } from '../input/pem.ts'
import type { Validator } from '../validator.ts'

/** The floor without WebCrypto, whose every call goes through a pool of threads in Node. */
export function createSyncFloor({ message, certificate, signed }: Input): Validator {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const key = createPublicKey({ key: pemOf(certificate), format: 'pem' })
  const good = createHash('sha256').update(message.xml).digest()
  const tags = countTags(message.xml)
  return {
    name: 'floor, node:crypto',
    async validate({ base64 }) {
      const bytes = Buffer.from(base64, 'base64')
      const scanned = countTags(decoder.decode(bytes)) === tags
      const digest = createHash('sha256').update(bytes).digest()
      return scanned && digest.equals(good) && verify('sha256', signed.data, key, signed.signature)
    },
  }
}
