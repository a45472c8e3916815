import { encodeBase64 } from '../encoding/base64.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { deflate } from './deflate.ts'
import { signMessage, signText } from './sign.ts'
import type { KeyPair } from './sp-keys.ts'
import { RSA_SHA256 } from './urns.ts'
import { type OutgoingElement, writeXml } from './xml/writer.ts'

/** The parameter that carries a message: it says whether somebody asks or answers. */
export type MessageParameter = 'SAMLRequest' | 'SAMLResponse'

/** A message that is written, on its way to somebody. */
interface Delivery {
  /** The address it goes to; may have a query of its own. */
  readonly location: string
  readonly message: { readonly parameter: MessageParameter; readonly xml: string }
  /** Comes back with the answer, to the letter; opaque to the other side. */
  readonly relayState: string | undefined
}

/** A form that the browser is to post. */
export interface FormPost {
  readonly kind: 'form'
  readonly action: URL
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Puts a message into a URL
 * ([SAML Bindings, section 3.4.4](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)).
 *
 * @param delivery with `keyPair`, the query is signed, and the message in it need not be
 * @throws SsoError `installation_invalid` when our key can not be used
 */
export async function redirectUrl(
  delivery: Delivery & { readonly keyPair: KeyPair | undefined },
): Promise<URL> {
  const { location, message, relayState, keyPair } = delivery
  // What is signed are these very characters, in this order.
  let query = parameter(message.parameter, encodeBase64(await deflate(encodeUtf8(message.xml))))
  if (relayState !== undefined) query += `&${parameter('RelayState', relayState)}`
  if (keyPair) {
    query += `&${parameter('SigAlg', RSA_SHA256)}`
    query += `&${parameter('Signature', await signText(query, keyPair))}`
  }
  const url = new URL(location)
  url.hash = ''
  url.search = url.search === '' ? query : `${url.search}&${query}`
  return url
}

/**
 * Puts a message into a form
 * ([SAML Bindings, section 3.5.4](https://docs.oasis-open.org/security/saml/v2.0/saml-bindings-2.0-os.pdf)). Whoever
 * wants it signed signs it before.
 */
export function postForm({ location, message, relayState }: Delivery): FormPost {
  const fields = { [message.parameter]: encodeBase64(encodeUtf8(message.xml)) }
  return {
    kind: 'form',
    action: new URL(location),
    fields: relayState === undefined ? fields : { ...fields, RelayState: relayState },
  }
}

/**
 * Sends a message of ours by the binding that the other side wants, signed in the way of that binding.
 *
 * @param sending without `keyPair` it goes unsigned
 * @returns what the browser is to do
 * @throws SsoError `installation_invalid` when our key can not be used
 */
export async function sendMessage(sending: {
  readonly binding: 'redirect' | 'post'
  readonly location: string
  readonly parameter: MessageParameter
  readonly message: OutgoingElement
  readonly relayState: string | undefined
  readonly keyPair: KeyPair | undefined
}): Promise<FormPost | { readonly kind: 'redirect'; readonly url: URL }> {
  const { binding, location, parameter, message, relayState, keyPair } = sending
  const isSignedInside = binding === 'post' && keyPair !== undefined
  const xml = isSignedInside ? await signMessage(message, keyPair) : writeXml(message)
  const delivery = { location, message: { parameter, xml }, relayState }
  return binding === 'post'
    ? postForm(delivery)
    : { kind: 'redirect', url: await redirectUrl({ ...delivery, keyPair }) }
}

/** Encodes more than it must, so that no URL parser finds anything left to encode: that would break the signature. */
function parameter(name: string, value: string): string {
  const encoded = encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${name}=${encoded}`
}
