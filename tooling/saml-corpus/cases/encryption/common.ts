import { clone, first, type SamlHooks, writeXml, type XmlElement } from '@doorward/testkit/saml'
import {
  type EncryptionDetails,
  encryptedData,
  keyMethod,
  oaepDigest,
  putEncrypted,
} from '../../encrypting.ts'
import { accepted, type PlannedCase, type Refusal, refused } from '../../planned-case.ts'

/** XML Encryption 1.0. */
export const XENC = 'http://www.w3.org/2001/04/xmlenc#'

/** XML Encryption 1.1. */
export const XENC11 = 'http://www.w3.org/2009/xmlenc11#'

/** XML Signature. */
export const DS = 'http://www.w3.org/2000/09/xmldsig#'

/** Where most of it is written. */
export const xenc = 'XML Encryption 1.1 section'

/** What is said of all that can not be decrypted. */
export const undecipherable: Refusal = [
  'saml_decryption_failed',
  'what is encrypted can not be decrypted with a key of ours',
]

/** RSA-OAEP as it was first: SHA-1 for all, which most identity providers still write. */
const older = {
  hash: 'SHA-1',
  method: keyMethod(`${XENC}rsa-oaep-mgf1p`, oaepDigest(`${DS}sha1`)),
} as const

/** What is encrypted in which way. */
export interface Special extends Partial<EncryptionDetails> {
  readonly what?: 'Assertion' | 'NameID'
  /** Changes what is encrypted. */
  readonly plaintext?: (good: string) => string
  /** Changes what it is put into. */
  readonly container?: (container: XmlElement) => void
}

/** The Assertion, or the NameID, is encrypted in a way of its own, and then the Response is signed. */
function encrypting({
  what = 'Assertion',
  plaintext = (good) => good,
  container,
  ...details
}: Special): SamlHooks {
  return {
    plan: (good) => ({ ...good, sign: 'response', encrypt: 'nothing' }),
    async unsigned(root, { plan, keys }) {
      const target = first(root, what)
      const ours = plan.encryption?.certificate ?? ''
      const strangers = (await keys.get('stranger')).certificate
      const certificates = (details.certificates ?? ['ours']).map((one) =>
        one === 'ours' ? ours : one === 'stranger' ? strangers : one,
      )
      const good = writeXml({ ...clone(target), attributes: { ...target.attributes } })
      const data = await encryptedData(plaintext(good), {
        cipher: 'aes256-gcm',
        keyLength: 32,
        wrapping: older,
        ...details,
        certificates,
      })
      putEncrypted(root, target, data)
      container?.(first(root, what === 'NameID' ? 'EncryptedID' : 'EncryptedAssertion'))
      return root
    },
  }
}

/** A case in which it is encrypted in a way that is read. */
export function good(
  name: string,
  about: string,
  special: Special,
  specification: string = `${xenc} 5`,
): PlannedCase {
  return accepted(name, about, { specification, hooks: encrypting(special) })
}

/** A case in which it is not. */
export function bad(name: string, change: string, special: Special, refusal: Refusal): PlannedCase {
  return refused(name, change, {
    base:
      special.what === 'NameID'
        ? 'encrypted-name-id-in-signed-response'
        : 'encrypted-and-only-response-signed',
    specification: `${xenc} 3`,
    hooks: encrypting(special),
    refusal,
  })
}

/** How the key is handed over, by RSA-OAEP. */
export function wrappedBy(method: XmlElement, hash: 'SHA-1' | 'SHA-256' = 'SHA-1'): Special {
  return { wrapping: { hash, method } }
}
