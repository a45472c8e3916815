import { generateSamlKey } from '@doorward/testkit/saml'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodeBase64 } from '../encoding/base64.ts'
import { type Certificate, readCertificates } from '../encoding/certificate.ts'
import { derTag, parseDer, parseDerInside } from '../encoding/der.ts'
import { encodeDer, encodeSequence } from '../encoding/der-writer.ts'
import { Secret } from '../encoding/secret.ts'
import { SsoError } from '../errors/index.ts'
import {
  adoptServiceProviderKey,
  generateServiceProviderKeys,
  rotateServiceProviderKeys,
} from './sp-key-set.ts'

const request = { host: 'sso.example.com', now: Date.UTC(2026, 10, 22, 12) }

interface Pair {
  readonly key: string
  readonly certificate: string
}

const pairsOf = (secret: Secret) => (JSON.parse(secret.reveal()) as { keys: Pair[] }).keys

function certificateOf({ certificate }: Pair): Certificate {
  const read = readCertificates(certificate)
  if ('problem' in read || !read.certificates[0]) throw new Error('not a certificate')
  return read.certificates[0]
}

const pem = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

/** What PKCS#8 has within. */
function pkcs1Of({ key }: Pair): string {
  const [, , inner] = parseDerInside(parseDer(decodeBase64(key) ?? new Uint8Array()), derTag.sequence) ?? []
  return btoa(String.fromCharCode(...(inner?.content ?? [])))
}

const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!(error instanceof SsoError)) throw new Error('nothing was refused')
  expect(error.code).toBe('installation_invalid')
  return error.message
}

let one: Secret
let other: Secret
let pair: Pair
let otherPair: Pair
beforeAll(async () => {
  one = await generateServiceProviderKeys(request)
  other = await generateServiceProviderKeys(request)
  pair = pairsOf(one)[0] as Pair
  otherPair = pairsOf(other)[0] as Pair
})

/** A key whose public part is that of `one`, and whose secret part is that of `other`. */
function mixed(one: Pair, other: Pair): Pair {
  const partsOf = ({ key }: Pair) => {
    const parts = parseDerInside(parseDer(decodeBase64(key) ?? new Uint8Array()), derTag.sequence) ?? []
    const numbers = parseDerInside(parseDer(parts[2]?.content ?? new Uint8Array()), derTag.sequence) ?? []
    return { parts: parts.map(({ encoding }) => encoding), numbers: numbers.map(({ encoding }) => encoding) }
  }
  const { parts, numbers } = partsOf(one)
  const secret = encodeSequence(...numbers.slice(0, 3), ...partsOf(other).numbers.slice(3))
  const octets = encodeSequence(...parts.slice(0, 2), encodeDer(derTag.octetString, secret))
  return { key: btoa(String.fromCharCode(...octets)), certificate: one.certificate }
}

describe('new keys', () => {
  it('are one line of JSON that a secret of a Worker has room for', () => {
    expect(one.reveal()).toMatch(/^\{"keys":\[\{"key":"[\w+/=]+","certificate":"[\w+/=]+"\}\]\}$/)
    // Cloudflare takes 5 KB.
    expect(one.reveal().length).toBeLessThan(5000)
  })

  it('have 3072 bits and a certificate of the host for ten years', () => {
    expect(certificateOf(pair)).toMatchObject({
      key: { type: 'RSA', bits: 3072 },
      subject: 'sso.example.com',
      notBefore: request.now,
      notAfter: Date.UTC(2036, 10, 22, 12),
    })
  })

  it('are others each time', () => {
    expect(other.reveal()).not.toBe(one.reveal())
  })
})

describe('a rotation', () => {
  it('first adds a next key, then lets it sign and keeps the one before', async () => {
    const second = await rotateServiceProviderKeys(one, request)
    const third = await rotateServiceProviderKeys(second, request)
    const fourth = await rotateServiceProviderKeys(third, request)
    const [current, next] = pairsOf(second)
    expect(current).toEqual(pair)
    expect(pairsOf(second)).toHaveLength(2)
    expect(pairsOf(third)).toEqual([next, expect.anything(), pair])
    expect(pairsOf(fourth)).toEqual([pairsOf(third)[1], expect.anything(), next])
  })

  it.each([
    ['nothing', () => ''],
    ['text', () => 'correct-horse'],
    ['null', () => 'null'],
    ['no list', () => '{"keys":{}}'],
    ['an empty list', () => '{"keys":[]}'],
    ['a text in the list', () => '{"keys":["x"]}'],
    ['too many', () => JSON.stringify({ keys: Array(9).fill(pair) })],
    ['a key that is no base64', () => JSON.stringify({ keys: [{ ...pair, key: 'ä' }] })],
    ['a key that is cut off', () => JSON.stringify({ keys: [{ ...pair, key: pair.key.slice(0, -40) }] })],
    ['no certificate', () => JSON.stringify({ keys: [{ key: pair.key }] })],
    [
      'the certificate of another',
      () => JSON.stringify({ keys: [{ key: pair.key, certificate: otherPair.certificate }] }),
    ],
    [
      'the certificate of another for the next',
      () => JSON.stringify({ keys: [pair, { key: pair.key, certificate: otherPair.certificate }] }),
    ],
  ])('of %s is refused, and nothing of it is said', async (_, text) => {
    const message = await problemOf(rotateServiceProviderKeys(new Secret(text()), request))
    expect(message).toContain('doorward keygen saml-keys')
    expect(message).not.toContain('correct-horse')
    expect(message).not.toContain(pair.key.slice(0, 12))
  })
})

describe('a key that does not sign what its certificate verifies', () => {
  it('is refused by a rotation, which says which it is', async () => {
    const rotation = (...keys: Pair[]) =>
      problemOf(rotateServiceProviderKeys(new Secret(JSON.stringify({ keys })), request))
    expect(await rotation(mixed(pair, otherPair))).toContain('key 1 does not sign')
    expect(await rotation(pair, mixed(otherPair, pair))).toContain('key 2 does not sign')
  })

  it('is not taken over', async () => {
    const spoilt = mixed(pair, otherPair)
    const adopted = adoptServiceProviderKey(
      new Secret(pem('PRIVATE KEY', spoilt.key)),
      pem('CERTIFICATE', spoilt.certificate),
    )
    expect(await problemOf(adopted)).toContain('does not belong to the certificate')
  })
})

describe('a key that another product had', () => {
  it('is taken over as it is', async () => {
    const adopted = await adoptServiceProviderKey(
      new Secret(pem('PRIVATE KEY', pair.key)),
      pem('CERTIFICATE', pair.certificate),
    )
    expect(pairsOf(adopted)).toEqual([pair])
  })

  it('is converted from PKCS#1', async () => {
    const adopted = await adoptServiceProviderKey(
      new Secret(pem('RSA PRIVATE KEY', pkcs1Of(pair))),
      pem('CERTIFICATE', pair.certificate),
    )
    expect(pairsOf(adopted)).toEqual([pair])
  })

  it('has its certificate found among others, and text around it ignored', async () => {
    const adopted = await adoptServiceProviderKey(
      new Secret(
        `Bag Attributes\n${pem('CERTIFICATE', otherPair.certificate)}${pem('PRIVATE KEY', pair.key)}`,
      ),
      `${pem('CERTIFICATE', otherPair.certificate)}\n${pem('CERTIFICATE', pair.certificate)}`,
    )
    expect(pairsOf(adopted)).toEqual([pair])
  })

  it.each(['RSA-1024', 'P-256'] as const)('is refused with a certificate of %s', async (type) => {
    const { privateKey, certificate } = await generateSamlKey(type, 'sso.example.com')
    const key = type === 'P-256' ? pair.key : privateKey
    const adopted = adoptServiceProviderKey(
      new Secret(pem('PRIVATE KEY', key)),
      pem('CERTIFICATE', certificate),
    )
    expect(await problemOf(adopted)).toContain('not for an RSA key of at least 2048 bits')
  })

  it.each([
    ['no key', () => pem('CERTIFICATE', pair.certificate), undefined, 'there is no private key'],
    ['no PEM', () => pair.key, undefined, 'there is no private key'],
    ['two keys', () => pem('PRIVATE KEY', pair.key).repeat(2), undefined, 'more than one private key'],
    ['a passphrase', () => pem('ENCRYPTED PRIVATE KEY', 'AAAA'), undefined, 'openssl pkey -in'],
    [
      'a passphrase in the older form',
      () => pem('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA'),
      undefined,
      'openssl pkey -in',
    ],
    ['a key of another kind', () => pem('EC PRIVATE KEY', pair.key), undefined, 'not one for RSA'],
    ['a key that is cut off', () => pem('PRIVATE KEY', pair.key.slice(0, -8)), undefined, 'cut off'],
    ['no certificate', () => pem('PRIVATE KEY', pair.key), () => '', 'there is no certificate'],
    [
      'a key in the place of the certificate',
      () => pem('PRIVATE KEY', pair.key),
      () => pem('PRIVATE KEY', pair.key),
      'holds a private key as well',
    ],
    [
      'the certificate of another',
      () => pem('PRIVATE KEY', pair.key),
      () => pem('CERTIFICATE', otherPair.certificate),
      'does not belong to the certificate',
    ],
  ])('is refused with %s, and not shown', async (_, key, certificate, words) => {
    const promise = adoptServiceProviderKey(
      new Secret(key()),
      certificate ? certificate() : pem('CERTIFICATE', pair.certificate),
    )
    const message = await problemOf(promise)
    expect(message).toContain(words)
    expect(message).not.toContain(pair.key.slice(0, 12))
  })
})
