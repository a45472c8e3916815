import type { Contestant } from '../bench.ts'

/** What is to be verified: bytes and their signature, decoded beforehand. */
interface Signed {
  readonly name: string
  /** Which of the bench's inputs it is, where there are several. */
  readonly input?: string
  readonly algorithm: { readonly name: string; readonly hash?: string }
  readonly key: CryptoKey
  /** A JSON Web Token in its compact form. */
  readonly token: string
}

/** The least there is to do: one signature, verified with an imported key. No decoding, no claims, no expiry. */
export function createFloor({ name, input, algorithm, key, token }: Signed): Contestant {
  const end = token.lastIndexOf('.')
  const data = new TextEncoder().encode(token.slice(0, end))
  const signature = decode(token.slice(end + 1))
  const altered = Uint8Array.from(data, (byte, index) => (index === 0 ? byte ^ 1 : byte))
  return {
    name,
    ...(input === undefined ? {} : { input }),
    async prove() {
      if (!(await crypto.subtle.verify(algorithm, key, signature, data))) {
        throw new Error(`${name}: the good signature is not accepted`)
      }
      if (await crypto.subtle.verify(algorithm, key, signature, altered)) {
        throw new Error(`${name}: altered bytes are accepted`)
      }
    },
    run: () => crypto.subtle.verify(algorithm, key, signature, data),
  }
}

function decode(base64Url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64Url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
