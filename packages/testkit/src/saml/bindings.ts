import type { SignatureMethod } from './crypto/algorithms.ts'
import { methodByUri } from './crypto/algorithms.ts'
import type { SamlKey } from './crypto/keys.ts'
import { type Bytes, base64, fromBase64, fromUtf8, utf8 } from './encoding.ts'

/** The parameter that carries a message. saml-bindings sections 3.4.3 and 3.5.3. */
export type MessageParameter = 'SAMLRequest' | 'SAMLResponse'

/** DEFLATE without a header. RFC 1951. */
export function deflate(bytes: Bytes): Promise<Bytes> {
  return through(bytes, new CompressionStream('deflate-raw'))
}

/** @throws when the bytes are not DEFLATE. */
export function inflate(bytes: Bytes): Promise<Bytes> {
  return through(bytes, new DecompressionStream('deflate-raw'))
}

async function through(bytes: Bytes, stream: CompressionStream | DecompressionStream): Promise<Bytes> {
  const body = new Response(bytes).body
  if (body === null) return bytes
  return new Uint8Array(await new Response(body.pipeThrough(stream)).arrayBuffer())
}

export interface RedirectMessage {
  readonly parameter: MessageParameter
  readonly xml: string
  readonly relayState?: string | undefined
  /** Who signs, if anybody does. */
  readonly signer?: { readonly key: SamlKey; readonly method: SignatureMethod } | undefined
}

/** An address that carries a message. saml-bindings section 3.4.4. */
export async function redirectUrl(location: string, message: RedirectMessage): Promise<URL> {
  const pairs: [string, string][] = [[message.parameter, base64(await deflate(utf8(message.xml)))]]
  if (message.relayState !== undefined) pairs.push(['RelayState', message.relayState])
  if (message.signer !== undefined) pairs.push(['SigAlg', message.signer.method.uri])
  let query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  if (message.signer !== undefined) {
    const { key, method } = message.signer
    query += `&Signature=${encodeURIComponent(base64(await method.sign(key, utf8(query))))}`
  }
  const url = new URL(location)
  url.search = url.search === '' ? query : `${url.search}&${query}`
  return url
}

/**
 * Whether a query is signed by the holder of one of these certificates. The octets that were signed are those of the
 * query as it came, in the order of the specification: saml-bindings section 3.4.4.1.
 */
export async function isQuerySigned(rawQuery: string, certificates: readonly string[]): Promise<boolean> {
  const raw = new Map(
    rawQuery
      .replace(/^\?/, '')
      .split('&')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair]),
  )
  const decoded = new URLSearchParams(rawQuery)
  const method = methodByUri(decoded.get('SigAlg') ?? '')
  const signature = decoded.get('Signature')
  if (method === undefined || signature === null) return false
  const signed = ['SAMLRequest', 'SAMLResponse', 'RelayState', 'SigAlg']
    .flatMap((name) => raw.get(name) ?? [])
    .join('&')
  const verdicts = certificates.map((certificate) =>
    method.verify(certificate, fromBase64(signature), utf8(signed)).catch(() => false),
  )
  return (await Promise.all(verdicts)).includes(true)
}

/** A message as it arrived, and how. */
export interface ReceivedMessage {
  readonly parameter: MessageParameter
  readonly binding: 'redirect' | 'post'
  readonly xml: string
  readonly relayState: string | undefined
  /** Query of a GET as it came, form of a POST. */
  readonly rawQuery: string
  readonly parameters: URLSearchParams
}

/**
 * Takes a message out of a request.
 *
 * @returns undefined when there is none, or none that can be read.
 */
export async function receive(
  method: string,
  rawQuery: string,
  parameters: URLSearchParams,
): Promise<ReceivedMessage | undefined> {
  const parameter = parameters.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse'
  const encoded = parameters.get(parameter)
  if (encoded === null) return undefined
  const binding = method === 'POST' ? 'post' : 'redirect'
  try {
    const bytes = fromBase64(encoded)
    const xml = fromUtf8(binding === 'post' ? bytes : await inflate(bytes))
    return {
      parameter,
      binding,
      xml,
      relayState: parameters.get('RelayState') ?? undefined,
      rawQuery,
      parameters,
    }
  } catch {
    return undefined
  }
}
