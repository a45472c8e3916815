import type { Sealer } from '../encoding/seal.ts'

/** How long a hint can be used, in milliseconds: as long as a person may hesitate before they go on. */
const HINT_LIFETIME = 10 * 60 * 1000

/**
 * Seals the address that a person typed, so that it can travel in the URL of a login without being read in a log or
 * a browser's history. Who finds such a URL later learns nothing from it either.
 *
 * @param now the time, in milliseconds since the epoch
 */
export function sealHint(email: string, now: number, sealer: Sealer): Promise<string> {
  return sealer.seal('login-hint', '', `${now + HINT_LIFETIME} ${email}`)
}

/**
 * @param now the time, in milliseconds since the epoch
 * @returns the address, or undefined when `hint` is not one that we sealed lately: then nothing is filled in, no more
 */
export async function openHint(
  hint: string | undefined,
  now: number,
  sealer: Sealer,
): Promise<string | undefined> {
  const text = hint === undefined ? undefined : await sealer.open('login-hint', '', hint)
  if (text === undefined) return undefined
  const [expiresAt = '', email] = text.split(/ (.*)/s)
  return now < Number(expiresAt) ? email : undefined
}
