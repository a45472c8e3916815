import { createLocalJWKSet, jwtVerify } from 'jose'
import type { Checker } from '../checker.ts'
import type { Input, Person } from '../input.ts'

/** The ID Token by itself, without `at_hash`; the key set is there. */
export function createJose({ algorithm, provider, login }: Input): Checker<Partial<Person>> {
  const keys = createLocalJWKSet(provider.keySet)
  const options = {
    algorithms: [algorithm],
    issuer: provider.metadata.issuer,
    audience: login.clientId,
    requiredClaims: ['exp', 'iat', 'sub', 'nonce'],
    clockTolerance: 30,
  }
  return {
    name: 'jose, the ID Token alone',
    sees: ['token'],
    async check({ idToken }) {
      const { payload } = await jwtVerify<Person>(idToken, keys, options)
      return payload['nonce'] === login.nonce ? payload : undefined
    },
    personOf: (claims) => claims,
  }
}
