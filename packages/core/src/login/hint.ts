import type { Sealer } from '../encoding/seal.ts'

/**
 * Seals the address that a person typed, so that it can travel in the URL of a login without being read in a log or
 * a browser's history.
 */
export function sealHint(email: string, sealer: Sealer): Promise<string> {
  return sealer.seal('login-hint', '', email)
}

/** @returns the address, or undefined when `hint` is not one that we sealed: then nothing is filled in, no more */
export async function openHint(hint: string | undefined, sealer: Sealer): Promise<string | undefined> {
  return hint === undefined ? undefined : sealer.open('login-hint', '', hint)
}
