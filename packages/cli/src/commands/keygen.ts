import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { generateSigningKeys, randomId, rotateSigningKeys, Secret, SsoError } from '@doorward/core'
import type { Output } from '../output.ts'
import { whyUnreadable } from '../read-configuration.ts'
import { resolveFromCaller } from '../settings.ts'

/** What is made: a value for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN, or the set for DOORWARD_SIGNING_KEYS. */
export type KeygenRequest =
  | { readonly kind: 'secret' }
  | {
      readonly kind: 'signing-keys'
      /** The file with the present set, or `-` for standard input; without it a fresh set is made. */
      readonly rotate: string | undefined
    }

/** What was given of the options of all commands; only `rotate` is one of this. */
interface KeygenOptions {
  readonly rotate?: string
}

const ABOUT_SECRET = `A value for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN: never the same for both.
Keep a copy somewhere safe: Cloudflare does not give secrets back, and replacing one needs the old one too.`

const ABOUT_SIGNING_KEYS = `The value of DOORWARD_SIGNING_KEYS. Keep a copy somewhere safe, not in the repository: Cloudflare does not give
secrets back, and the next rotation starts from it. Rotate at most once a day, into another file:
  doorward keygen signing-keys --rotate keys.json > new-keys.json
  wrangler secret put DOORWARD_SIGNING_KEYS < new-keys.json`

/**
 * What the person typed after `keygen`. A problem quotes nothing of it: keys that were pasted in the wrong place would
 * be shown.
 *
 * @returns what to make, or what was not understood
 */
export function readKeygenRequest(
  [kind, ...rest]: readonly string[],
  { rotate, ...others }: KeygenOptions,
): KeygenRequest | { readonly problem: string } {
  if (kind !== 'secret' && kind !== 'signing-keys') {
    return { problem: 'keygen makes one of two things: "secret" or "signing-keys"' }
  }
  if (rest.length > 0) return { problem: `keygen ${kind} takes no other arguments` }
  const [other] = Object.keys(others)
  if (other !== undefined) return { problem: `keygen ${kind} has no option --${other}` }
  if (kind === 'signing-keys') return { kind, rotate }
  return rotate === undefined ? { kind } : { problem: 'keygen secret has nothing to --rotate' }
}

/**
 * `doorward keygen`: the value goes to standard output, alone, so that it can be handed on; what it is goes to standard
 * error.
 *
 * @returns the exit code: 0, or 1 with nothing on standard output
 */
export async function keygen(request: KeygenRequest, output: Output): Promise<number> {
  if (request.kind === 'secret') {
    output.log(randomId(32))
    output.error(ABOUT_SECRET)
    return 0
  }
  const made = await makeSigningKeys(request.rotate)
  if ('problem' in made) {
    output.error(`doorward: ${made.problem}`)
    return 1
  }
  output.log(made.keys.reveal())
  output.error(ABOUT_SIGNING_KEYS)
  return 0
}

async function makeSigningKeys(
  path: string | undefined,
): Promise<{ readonly keys: Secret } | { readonly problem: string }> {
  if (path === undefined) return { keys: await generateSigningKeys() }
  let present: string
  try {
    present =
      path === '-' ? await text(process.stdin) : await readFile(resolveFromCaller(path, process.env), 'utf8')
  } catch (error) {
    // Without the path: somebody may have put the keys themselves there.
    return { problem: `the file to --rotate: ${whyUnreadable(error)}` }
  }
  if (present.trim() === '') {
    return {
      problem:
        'the file to --rotate is empty: if the new set was to be written to the same file, the shell emptied it first; take the copy that you kept',
    }
  }
  try {
    return { keys: await rotateSigningKeys(new Secret(present)) }
  } catch (error) {
    if (error instanceof SsoError) return { problem: error.message }
    throw error
  }
}
