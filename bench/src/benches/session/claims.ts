import type { Contestant } from '../../bench.ts'

/** What every contestant's token says. Times are in seconds since the epoch, which is what JSON Web Tokens hold. */
export interface Claims {
  readonly id: string
  readonly userId: string
  readonly connection: string
  readonly issuedAt: number
  readonly expiresAt: number
}

/** A way of verifying tokens. */
export interface Verifier {
  readonly name: string
  readonly token: string
  /** @returns what the token says, or undefined when it is refused; it may throw as well */
  verify(token: string): Promise<Claims | undefined>
}

/** Makes a {@link Verifier} a contestant that verifies its token again and again. */
export function contestantOf(verifier: Verifier, claims: Claims): Contestant {
  const { name, token, verify } = verifier
  const header = cookieHeader(token)
  return {
    name,
    prove: () => proveVerifier(verifier, claims),
    run: () => verify(readToken(header)),
  }
}

const PREFIX = 'session='

/** A token as a request brings it. */
export function cookieHeader(token: string): string {
  return `${PREFIX}${token}`
}

/**
 * Takes the token out of a request's header. For every call, because that makes a new string, as a request does: a
 * string that was looked up before knows its hash.
 */
export function readToken(header: string): string {
  return header.slice(PREFIX.length)
}

/** @throws Error unless the token is accepted with the right claims, and refused when any part of it is altered */
export async function proveVerifier({ name, token, verify }: Verifier, claims: Claims): Promise<void> {
  const said = await verify(token)
  for (const key of Object.keys(claims) as (keyof Claims)[]) {
    if (said?.[key] !== claims[key]) throw new Error(`${name}: the good token is not accepted as it is`)
  }
  for (const altered of alterations(token)) {
    if (await verify(altered).catch(() => undefined)) throw new Error(`${name}: an altered token is accepted`)
  }
}

/** The token with one character changed, once in the middle of each of its longer parts. */
function alterations(token: string): string[] {
  return [...token.matchAll(/[\w-]{16,}/g)].map(({ index, 0: part }) => {
    const at = index + Math.floor(part.length / 2)
    return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
  })
}
