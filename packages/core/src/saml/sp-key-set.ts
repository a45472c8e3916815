import { isLongEnough, MIN_RSA_BITS } from '../encoding/accepted-key.ts'
import { encodeBase64 } from '../encoding/base64.ts'
import { encodeUtf8 } from '../encoding/bytes.ts'
import { readCertificates } from '../encoding/certificate.ts'
import { writeCertificate } from '../encoding/certificate-writer.ts'
import { type PrivateKeyProblem, readRsaPrivateKey } from '../encoding/private-key.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import { type InspectedPair, inspectServiceProviderKeys } from './sp-key-inspection.ts'

/*
 * Makes the value of DOORWARD_SAML_KEYS, which `sp-keys.ts` reads: the RSA keys with which this installation signs what
 * it sends to SAML identity providers and decrypts what they send, each with the certificate that is registered there.
 */

/** What is needed to make a key. */
export interface NewServiceProviderKey {
  /** The host at which people reach Doorward: the common name of the certificate. */
  readonly host: string
  /** Milliseconds since the epoch: when the certificate begins. */
  readonly now: number
}

/** What our keys are for, and how they are made. */
const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 3072,
  publicExponent: Uint8Array.of(1, 0, 1),
} as const

const YEARS = 10

/**
 * Makes a first key: RSA of 3072 bits, and a self-signed certificate that is good for ten years. There is no next key
 * yet: many identity providers are told of one certificate by hand, and {@link rotateServiceProviderKeys} adds one in
 * time.
 *
 * @returns one line of JSON: `{"keys":[{"key":"PKCS#8 as base64","certificate":"DER as base64"}]}`; the first key signs,
 *   all decrypt, and all certificates are published
 */
export async function generateServiceProviderKeys(request: NewServiceProviderKey): Promise<Secret> {
  return encode([await generatePair(request)])
}

/**
 * Goes one step in replacing the key. With one key: a next one is added behind it, published and decrypting, so that
 * identity providers can learn its certificate before anything is signed with it. With more: the second one becomes the
 * first, which signs; a next one is made, and the one that signed stays as the last, because an identity provider may
 * still encrypt for it. The former last one is dropped.
 *
 * @param secret the present keys
 * @throws SsoError `installation_invalid` when the present keys are none, or one that stays is not sound
 */
export async function rotateServiceProviderKeys(
  secret: Secret,
  request: NewServiceProviderKey,
): Promise<Secret> {
  const pairs = inspectServiceProviderKeys(secret)
  const [current, next] = (JSON.parse(secret.reveal()) as { keys: [Pair, ...Pair[]] }).keys
  for (const [index, pair] of pairs.slice(0, 2).entries()) {
    if (!(await isSound(pair))) {
      throw new SsoError(
        'installation_invalid',
        `key ${index + 1} does not sign what its certificate verifies`,
      )
    }
  }
  const made = await generatePair(request)
  return encode(next ? [next, made, current] : [current, made])
}

/**
 * Takes over a key that another product used at the same identity providers, so that nothing need be registered anew.
 *
 * @param key a PEM text with the private key: PKCS#8 or PKCS#1, not encrypted
 * @param certificate a PEM text with its certificate, and perhaps others
 * @throws SsoError `installation_invalid`, which says what is wrong and nothing of what was read
 */
export async function adoptServiceProviderKey(key: Secret, certificate: string): Promise<Secret> {
  const read = readRsaPrivateKey(key.reveal())
  if ('problem' in read) throw unfit(keyProblems[read.problem])
  const found = readCertificates(certificate)
  if ('problem' in found) {
    throw unfit(certificateProblems[found.problem.kind === 'private_key' ? 'private_key' : 'other'])
  }
  const strong = found.certificates.filter(({ key }) => key.type === 'RSA' && isLongEnough(key))
  if (strong.length === 0) throw unfit(certificateProblems.weak)
  for (const { der } of strong) {
    const secret = encode([{ key: encodeBase64(read.pkcs8), certificate: der }])
    if (await isUsable(secret)) return secret
  }
  throw unfit('the private key does not belong to the certificate')
}

const keyProblems: Readonly<Record<PrivateKeyProblem, string>> = {
  none: 'there is no private key: PEM is wanted, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----',
  encrypted:
    'the private key is encrypted with a passphrase: "openssl pkey -in sp.key -out sp-plain.key" takes that off',
  several: 'there is more than one private key',
  not_rsa: 'the private key is not one for RSA, or is cut off: SAML encrypts for RSA alone',
}

const certificateProblems = {
  private_key: 'the file of the certificate holds a private key as well: give it the certificate alone',
  weak: `the certificate is not for an RSA key of at least ${MIN_RSA_BITS} bits: make a new one, and register its certificate`,
  other:
    'there is no certificate: PEM is wanted, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----',
}

function unfit(problem: string): SsoError {
  return new SsoError('installation_invalid', problem)
}

/** As the JSON has it. */
interface Pair {
  readonly key: string
  readonly certificate: string
}

async function generatePair({ host, now }: NewServiceProviderKey): Promise<Pair> {
  const keys = (await crypto.subtle.generateKey(RSA, true, ['sign', 'verify'])) as CryptoKeyPair
  const end = new Date(now)
  end.setUTCFullYear(end.getUTCFullYear() + YEARS)
  const request = { subject: host, notBefore: now, notAfter: end.getTime() }
  const pkcs8 = new Uint8Array((await crypto.subtle.exportKey('pkcs8', keys.privateKey)) as ArrayBuffer)
  return { key: encodeBase64(pkcs8), certificate: encodeBase64(await writeCertificate(request, keys)) }
}

function encode(keys: readonly Pair[]): Secret {
  return new Secret(JSON.stringify({ keys: keys.map(({ key, certificate }) => ({ key, certificate })) }))
}

async function isUsable(secret: Secret): Promise<boolean> {
  try {
    return await isSound(inspectServiceProviderKeys(secret)[0])
  } catch (error) {
    if (!(error instanceof SsoError)) throw error
    return false
  }
}

/** Whether what the private key signs is what the certificate verifies: more than that their public parts are the same. */
async function isSound({ spki, signingKey }: InspectedPair): Promise<boolean> {
  const { subtle } = crypto
  try {
    const probe = encodeUtf8('do these two belong together')
    const publicKey = await subtle.importKey('spki', spki, RSA, false, ['verify'])
    return await subtle.verify(RSA, publicKey, await subtle.sign(RSA, await signingKey(), probe), probe)
  } catch {
    return false
  }
}
