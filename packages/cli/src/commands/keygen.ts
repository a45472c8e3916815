import { generateSigningKeys, randomId, rotateSigningKeys } from '@doorward/core'
import { EMPTIED, type Made, madeBy } from '../keygen/made.ts'
import { readSecretFile } from '../keygen/read-secret-file.ts'
import {
  aboutSamlKeys,
  makeSamlKeys,
  readSamlKeysRequest,
  type SamlKeysOptions,
  type SamlKeysRequest,
} from '../keygen/saml-keys.ts'
import type { Output } from '../output.ts'
import { type TypedCommands, typedAt } from '../repository.ts'
import { resolveFromCaller, type Variables } from '../settings.ts'

/** What is made: a value for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN, or for one of the two variables with keys. */
export type KeygenRequest =
  | { readonly kind: 'secret' }
  | {
      readonly kind: 'signing-keys'
      /** The file with the present set, or `-` for standard input; without it a fresh set is made. */
      readonly rotate: string | undefined
    }
  | { readonly kind: 'saml-keys'; readonly request: SamlKeysRequest }

const ABOUT_SECRET = `A value for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN: never the same for both.
Keep a copy somewhere safe: Cloudflare does not give secrets back, and replacing one needs the old one too.`

/** What is said beside signing keys: how the next ones are made, and where they go. */
function aboutSigningKeys({ doorward, wrangler, wranglerIsAt }: TypedCommands): string {
  return `The value of DOORWARD_SIGNING_KEYS. Keep a copy somewhere safe, not in the repository: Cloudflare does not give
secrets back, and the next rotation starts from it. With that copy in keys.json, for Cloudflare${wranglerIsAt}:
  ${wrangler} secret put DOORWARD_SIGNING_KEYS < keys.json
Rotate at most once a day, into another file, and put that in the place of the first:
  (umask 077; ${doorward} keygen signing-keys --rotate keys.json > new-keys.json) && mv new-keys.json keys.json`
}

/** The options that each takes. */
const optionsOf = {
  secret: [],
  'signing-keys': ['rotate'],
  'saml-keys': ['rotate', 'host', 'base-url', 'key', 'cert', 'split'],
} as const

/**
 * What the person typed after `keygen`. A problem quotes nothing of it: keys that were pasted in the wrong place would
 * be shown.
 *
 * @returns what to make, or what was not understood
 */
export function readKeygenRequest(
  [kind, ...rest]: readonly string[],
  options: SamlKeysOptions,
  env: Variables,
): KeygenRequest | { readonly problem: string } {
  if (kind !== 'secret' && kind !== 'signing-keys' && kind !== 'saml-keys') {
    return { problem: 'keygen makes one of three things: "secret", "signing-keys" or "saml-keys"' }
  }
  if (rest.length > 0) return { problem: `keygen ${kind} takes no other arguments` }
  const other = Object.keys(options).find((name) => !(optionsOf[kind] as readonly string[]).includes(name))
  if (other === 'rotate') return { problem: 'keygen secret has nothing to --rotate' }
  if (other !== undefined) return { problem: `keygen ${kind} has no option --${other}` }
  if (kind === 'secret') return { kind }
  if (kind === 'signing-keys') return { kind, rotate: options.rotate }
  const request = readSamlKeysRequest(options, env)
  return 'problem' in request ? request : { kind, request }
}

/**
 * `doorward keygen`: the value goes to standard output, alone, so that it can be handed on; what it is goes to standard
 * error.
 *
 * @returns the exit code: 0, or 1 with nothing on standard output
 */
export async function keygen(request: KeygenRequest, output: Output, env: Variables): Promise<number> {
  if (request.kind === 'secret') {
    output.log(randomId(32))
    output.error(ABOUT_SECRET)
    return 0
  }
  const made =
    request.kind === 'saml-keys' ? await makeSamlKeys(request.request) : await makeSigningKeys(request.rotate)
  if ('problem' in made) {
    output.error(`doorward: ${made.problem}`)
    return 1
  }
  output.log(made.secret.reveal())
  const typed = typedAt(resolveFromCaller('.', env))
  output.error(
    request.kind === 'saml-keys'
      ? aboutSamlKeys(made.secret, request.request, typed)
      : aboutSigningKeys(typed),
  )
  return 0
}

async function makeSigningKeys(path: string | undefined): Promise<Made> {
  if (path === undefined) return { secret: await generateSigningKeys() }
  const present = await readSecretFile(path, 'the file to --rotate')
  if ('problem' in present) return present.problem.endsWith('is empty') ? { problem: EMPTIED } : present
  return madeBy(() => rotateSigningKeys(present.secret))
}
