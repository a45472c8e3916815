/** What is wrong with a private key, after its name, and what to do. Nothing of the key itself. */
interface PrivateKeyProblem {
  readonly found: string
  readonly fix: string
}

const CONVERT = 'openssl pkcs8 -topk8 -nocrypt -in key.pem'
const paste = 'write "client_private_key: |" and paste the PEM text, indented below'

/** By the label of the PEM text ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)), or how a text begins. */
const known: readonly (readonly [text: RegExp, problem: PrivateKeyProblem])[] = [
  [/ENCRYPTED/, { found: 'is protected by a passphrase', fix: `take it off: ${CONVERT}` }],
  [/BEGIN (RSA|EC|DSA) PRIVATE KEY/, { found: 'is not PKCS#8', fix: `convert it: ${CONVERT}` }],
  [
    /BEGIN OPENSSH PRIVATE KEY/,
    {
      found: 'is a key of OpenSSH',
      fix: 'make a new one: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256',
    },
  ],
  [
    /BEGIN (RSA )?PUBLIC KEY|^(ssh|ecdsa)-[a-z0-9-]+ /,
    {
      found: 'is the public key, which belongs to the provider',
      fix: 'put the private one here, of which it was made',
    },
  ],
  [
    /^-----BEGIN (TRUSTED |X509 )?CERTIFICATE-----(?![\s\S]*PRIVATE KEY)/,
    {
      found: 'is a certificate',
      fix: 'put the private key here of which it was made; the certificate is "client_certificate"',
    },
  ],
  [
    /^(file:|~?\.{0,2}[/\\])[^\s{}]+$|^[^\s{}]+\.(pem|key|p8|pk8|der|p12|pfx|jwk|json)$/i,
    { found: 'is the name of a file, which is not read', fix: paste },
  ],
]

/**
 * What is wrong with the key by which a client proves who it is, as far as its text shows; whether it can sign is seen
 * when it is used.
 *
 * @param text the key itself, no reference to it
 * @returns undefined for what may be a PKCS#8 PEM or a JWK, and for an empty text
 */
export function privateKeyProblem(text: string): PrivateKeyProblem | undefined {
  const key = text.trim()
  if (key === '') return undefined
  if (key.startsWith('{')) {
    const isPrivate = /"d"\s*:/.test(key)
    return isPrivate ? undefined : { found: 'is a JWK without its private half', fix: 'take the private key' }
  }
  const problem = known.find(([pattern]) => pattern.test(key))?.[1]
  if (problem) return problem
  if (/BEGIN PRIVATE KEY[\s\S]*END PRIVATE KEY/.test(key)) return undefined
  return { found: 'is neither PEM nor a JWK', fix: paste }
}
