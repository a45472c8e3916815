import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import manifest from '../package.json' with { type: 'json' }
import { check } from './commands/check.ts'
import { compile } from './commands/compile.ts'
import { doctor, readDoctorRequest } from './commands/doctor.ts'
import { init, initOptions } from './commands/init.ts'
import { keygen, readKeygenRequest } from './commands/keygen.ts'
import { push, readPushRequest } from './commands/push.ts'
import { urls } from './commands/urls.ts'
import { explainMisread } from './misread.ts'
import { type Output, terminalOutput } from './output.ts'
import { hasVariables, readSettings, resolveFromCaller, type Settings } from './settings.ts'

const USAGE = `Usage: doorward <command> [FILE] [options]

  init      ask a few questions, write a first auth_config.yml, and say what to do with it
            --out FILE         where to write it; --force replaces what is there
            --provider NAME    an answer in advance, as are: --protocol --base-url --id --name --email-domain --client-id
                               --client-secret --tenant --domain --realm --region --user-pool-id --environment-id
                               --application-id --idp-id --resource --server-url --entity-id --metadata --sso-url --certificate
                               --email-attribute --uid-attribute --groups-attribute --allowed-organizations; without a
                               terminal, all that are needed
  check     say everything that is wrong with a configuration
            --json             for programs
  urls      print what to register at each identity provider
            --json             for programs
  doctor    ask every identity provider what is right and what is wrong, and say what to do
            --json             for programs
            --timeout SECONDS  how long one answer may take; at most 10
  compile   turn a configuration into what runs on the edge
            --out FILE         where to write it
  push      bring a configuration to a running worker without a deploy, sealed with DOORWARD_SECRET
            --worker DIR       the worker's folder; else the repository's apps/worker, else this folder
            --out FILE         write what is to be uploaded, and upload nothing
            --local            to what "wrangler dev" keeps, at --persist-to DIR if it was told so
  keygen    print a new value, to be kept secret; one of
            secret             for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN
            signing-keys       for DOORWARD_SIGNING_KEYS
            saml-keys          for DOORWARD_SAML_KEYS: an RSA key and its certificate, for the host of the base URL
            --rotate FILE      the present keys, from which the new ones are made; - is standard input
            --host HOST        whom the certificate is for, in place of a base URL
            --key, --cert FILE a key to take over, and its certificate, both PEM
            --split FILE       the present SAML keys, cut for "wrangler secret bulk"

  FILE                 else AUTH_CONFIG_PATH; else the variables of ClearML or W&B; else ./auth_config.yml
  --base-url URL       where people reach Doorward; else DOORWARD_BASE_URL, CVAT_BASE_URL or CVAT_HOST
  --help, --version    this; which version this is

Exit codes: 0 fine, 1 the configuration, the signing keys or a provider have errors, 2 the command was not understood, 130 left.`

/** The options there are, and the commands that take them. */
const options = {
  'base-url': { type: 'string', of: ['check', 'compile', 'doctor', 'init', 'keygen', 'push', 'urls'] },
  json: { type: 'boolean', of: ['check', 'doctor', 'urls'] },
  out: { type: 'string', of: ['compile', 'init', 'push'] },
  worker: { type: 'string', of: ['push'] },
  local: { type: 'boolean', of: ['push'] },
  'persist-to': { type: 'string', of: ['push'] },
  rotate: { type: 'string', of: ['keygen'] },
  host: { type: 'string', of: ['keygen'] },
  key: { type: 'string', of: ['keygen'] },
  cert: { type: 'string', of: ['keygen'] },
  split: { type: 'string', of: ['keygen'] },
  ...initOptions,
  timeout: { type: 'string', of: ['doctor'] },
  help: { type: 'boolean', short: 'h', of: [] },
  version: { type: 'boolean', short: 'v', of: [] },
} as const

type Values = ReturnType<typeof parse>['values']

/** What the person typed after the command, and where it is answered. */
interface Given {
  readonly operands: readonly string[]
  readonly values: Values
  readonly output: Output
}

/** What each command does with what was typed. @returns the exit code, or what was not understood */
const commands: Readonly<Record<string, (given: Given) => Promise<number> | { readonly problem: string }>> = {
  init({ operands: [stray], values: { out, force = false, ...given }, output }) {
    if (stray !== undefined) return { problem: `init takes no FILE: use --out ${stray}` }
    return init({ given, out, force, env: process.env }, output)
  },
  keygen({ operands, values, output }) {
    const request = readKeygenRequest(operands, values, process.env)
    return 'problem' in request ? request : keygen(request, output, process.env)
  },
  check: (given) =>
    onConfiguration(given, (settings) => check(settings, given.values.json === true, given.output)),
  doctor(given) {
    const request = readDoctorRequest(given.values.json === true, given.values.timeout)
    return 'problem' in request
      ? request
      : onConfiguration(given, (settings) => doctor(settings, request, given.output))
  },
  urls: (given) =>
    onConfiguration(given, (settings) => urls(settings, given.values.json === true, given.output)),
  compile(given) {
    const { out } = given.values
    if (out === undefined) return { problem: 'compile needs --out FILE' }
    return onConfiguration(given, (settings) => compile(settings, out, given.output))
  },
  push(given) {
    const request = readPushRequest(given.values, process.env)
    return 'problem' in request
      ? request
      : onConfiguration(given, (settings) => push(settings, request, given.output))
  },
}

/**
 * The command line.
 *
 * @param argv without node and the program's name
 * @returns the exit code
 */
export async function main(argv: readonly string[], output: Output = terminalOutput()): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(argv)
  } catch {
    return misunderstood(explainMisread(argv, options), output)
  }
  const { values, positionals } = parsed
  const [name, ...operands] = positionals
  if (values.version) {
    output.log(`doorward ${manifest.version}`)
    return 0
  }
  if (values.help || name === undefined) {
    output.log(USAGE)
    return name === undefined && !values.help ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) return misunderstood(`there is no command "${name}"`, output)
  const stray = Object.keys(values).find(
    (option) => !(options[option as keyof Values].of as readonly string[]).includes(name),
  )
  if (stray !== undefined) return misunderstood(`${name} has no option --${stray}`, output)
  const done = command({ operands, values, output })
  return 'problem' in done ? misunderstood(done.problem, output) : done
}

function onConfiguration(
  { operands, values }: Given,
  run: (settings: Settings) => Promise<number>,
): Promise<number> | { readonly problem: string } {
  const [configPath, extra] = operands
  if (extra !== undefined) return { problem: `one file at a time: "${extra}" is too much` }
  const path = configPath ?? fileHere()
  const settings = readSettings({ configPath: path, baseUrl: values['base-url'], env: process.env })
  return 'problem' in settings ? settings : run(settings)
}

/** The file that nobody named, where nothing else was. */
function fileHere(): string | undefined {
  if (process.env['AUTH_CONFIG_PATH'] || hasVariables(process.env)) return undefined
  return existsSync(resolveFromCaller('auth_config.yml', process.env)) ? 'auth_config.yml' : undefined
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], allowPositionals: true, options })
}

function misunderstood(problem: string, output: Output): number {
  output.error(`doorward: ${problem}\nTry "doorward --help".`)
  return 2
}
