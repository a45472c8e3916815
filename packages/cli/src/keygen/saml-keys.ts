import { X509Certificate } from 'node:crypto'
import { Secret, SsoError } from '@doorward/core'
import {
  adoptServiceProviderKey,
  generateServiceProviderKeys,
  inspectServiceProviderKeys,
  rotateServiceProviderKeys,
} from '@doorward/core/saml'
import { plain } from '../plain.ts'
import type { TypedCommands } from '../repository.ts'
import { readBaseUrl, type Variables } from '../settings.ts'
import { EMPTIED, type Made, madeBy } from './made.ts'
import { readSecretFile } from './read-secret-file.ts'

/** What `keygen saml-keys` is to make. */
export type SamlKeysRequest =
  /** A first key, or the next step from the keys in a file; `-` is standard input. */
  | { readonly host: string; readonly rotate: string | undefined }
  /** A key that another product had, from two files. */
  | { readonly key: string; readonly cert: string }
  /** No key: the ones in a file, cut to the size of a Worker's secrets. */
  | { readonly split: string }

/** The options of it, as they were typed. */
export interface SamlKeysOptions {
  readonly rotate?: string
  readonly host?: string
  readonly key?: string
  readonly cert?: string
  readonly split?: string
  readonly 'base-url'?: string
}

const HOST = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/

/** @returns what to make, or what was not understood; a path is never repeated, because it may be a key */
export function readSamlKeysRequest(
  options: SamlKeysOptions,
  env: Variables,
): SamlKeysRequest | { readonly problem: string } {
  const { rotate, host, key, cert, split, 'base-url': baseUrl } = options
  if (split !== undefined) {
    return Object.keys(options).length > 1
      ? { problem: 'keygen saml-keys makes nothing with --split: leave the others out' }
      : { split }
  }
  if (key !== undefined || cert !== undefined) return readAdoption(options)
  if (host === undefined) {
    const address = readBaseUrl(baseUrl, env)
    return 'problem' in address
      ? { problem: `${address.problem}; or name the host of the certificate: --host sso.example.com` }
      : { host: new URL(address.baseUrl).hostname, rotate }
  }
  return HOST.test(host)
    ? { host, rotate }
    : { problem: '--host takes a host alone, such as sso.example.com' }
}

function readAdoption({
  key,
  cert,
  rotate,
  host,
}: SamlKeysOptions): SamlKeysRequest | { readonly problem: string } {
  if (key === undefined || cert === undefined) {
    return { problem: 'keygen saml-keys takes a key over with --key FILE and --cert FILE together' }
  }
  if (rotate !== undefined || host !== undefined) {
    return { problem: 'keygen saml-keys makes nothing new with --key and --cert: leave the others out' }
  }
  return key === '-' && cert === '-'
    ? { problem: 'only one of the two can be standard input' }
    : { key, cert }
}

/** Makes the value of DOORWARD_SAML_KEYS. */
export async function makeSamlKeys(request: SamlKeysRequest): Promise<Made> {
  if ('key' in request) {
    const key = await readSecretFile(request.key, 'the file of --key')
    if ('problem' in key) return key
    const certificate = await readSecretFile(request.cert, 'the file of --cert')
    if ('problem' in certificate) return certificate
    return madeBy(() => adoptServiceProviderKey(key.secret, certificate.secret.reveal()))
  }
  if ('split' in request) return splitKeys(request.split)
  const { host, rotate } = request
  const now = Date.now()
  if (rotate === undefined) return madeBy(() => generateServiceProviderKeys({ host, now }))
  const present = await readSecretFile(rotate, 'the file to --rotate')
  if ('problem' in present) return present.problem.endsWith('is empty') ? { problem: EMPTIED } : present
  return madeBy(() => rotateServiceProviderKeys(present.secret, { host, now }))
}

/** As many as the worker joins. Always all of them: one that is left from before would spoil the rest. */
const PARTS = ['', '_2', '_3', '_4']

/** Cloudflare takes 5 KB in a secret of a Worker. */
const MAX_PART = 5000

/** Makes of keys what `wrangler secret bulk` reads, which sets all parts at once: half of them would be no keys at all. */
async function splitKeys(path: string): Promise<Made> {
  const present = await readSecretFile(path, 'the file to --split')
  if ('problem' in present) return present
  return madeBy(async () => {
    inspectServiceProviderKeys(present.secret)
    const text = present.secret.reveal().trim()
    const size = Math.ceil(text.length / PARTS.length)
    if (size > MAX_PART) {
      throw new SsoError('installation_invalid', 'the keys are too large for the secrets of a Worker')
    }
    const parts = PARTS.map((end, index) => [
      `DOORWARD_SAML_KEYS${end}`,
      text.slice(index * size, (index + 1) * size),
    ])
    return new Secret(JSON.stringify(Object.fromEntries(parts)))
  })
}

const ROLES = ['signs, and may be encrypted for', 'next: signs after one more --rotate']

/** What is said beside the value: all of it is public. */
export function aboutSamlKeys(value: Secret, request: SamlKeysRequest, typed: TypedCommands): string {
  if ('split' in request) return `${ABOUT_PARTS}${typed.wranglerIsAt}:\n${splitCommand(typed)}`
  const { keys } = JSON.parse(value.reveal()) as { keys: readonly { certificate: string }[] }
  const certificates = keys.map(({ certificate }) => new X509Certificate(Buffer.from(certificate, 'base64')))
  const lines = certificates.map(({ subject, validToDate, fingerprint256 }, index) => {
    const role = ROLES[index] ?? 'previous: only decrypts'
    return `  ${index + 1}. ${plain(subject)}, until ${validToDate.toISOString().slice(0, 10)}, ${role}
     SHA-256 ${fingerprint256}`
  })
  return [
    ABOUT,
    ...lines,
    '',
    ...(keys.length > 1 ? severalSteps(typed) : firstSteps(typed)),
    `  (umask 077; ${typed.doorward} keygen saml-keys --host ${hostOf(certificates)} --rotate saml-keys.json > new-saml-keys.json)`,
    'The first step adds a next key, which every identity provider has to learn before the second lets it sign.',
    '',
    LAST,
    newestOf(certificates),
  ].join('\n')
}

/** With one key. */
function firstSteps({ wrangler, wranglerIsAt }: TypedCommands): readonly string[] {
  return [
    `With that copy in saml-keys.json, for Cloudflare${wranglerIsAt}:`,
    `  ${wrangler} secret put DOORWARD_SAML_KEYS < saml-keys.json`,
    'A rotation takes two steps, each by the same command:',
  ]
}

/** With more than one. */
function severalSteps(typed: TypedCommands): readonly string[] {
  return [
    `More than one key is too much for a secret of a Worker. With that copy in new-saml-keys.json, for Cloudflare${typed.wranglerIsAt}:`,
    splitCommand(typed),
    'After that, the next step of a rotation, or the first of another one:',
  ]
}

function splitCommand({ doorward, wrangler }: TypedCommands): string {
  return `  ${doorward} keygen saml-keys --split new-saml-keys.json | ${wrangler} secret bulk && mv new-saml-keys.json saml-keys.json`
}

/** Whose the next certificate is to be. A name that another product chose may be no host. */
function hostOf([certificate]: readonly X509Certificate[]): string {
  const name = /^CN=(.*)$/m.exec(certificate?.subject ?? '')?.[1] ?? ''
  return HOST.test(name) ? name : 'sso.example.com'
}

const ABOUT_PARTS =
  'The parts of DOORWARD_SAML_KEYS, all at once, because a secret of a Worker has room for one key. They go to Cloudflare'

const ABOUT = `The value of DOORWARD_SAML_KEYS. Keep a copy somewhere safe, not in the repository: Cloudflare does not give
secrets back, and the next rotation starts from it.`

const LAST =
  'Identity providers that read our metadata find the certificates there. For those that want a file, the newest one:'

function newestOf(certificates: readonly X509Certificate[]): string {
  const newest = certificates[1] ?? certificates[0]
  return newest?.toString().trimEnd() ?? ''
}
