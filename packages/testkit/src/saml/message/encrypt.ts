import { type EncryptionStyle, encryptedData } from '../crypto/encrypt.ts'
import { utf8 } from '../encoding.ts'
import { ns } from '../names.ts'
import { element, replace, type XmlElement } from '../xml/tree.ts'
import { write } from '../xml/write.ts'

/**
 * Puts EncryptedAssertion or EncryptedID into the place of an element. saml-core sections 2.3.4 and 2.2.4.
 *
 * @param spoil - changes the text that is encrypted.
 */
export async function encryptElement(
  root: XmlElement,
  target: XmlElement,
  style: EncryptionStyle,
  spoil: (plaintext: string) => string = (plaintext) => plaintext,
): Promise<void> {
  const name = target.name === 'saml:NameID' ? 'saml:EncryptedID' : 'saml:EncryptedAssertion'
  const data = await encryptedData(utf8(spoil(write(standalone(target)))), style)
  replace(root, target, element(name, { 'xmlns:saml': ns.saml }, data))
}

/** What is decrypted is read on its own, so it has to bring its namespaces. */
function standalone(target: XmlElement): XmlElement {
  return { ...target, attributes: { 'xmlns:saml': ns.saml, ...target.attributes } }
}
