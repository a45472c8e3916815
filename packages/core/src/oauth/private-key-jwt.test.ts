import type { OpenIdProviderOptions } from '@doorward/testkit'
import { decodeJwt, decodeProtectedHeader, exportJWK, exportPKCS8, generateKeyPair, type JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { baseUrl } from '../../test/configured.ts'
import { createScenario, logIn, refusalOf, spoilt } from '../../test/scenario.ts'
import type { OidcConnection } from '../config/connection.ts'
import { callbackUrl } from '../config/urls.ts'
import { encodeBase64 } from '../encoding/base64.ts'
import { sha256 } from '../encoding/digest.ts'
import { Secret } from '../encoding/secret.ts'

/** A key in the two forms there are, and its public half as it is registered. */
async function keyPair(alg: string, options: { readonly modulusLength?: number } = {}) {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, ...options })
  return {
    pem: await exportPKCS8(privateKey),
    jwk: { ...(await exportJWK(privateKey)), kid: 'key-1' },
    registered: await exportJWK(publicKey),
  }
}

interface Change {
  readonly connection?: Partial<OidcConnection>
  readonly provider?: Partial<OpenIdProviderOptions>
}

/** A connection that signs with `secret`, at a provider that knows the public half. */
function scenarioWith(secret: string, registered: JWK, { connection, provider }: Change = {}) {
  const client = {
    client_id: 'client-1',
    redirect_uris: [callbackUrl({ protocol: 'oidc', id: 'acme', callbackPath: undefined }, baseUrl)],
    token_endpoint_auth_method: 'private_key_jwt' as const,
    jwks: { keys: [registered] },
  }
  return createScenario({
    connection: {
      clientSecret: undefined,
      clientAuthentication: 'private_key_jwt',
      clientPrivateKey: new Secret(secret),
      ...connection,
    },
    provider: { clients: [client], ...provider },
  })
}

/** What the provider was shown. */
async function assertionFrom(scenario: Awaited<ReturnType<typeof scenarioWith>>) {
  await logIn(scenario)
  const { parameters, headers, clientAuthentication } = scenario.provider.requests.last('token')
  const assertion = parameters.get('client_assertion') ?? ''
  expect(clientAuthentication).toEqual(['private_key_jwt'])
  expect([headers.has('authorization'), parameters.has('client_secret')]).toEqual([false, false])
  return { header: decodeProtectedHeader(assertion), claims: decodeJwt(assertion) }
}

const announcing = (algorithms: readonly string[]) =>
  spoilt({
    discoveryDocument: (good) => ({ ...good, token_endpoint_auth_signing_alg_values_supported: algorithms }),
  })

describe('a client that signs', () => {
  it.each([
    ['RS256', 'RS256'],
    ['ES256', 'ES256'],
    ['ES384', 'ES384'],
    ['ES512', 'ES512'],
    ['EdDSA', 'EdDSA'],
  ])('proves who it is with a key for %s, as PEM and as JWK', async (kind, alg) => {
    const { pem, jwk, registered } = await keyPair(kind)
    expect((await assertionFrom(await scenarioWith(pem, registered))).header).toEqual({ alg, typ: 'JWT' })
    const named = { ...registered, kid: 'key-1' }
    const { header } = await assertionFrom(await scenarioWith(JSON.stringify(jwk), named))
    expect(header).toEqual({ alg, typ: 'JWT', kid: 'key-1' })
  })

  it('says who it is, to one audience, for a minute, and once', async () => {
    const { pem, registered } = await keyPair('ES256')
    const scenario = await scenarioWith(pem, registered)
    const { claims } = await assertionFrom(scenario)
    const now = scenario.clock.now() / 1000
    expect(claims).toEqual({
      iss: 'client-1',
      sub: 'client-1',
      aud: 'https://idp.example',
      iat: now,
      nbf: now,
      exp: now + 60,
      jti: expect.stringMatching(/^.{20,}$/),
    })
    expect((await assertionFrom(scenario)).claims.jti).not.toBe(claims.jti)
  })

  it('names the address that is called where the provider wants that', async () => {
    const { pem, registered } = await keyPair('ES256')
    const provider = { assertionAudience: 'endpoint' } as const
    const connection = { assertionAudience: 'endpoint' } as const
    const { claims } = await assertionFrom(await scenarioWith(pem, registered, { provider, connection }))
    expect(claims.aud).toBe('https://idp.example/token')
    expect(await refusalOf(logIn(await scenarioWith(pem, registered, { provider })))).toBe(
      'token_request_refused',
    )
  })

  it('names its key as it is configured', async () => {
    const { jwk, registered } = await keyPair('ES256')
    const named = { ...registered, kid: 'key-2' }
    const connection = { clientKeyId: 'key-2' }
    const { header } = await assertionFrom(await scenarioWith(JSON.stringify(jwk), named, { connection }))
    expect(header.kid).toBe('key-2')
  })

  it('names its certificate where there is one, and signs as Entra ID wants it then', async () => {
    const { pem, registered } = await keyPair('RS256')
    const thumbprint = await sha256('a certificate')
    const clientCertificate = encodeBase64(new TextEncoder().encode('a certificate'))
    const known = { ...registered, 'x5t#S256': thumbprint }
    const scenario = await scenarioWith(pem, known, { connection: { clientCertificate } })
    const { header } = await assertionFrom(scenario)
    expect(header).toEqual({ alg: 'PS256', typ: 'JWT', 'x5t#S256': thumbprint })
  })

  it.each([
    [['RS256', 'PS256'], 'RS256'],
    [['PS256'], 'PS256'],
    [['ES256'], 'RS256'],
    [[], 'RS256'],
  ])('signs with an RSA key as the provider can verify it: of %j with %s', async (algorithms, alg) => {
    const { pem, registered } = await keyPair('RS256')
    const provider = { personality: announcing(algorithms) }
    expect((await assertionFrom(await scenarioWith(pem, registered, { provider }))).header.alg).toBe(alg)
  })

  it('signs with an RSA key as its JWK says', async () => {
    const { jwk, registered } = await keyPair('RS256')
    const secret = JSON.stringify({ ...jwk, alg: 'PS256', use: 'sig', key_ops: ['sign'] })
    const named = { ...registered, kid: 'key-1' }
    expect((await assertionFrom(await scenarioWith(secret, named))).header.alg).toBe('PS256')
  })

  it('signs with an RSA key as its JWK says, though a certificate stands for it', async () => {
    const { jwk, registered } = await keyPair('RS256')
    const secret = JSON.stringify({ ...jwk, alg: 'RS256' })
    const connection = { clientCertificate: encodeBase64(new TextEncoder().encode('a certificate')) }
    const scenario = await scenarioWith(secret, { ...registered, kid: 'key-1' }, { connection })
    await refusalOf(logIn(scenario))
    const sent = scenario.provider.requests.last('token').parameters.get('client_assertion') ?? ''
    expect(decodeProtectedHeader(sent).alg).toBe('RS256')
  })

  it.each([
    [['Ed25519'], 'Ed25519'],
    [['EdDSA', 'Ed25519'], 'EdDSA'],
    [['ES256'], 'EdDSA'],
  ])('calls Ed25519 by the newer name where the provider knows that alone: of %j %s', async (names, alg) => {
    const { pem, registered } = await keyPair('EdDSA')
    const provider = { personality: announcing(names) }
    const scenario = await scenarioWith(pem, registered, { provider })
    // Of the newer name the provider here knows nothing.
    await logIn(scenario).catch(() => undefined)
    const sent = scenario.provider.requests.last('token').parameters.get('client_assertion') ?? ''
    expect(decodeProtectedHeader(sent).alg).toBe(alg)
  })

  it('needs a key', async () => {
    const { pem, registered } = await keyPair('ES256')
    const scenario = await scenarioWith(pem, registered, { connection: { clientPrivateKey: undefined } })
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'installation_invalid',
      message: 'there is no private key for the client',
    })
  })

  it('takes a key whose line ends were written out', async () => {
    const { pem, registered } = await keyPair('ES256')
    const scenario = await scenarioWith(pem.replaceAll('\n', '\\n'), registered)
    expect((await assertionFrom(scenario)).header.alg).toBe('ES256')
  })

  it('signs where nothing is said but the key', async () => {
    const { pem, registered } = await keyPair('ES256')
    const connection = { clientAuthentication: 'automatic' } as const
    expect((await assertionFrom(await scenarioWith(pem, registered, { connection }))).header.alg).toBe(
      'ES256',
    )
  })

  it('is refused by a provider that knows another key', async () => {
    const [mine, other] = [await keyPair('ES256'), await keyPair('ES256')]
    const scenario = await scenarioWith(mine.pem, other.registered)
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'token_request_refused',
      details: { error: 'invalid_client' },
    })
  })
})

describe('a key that can not sign', () => {
  it.each([
    ['nothing', async () => ''],
    ['text', async () => 'a-secret'],
    [
      'a PEM text with nothing in it',
      async () => '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----',
    ],
    ['a JWK that is none', async () => '{"kty":'],
    ['a JWK of another kind', async () => '{"kty":"oct","k":"AAAA"}'],
    ['a public JWK', async () => JSON.stringify((await keyPair('ES256')).registered)],
    ['a short RSA key', async () => (await shortKey()).pem],
  ])('is a fault of the installation, and stays out of what is said: %s', async (_, make) => {
    const secret = await make()
    const { registered } = await keyPair('ES256')
    const scenario = await scenarioWith(secret, registered)
    await expect(logIn(scenario)).rejects.toMatchObject({
      code: 'installation_invalid',
      message: 'the private key of the client is none that can sign',
      details: {},
    })
    expect(scenario.provider.requests.count('token')).toBe(0)
  })
})

async function shortKey() {
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 1024,
    publicExponent: Uint8Array.of(1, 0, 1),
  }
  const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  return { pem: await exportPKCS8(privateKey) }
}
