import { exportJWK } from 'jose'
import { digestMethods, type SignatureMethod, signatureMethods } from '../crypto/algorithms.ts'
import { spkiOfCertificate } from '../crypto/certificate.ts'
import { der, objectIdentifier, sequence } from '../crypto/der.ts'
import { ecdsaDer, importPrivate, type SamlKey } from '../crypto/keys.ts'
import { md5 } from '../crypto/md5.ts'
import { signDigest } from '../crypto/raw-rsa.ts'
import { type Bytes, base64, base64Lines, fromBase64, utf8 } from '../encoding.ts'
import { ns } from '../names.ts'
import { element, first } from '../xml/tree.ts'
import { signing, styled } from './edits.ts'
import type { SamlPersonalityEntry } from './personality.ts'

const pinned = 'saml-core section 5.4.5: KeyInfo says which key, and never that it is to be trusted'
const allowed = 'NIST SP 800-131A revision 2: not for signatures; the verifier decides what is allowed'
const byKey =
  'RFC 9231 section 2.3: the algorithm belongs to the type of the key, and the verifier knows the key'
const more2001 = 'http://www.w3.org/2001/04/xmldsig-more#'

/** A signature that is made with HMAC and a secret that everybody knows. */
function hmac(wrong: string, secretOf: (certificate: string) => Bytes): SamlPersonalityEntry {
  const method: SignatureMethod = {
    uri: `${more2001}hmac-sha256`,
    async sign(key, octets) {
      const algorithm = { name: 'HMAC', hash: 'SHA-256' }
      const secret = await crypto.subtle.importKey('raw', secretOf(key.certificate), algorithm, false, [
        'sign',
      ])
      return new Uint8Array(await crypto.subtle.sign('HMAC', secret, octets))
    },
  }
  return { wrong, specification: byKey, login: 'must-fail', hooks: { plan: styled({ method }) } }
}

function pem(label: string, bytes: string): Bytes {
  return utf8(
    `-----BEGIN ${label}-----\n${(bytes.match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`,
  )
}

/** A signature that is good, and called something else on the wire. */
function labelled(wrong: string, specification: string, uri: string): SamlPersonalityEntry {
  const method = { ...signatureMethods['rsa-sha256'], uri }
  return { wrong, specification, login: 'must-fail', hooks: { plan: styled({ method }) } }
}

const sha1: SignatureMethod = {
  uri: `${ns.ds}rsa-sha1`,
  async sign(key, octets) {
    const use = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-1' }
    return new Uint8Array(await crypto.subtle.sign(use, await importPrivate(key, use), octets))
  },
}

const md5Identifier = sequence(objectIdentifier('1.2.840.113549.2.5'), der(0x05))

/** The key of somebody else signs, and KeyInfo says this about it. */
function byStranger(
  wrong: string,
  certificatesOf: (stranger: SamlKey, current: SamlKey) => readonly string[],
): SamlPersonalityEntry {
  return {
    wrong,
    specification: pinned,
    login: 'must-fail',
    hooks: {
      async plan(good, keys) {
        const key = await keys.get('stranger')
        return styled({ key, certificates: certificatesOf(key, good.signature.key) })(good)
      },
    },
  }
}

/** Keys and algorithms that must not be trusted. */
export const algorithms = {
  'certificate-of-attacker': byStranger(
    "the attacker's key signs, and the attacker's certificate is in KeyInfo",
    (stranger) => [stranger.certificate],
  ),
  'certificate-of-attacker-beside-good-one': byStranger(
    "the attacker's key signs, and KeyInfo has the provider's certificate and the attacker's",
    (stranger, current) => [current.certificate, stranger.certificate],
  ),
  'forged-signature': byStranger(
    "the attacker's key signs, and the provider's certificate is in KeyInfo",
    (_, current) => [current.certificate],
  ),
  'signed-by-stranger-without-key-info': byStranger(
    "the attacker's key signs, and there is no KeyInfo",
    () => [],
  ),
  'key-value-of-attacker': {
    wrong: "the attacker's key signs, and is in KeyInfo by its numbers",
    specification: pinned,
    login: 'must-fail',
    hooks: {
      async plan(good, keys) {
        return styled({ key: await keys.get('stranger'), certificates: [] })(good)
      },
      async signedInfo(_, { signature, style }) {
        const use = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
        const { n = '', e = '' } = await exportJWK(await importPrivate(style.key, use))
        const number = (name: string, text: string) =>
          element(name, {}, base64(fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'))))
        const value = element('ds:RSAKeyValue', {}, number('ds:Modulus', n), number('ds:Exponent', e))
        signature.children.push(element('ds:KeyInfo', {}, element('ds:KeyValue', {}, value)))
      },
    },
  },
  'key-at-address': {
    wrong: "the attacker's key signs, and KeyInfo says at which address it is",
    specification: pinned,
    login: 'must-fail',
    hooks: {
      async plan(good, keys) {
        return styled({ key: await keys.get('stranger'), certificates: [] })(good)
      },
      signedInfo(_, { signature }) {
        const URI = 'http://127.0.0.1:9/certificate.der'
        const method = element('ds:RetrievalMethod', { URI, Type: `${ns.ds}rawX509Certificate` })
        signature.children.push(element('ds:KeyInfo', {}, method))
      },
    },
  },
  'unpublished-key': {
    wrong: 'the next key of the provider signs, and is not yet published',
    specification: pinned,
    login: 'must-fail',
    hooks: {
      async plan(good, keys) {
        const key = await keys.get('next')
        return styled({ key, certificates: [key.certificate] })(good)
      },
    },
  },
  'hmac-with-certificate-pem': hmac(
    "the signature is under HMAC keyed with the provider's certificate as PEM",
    (certificate) => pem('CERTIFICATE', certificate),
  ),
  'hmac-with-certificate-der': hmac(
    "the signature is under HMAC keyed with the octets of the provider's certificate",
    fromBase64,
  ),
  'hmac-with-certificate-base64': hmac(
    "the signature is under HMAC keyed with the provider's certificate as it is in metadata",
    utf8,
  ),
  'hmac-with-public-key-pem': hmac(
    "the signature is under HMAC keyed with the provider's public key as PEM",
    (certificate) => pem('PUBLIC KEY', base64(spkiOfCertificate(certificate))),
  ),
  'hmac-with-public-key-der': hmac(
    "the signature is under HMAC keyed with the octets of the provider's public key",
    spkiOfCertificate,
  ),
  'hmac-truncated': {
    wrong: 'the signature is under HMAC, of which no bit has to be right',
    specification: 'CVE-2009-0217; XML Signature 1.1 section 6.3.1',
    login: 'must-fail',
    hooks: {
      plan: styled({ method: { uri: `${more2001}hmac-sha256`, sign: async () => new Uint8Array(0) } }),
      signedInfo(signedInfo) {
        first(signedInfo, 'SignatureMethod').children = [element('ds:HMACOutputLength', {}, '0')]
      },
    },
  },
  'sha1-signature': {
    wrong: 'the signature is RSA with SHA-1',
    specification: allowed,
    login: 'must-fail',
    hooks: { plan: styled({ method: sha1 }) },
  },
  'sha1-digest': {
    wrong: 'the digest is SHA-1',
    specification: allowed,
    login: 'must-fail',
    hooks: {
      plan: styled({
        digest: {
          uri: `${ns.ds}sha1`,
          digest: async (octets) => new Uint8Array(await crypto.subtle.digest('SHA-1', octets)),
        },
      }),
    },
  },
  'md5-signature': {
    wrong: 'the signature is RSA with MD5',
    specification: 'RFC 9231 section 2.3.1: insecure',
    login: 'must-fail',
    hooks: {
      plan: styled({
        method: {
          uri: `${more2001}rsa-md5`,
          sign: (key, octets) => signDigest(key, md5Identifier, md5(octets)),
        },
      }),
    },
  },
  'md5-digest': {
    wrong: 'the digest is MD5',
    specification: 'RFC 9231 section 2.1.1: insecure',
    login: 'must-fail',
    hooks: { plan: styled({ digest: { uri: `${more2001}md5`, digest: md5 } }) },
  },
  'no-signature-algorithm': labelled(
    'the signature algorithm is not named',
    'XML Signature 1.1 section 4.4.2',
    '',
  ),
  'algorithm-none': {
    wrong: 'the signature algorithm is called "none", and the signature is empty',
    specification: 'XML Signature 1.1 section 4.4.2',
    login: 'must-fail',
    hooks: { plan: styled({ method: { uri: 'none', sign: async () => new Uint8Array(0) } }) },
  },
  'unknown-signature-algorithm': labelled(
    'the signature algorithm is one that nobody knows',
    'XML Signature 1.1 section 4.4.2',
    `${more2001}rsa-sha256-new`,
  ),
  'unknown-digest-algorithm': {
    wrong: 'the digest algorithm is one that nobody knows',
    specification: 'XML Signature 1.1 section 4.4.3.5',
    login: 'must-fail',
    hooks: { plan: styled({ digest: { ...digestMethods.sha256, uri: 'urn:example:sha256' } }) },
  },
  'algorithm-changed': labelled(
    'the signature is made with SHA-256 and said to be made with SHA-512',
    byKey,
    `${more2001}rsa-sha512`,
  ),
  'algorithm-of-another-key-type': labelled(
    'the key is RSA, and the algorithm is said to be ECDSA',
    byKey,
    `${more2001}ecdsa-sha256`,
  ),
  'dsa-signature': labelled('the algorithm is said to be DSA with SHA-1', allowed, `${ns.ds}dsa-sha1`),
  'weak-key': {
    wrong: "the provider's key has 1024 bits",
    specification: 'NIST SP 800-131A revision 2 section 3: at least 2048 bits',
    login: 'must-fail',
    publishes: ['weak'],
    hooks: {
      async plan(good, keys) {
        const key = await keys.get('weak')
        const method = signatureMethods['rsa-sha256']
        return styled({ key, method, certificates: [key.certificate] })(good)
      },
    },
  },
  'ecdsa-in-der': {
    wrong: 'the ECDSA signature is in DER, as in certificates',
    specification:
      'RFC 9231 section 2.3.6, XML Signature 1.1 section 6.4.3: the two numbers one after the other',
    login: 'must-fail',
    publishes: ['p256'],
    hooks: {
      async plan(good, keys) {
        const key = await keys.get('p256')
        const { uri, sign } = signatureMethods['ecdsa-sha256']
        const method = {
          uri,
          sign: async (...input: Parameters<typeof sign>) => ecdsaDer(await sign(...input)),
        }
        return styled({ key, method, certificates: [key.certificate] })(good)
      },
    },
  },
  'ecdsa-with-zeros': {
    wrong: 'both numbers of the ECDSA signature are zero',
    specification: 'CVE-2022-21449: both have to be between one and the order of the curve',
    login: 'must-fail',
    publishes: ['p256'],
    hooks: {
      async plan(good, keys) {
        const key = await keys.get('p256')
        const method = { ...signatureMethods['ecdsa-sha256'], sign: async () => new Uint8Array(64) }
        return styled({ key, method, certificates: [key.certificate] })(good)
      },
    },
  },
  'truncated-signature': {
    wrong: 'the last octet of the signature is missing',
    specification: 'RFC 8017 section 8.2.2',
    login: 'must-fail',
    hooks: {
      plan: signing('assertion'),
      signed(root) {
        const value = first(root, 'SignatureValue')
        const octets = fromBase64(value.children.join(''))
        value.children = [base64Lines(base64(octets.subarray(0, -1)))]
        return root
      },
    },
  },
} as const satisfies Record<string, SamlPersonalityEntry>
