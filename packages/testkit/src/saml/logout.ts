import { type MessageParameter, redirectUrl } from './bindings.ts'
import { digestMethods, type SignatureMethodName, signatureMethods } from './crypto/algorithms.ts'
import type { SamlKeyRing } from './crypto/key-ring.ts'
import type { SamlKey } from './crypto/keys.ts'
import { base64, utf8 } from './encoding.ts'
import { signElement } from './message/sign.ts'
import type { LogoutPersonality } from './personalities/logout.ts'
import type { LogoutMessage } from './types.ts'
import { canonicalizations } from './xml/canonical.ts'
import type { XmlElement } from './xml/tree.ts'
import { write } from './xml/write.ts'

export interface LogoutEnvelope {
  readonly parameter: MessageParameter
  readonly binding: 'redirect' | 'post'
  /** Where the message goes. */
  readonly destination: string
  readonly relayState: string | undefined
  readonly keys: SamlKeyRing
  readonly signatureMethod: SignatureMethodName
  readonly personality: LogoutPersonality
}

/**
 * Signs a logout message, in its XML or in the query, and puts it on its way. saml-profiles section 4.4.4: it must be
 * signed with both bindings.
 */
export async function logoutMessage(tree: XmlElement, envelope: LogoutEnvelope): Promise<LogoutMessage> {
  const { keys, personality, binding, parameter, relayState } = envelope
  const { hooks } = personality
  const current = await keys.get('current')
  const key = hooks.signer === undefined ? current : await hooks.signer(current, keys)
  const method = signatureMethods[envelope.signatureMethod]
  if (binding === 'post' && key !== undefined) await signElement(tree, tree, signatureStyle(key, envelope))
  const text = write(hooks.tree?.(tree) ?? tree)
  const xml = hooks.text?.(text) ?? text
  const message = { binding, parameter, id: tree.attributes['ID'] ?? '', xml }
  if (binding === 'post') {
    const parameters = new URLSearchParams({ [parameter]: base64(utf8(xml)) })
    if (relayState !== undefined) parameters.set('RelayState', relayState)
    return { ...message, url: new URL(envelope.destination), parameters }
  }
  const signer = key === undefined ? undefined : { key, method }
  const good = await redirectUrl(envelope.destination, { parameter, xml, relayState, signer })
  const url = hooks.url?.(good) ?? good
  return { ...message, url, parameters: url.searchParams }
}

function signatureStyle(
  key: SamlKey,
  { signatureMethod }: LogoutEnvelope,
): Parameters<typeof signElement>[2] {
  return {
    key,
    method: signatureMethods[signatureMethod],
    digest: digestMethods.sha256,
    canonicalization: canonicalizations.exclusive,
    inclusivePrefixes: [],
    certificates: [key.certificate],
    lines: false,
  }
}
