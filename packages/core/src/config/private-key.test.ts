import { expect, it } from 'vitest'
import { privateKeyProblem } from './private-key.ts'

const pem = (label: string) => `-----BEGIN ${label}-----\nbm90aGluZw==\n-----END ${label}-----`

it.each([
  [pem('PUBLIC KEY'), 'is the public key, which belongs to the provider'],
  [pem('RSA PUBLIC KEY'), 'is the public key, which belongs to the provider'],
  ['ssh-ed25519 AAAAC3Nza doorward', 'is the public key, which belongs to the provider'],
  ['ecdsa-sha2-nistp256 AAAAE2Vj doorward', 'is the public key, which belongs to the provider'],
  [pem('CERTIFICATE'), 'is a certificate'],
  [pem('EC PRIVATE KEY'), 'is not PKCS#8'],
  [pem('RSA PRIVATE KEY'), 'is not PKCS#8'],
  [pem('ENCRYPTED PRIVATE KEY'), 'is protected by a passphrase'],
  [pem('OPENSSH PRIVATE KEY'), 'is a key of OpenSSH'],
  ['{"kty":"EC","x":"1"}', 'is a JWK without its private half'],
  ['./key.pem', 'is the name of a file, which is not read'],
  ['key.pem', 'is the name of a file, which is not read'],
  ['/run/secrets/key', 'is the name of a file, which is not read'],
  ['~/keys/client.p8', 'is the name of a file, which is not read'],
  ['C:\\keys\\client.der', 'is the name of a file, which is not read'],
  ['file:///key', 'is the name of a file, which is not read'],
  ['hunter2', 'is neither PEM nor a JWK'],
  ['bm90aGluZw==', 'is neither PEM nor a JWK'],
])('says what stands in the place of a private key: %s', (text, found) => {
  expect(privateKeyProblem(text)).toEqual({ found, fix: expect.stringMatching(/^[^A-Z].*[^.]$/) })
})

it.each([
  ['PEM', pem('PRIVATE KEY')],
  ['PEM with line ends written out', pem('PRIVATE KEY').replaceAll('\n', '\\n')],
  ['PEM beside its certificate', `${pem('CERTIFICATE')}\n${pem('PRIVATE KEY')}`],
  ['a JWK', '{"kty":"EC","x":"1","d":"2"}'],
  ['nothing yet', ' '],
])('finds nothing wrong with %s', (_, text) => {
  expect(privateKeyProblem(text)).toBeUndefined()
})
