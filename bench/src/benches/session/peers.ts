import { verify as honoVerify } from 'hono/jwt'
import { sealData, unsealData } from 'iron-session'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { Claims, Verifier } from './claims.ts'

/** The keys of this run; each is imported once. */
export interface Keys {
  readonly hmac: CryptoKey
  readonly ecdsa: CryptoKeyPair
}

/** The claims as JSON Web Tokens, which the peers and the floors verify. */
export interface Tokens {
  readonly hs256: string
  readonly es256: string
}

export async function createKeys(): Promise<Keys> {
  const usages = ['sign', 'verify'] as const
  const hmac = { name: 'HMAC', hash: 'SHA-256', length: 256 }
  const ecdsa = { name: 'ECDSA', namedCurve: 'P-256' }
  return {
    hmac: (await crypto.subtle.generateKey(hmac, false, usages)) as CryptoKey,
    ecdsa: (await crypto.subtle.generateKey(ecdsa, false, usages)) as CryptoKeyPair,
  }
}

export async function createTokens(claims: Claims, { hmac, ecdsa }: Keys): Promise<Tokens> {
  const { id, userId, connection, issuedAt, expiresAt } = claims
  const sign = (alg: string, key: CryptoKey): Promise<string> =>
    new SignJWT({ connection })
      .setProtectedHeader({ alg })
      .setJti(id)
      .setSubject(userId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key)
  return { hs256: await sign('HS256', hmac), es256: await sign('ES256', ecdsa.privateKey) }
}

/** What others verify a session with, each as its documentation shows and with a key that is imported already. */
export async function createPeers(claims: Claims, keys: Keys, tokens: Tokens): Promise<readonly Verifier[]> {
  const { hmac, ecdsa } = keys
  const { hs256, es256 } = tokens
  const password = 'a password of more than thirty-two characters'
  return [
    {
      name: 'jose, HS256',
      token: hs256,
      verify: async (token) => claimsOf((await jwtVerify(token, hmac, { algorithms: ['HS256'] })).payload),
    },
    {
      name: 'hono/jwt, HS256',
      token: hs256,
      verify: async (token) => claimsOf(await honoVerify(token, hmac, 'HS256')),
    },
    {
      name: 'iron-session',
      token: await sealData(claims, { password }),
      // What it refuses, it gives back as an empty object.
      verify: async (token) => {
        const said = await unsealData<Partial<Claims>>(token, { password })
        return said.id === undefined ? undefined : (said as Claims)
      },
    },
    {
      name: 'jose, ES256',
      token: es256,
      verify: async (token) =>
        claimsOf((await jwtVerify(token, ecdsa.publicKey, { algorithms: ['ES256'] })).payload),
    },
  ]
}

function claimsOf({ jti, sub, connection, iat, exp }: JWTPayload): Claims {
  const claims = { id: jti, userId: sub, connection, issuedAt: iat, expiresAt: exp }
  return claims as Claims
}
