import { generateServiceProviderKeys } from '@doorward/core/saml'

/** An RSA key and its certificate, as PEM. */
export interface PemKeyPair {
  readonly privateKey: string
  readonly certificate: string
}

/** Makes a key of this start's own. Node makes no certificates; Doorward does, and this one is like any other. */
export async function makeKeyPair(): Promise<PemKeyPair> {
  const made = await generateServiceProviderKeys({ host: 'idp.example', now: Date.now() })
  const { keys } = JSON.parse(made.reveal()) as { keys: readonly [{ key: string; certificate: string }] }
  const [{ key, certificate }] = keys
  return { privateKey: pem('PRIVATE KEY', key), certificate: pem('CERTIFICATE', certificate) }
}

function pem(label: string, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
