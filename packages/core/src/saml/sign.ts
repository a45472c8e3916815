import { encodeBase64 } from '../encoding/base64.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import type { KeyPair } from './sp-keys.ts'
import { ENVELOPED_SIGNATURE, EXCLUSIVE_C14N, RSA_SHA256, SHA256 } from './urns.ts'
import { element, type OutgoingElement, writeXml } from './xml/writer.ts'

/**
 * Signs a message of ours and writes it. The signature stands behind the Issuer, covers the whole message and is made
 * as [SAML Core, section 5.4](https://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf) wants it: enveloped,
 * exclusive canonicalisation, RSA-SHA256. The certificate goes along as a hint which of our keys it was.
 *
 * @param message a message of `protocolMessage`: it has an ID, and its first child is the Issuer
 * @returns the signed message, in canonical form
 * @throws SsoError `installation_invalid` when our key can not be used
 */
export async function signMessage(message: OutgoingElement, keyPair: KeyPair): Promise<string> {
  const [issuer, ...others] = message.children
  const { ID: id } = message.attributes
  if (issuer === undefined || id === undefined) throw new TypeError('a message has an ID and an Issuer')
  const digest = await crypto.subtle.digest('SHA-256', encodeUtf8(writeXml(message)))
  const signedInfo = buildSignedInfo(id, encodeBase64(new Uint8Array(digest)))
  const signature = element('ds:Signature', {}, [
    signedInfo,
    element('ds:SignatureValue', {}, [await signText(writeXml(signedInfo), keyPair)]),
    buildKeyInfo(keyPair),
  ])
  return writeXml({ ...message, children: [issuer, signature, ...others] })
}

/** @returns the signature of a text's UTF-8 with RSA-SHA256, as base64. @throws SsoError as {@link signMessage} */
export async function signText(text: string, keyPair: KeyPair): Promise<string> {
  const key = await keyPair.signingKey()
  return encodeBase64(new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, encodeUtf8(text))))
}

/** Names a key by its certificate ([XML Signature, section 4.5](https://www.w3.org/TR/xmldsig-core1/#sec-KeyInfo)). */
export function buildKeyInfo({ certificate }: KeyPair): OutgoingElement {
  return element('ds:KeyInfo', {}, [
    element('ds:X509Data', {}, [element('ds:X509Certificate', {}, [certificate])]),
  ])
}

/** What is signed ([XML Signature, section 4.4](https://www.w3.org/TR/xmldsig-core1/#sec-SignedInfo)). */
function buildSignedInfo(id: string, digest: string): OutgoingElement {
  return element('ds:SignedInfo', {}, [
    element('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE_C14N }),
    element('ds:SignatureMethod', { Algorithm: RSA_SHA256 }),
    element('ds:Reference', { URI: `#${id}` }, [
      element('ds:Transforms', {}, [
        element('ds:Transform', { Algorithm: ENVELOPED_SIGNATURE }),
        element('ds:Transform', { Algorithm: EXCLUSIVE_C14N }),
      ]),
      element('ds:DigestMethod', { Algorithm: SHA256 }),
      element('ds:DigestValue', {}, [digest]),
    ]),
  ])
}
