import { type Bytes, fromBase64 } from '../encoding.ts'
import { bitString, der, integer, objectIdentifier, readDer, sequence, time, utf8String } from './der.ts'

/** What a self-signed certificate says. */
export interface CertificateContent {
  readonly commonName: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array
}

/** How a certificate is signed: the AlgorithmIdentifier in DER, and the act. */
export interface CertificateSigner {
  readonly algorithm: Uint8Array
  sign(bytes: Bytes): Promise<Uint8Array>
}

/** A self-signed certificate of version 1, in DER. RFC 5280 section 4.1. */
export async function selfSigned(content: CertificateContent, signer: CertificateSigner): Promise<Bytes> {
  const name = sequence(der(0x31, sequence(objectIdentifier('2.5.4.3'), utf8String(content.commonName))))
  const validity = sequence(time(content.notBefore), time(content.notAfter))
  const serial = integer(Uint8Array.of(1))
  const toBeSigned = sequence(serial, signer.algorithm, name, validity, name, content.spki)
  return sequence(toBeSigned, signer.algorithm, bitString(await signer.sign(toBeSigned)))
}

/**
 * The SubjectPublicKeyInfo of a certificate in base64. Nothing else of it is looked at: keys are pinned.
 *
 * @throws Error when it is no certificate.
 */
export function spkiOfCertificate(certificate: string): Bytes {
  const [whole] = readDer(fromBase64(certificate))
  const [toBeSigned] = readDer(whole?.content ?? new Uint8Array())
  // Version 3 begins with an explicit [0] for the version; version 1 has none.
  const fields = readDer(toBeSigned?.content ?? new Uint8Array()).filter(({ tag }) => tag !== 0xa0)
  const spki = fields[5]
  if (spki === undefined) throw new Error('this is no certificate')
  return new Uint8Array(spki.whole)
}
