import { methodByUri } from '../crypto/algorithms.ts'
import { base64, fromBase64, utf8 } from '../encoding.ts'
import { rootName, scan, scanAttribute, scanText } from './scan.ts'

const hashes: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'SHA-256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'SHA-384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'SHA-512',
}

/**
 * Whether the root of a message is signed by the holder of one of these certificates. It works on the text, and so
 * only for messages that are written in exclusive canonical form; for others it says no.
 */
export async function isEnvelopedSigned(xml: string, certificates: readonly string[]): Promise<boolean> {
  const [root] = scan(xml, rootName(xml) ?? '')
  const [signature] = scan(xml, 'Signature')
  if (root === undefined || signature === undefined) return false
  if (scanAttribute(xml, 'Reference', 'URI') !== `#${root.attributes.get('ID')}`) return false
  const signed = `${xml.slice(root.start, signature.start)}${xml.slice(signature.end, root.end)}`
  return isSignedText(xml.slice(signature.start, signature.end), signed, certificates)
}

/** Whether a Signature, as text, is over a text and by the holder of one of these certificates. */
export async function isSignedText(
  signature: string,
  signed: string,
  certificates: readonly string[],
): Promise<boolean> {
  return (await isDigest(signature, signed)) && (await isSignatureValue(signature, certificates))
}

async function isDigest(xml: string, signed: string): Promise<boolean> {
  const hash = hashes[scanAttribute(xml, 'DigestMethod', 'Algorithm') ?? '']
  if (hash === undefined) return false
  const digest = base64(new Uint8Array(await crypto.subtle.digest(hash, utf8(signed))))
  return digest === scanText(xml, 'DigestValue')?.replace(/\s/g, '')
}

async function isSignatureValue(signature: string, certificates: readonly string[]): Promise<boolean> {
  const [signedInfo] = scan(signature, 'SignedInfo')
  const method = methodByUri(scanAttribute(signature, 'SignatureMethod', 'Algorithm') ?? '')
  const declaration = signature.match(/ xmlns(?::\w+)?="http:\/\/www\.w3\.org\/2000\/09\/xmldsig#"/)?.[0]
  if (signedInfo === undefined || method === undefined || declaration === undefined) return false
  // Alone, SignedInfo declares the prefix that it has from Signature.
  const head = `<${signedInfo.name}`
  const octets = utf8(
    `${head}${declaration}${signature.slice(signedInfo.start + head.length, signedInfo.end)}`,
  )
  const value = fromBase64(scanText(signature, 'SignatureValue') ?? '')
  const verdicts = certificates.map((certificate) =>
    method.verify(certificate, value, octets).catch(() => false),
  )
  return (await Promise.all(verdicts)).includes(true)
}
