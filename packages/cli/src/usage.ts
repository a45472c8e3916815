/** What each command is for and takes: the whole help, and a command's own, are made of it. */
const commands = {
  init: `ask a few questions, write a first auth_config.yml, and say what to do with it
  --out FILE         where to write it; --force replaces what is there
  --provider NAME    an answer in advance, as are: --protocol --base-url --id --name --email-domain --client-id
                     --client-secret --tenant --domain --realm --region --user-pool-id --environment-id
                     --application-id --idp-id --resource --server-url --entity-id --metadata --sso-url --certificate
                     --email-attribute --uid-attribute --groups-attribute --allowed-organizations; without a
                     terminal, all that are needed`,
  check: `say everything that is wrong with a configuration
  --json             for programs`,
  urls: `print what to register at each identity provider
  --json             for programs`,
  doctor: `ask every identity provider what is right and what is wrong, and say what to do
  --json             for programs
  --timeout SECONDS  how long one answer may take; at most 10`,
  compile: `turn a configuration into what runs on the edge
  --out FILE         where to write it`,
  push: `bring a configuration to a running worker without a deploy, sealed with DOORWARD_SECRET
  --worker DIR       the worker's folder; else the repository's apps/worker, else this folder
  --out FILE         write what is to be uploaded, and upload nothing
  --local            to what "wrangler dev" keeps, at --persist-to DIR if it was told so`,
  keygen: `print a new value, to be kept secret; one of
  secret             for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN
  signing-keys       for DOORWARD_SIGNING_KEYS
  saml-keys          for DOORWARD_SAML_KEYS: an RSA key and its certificate, for the host of the base URL
  --rotate FILE      the present keys, from which the new ones are made; - is standard input
  --host HOST        whom the certificate is for, in place of a base URL
  --key, --cert FILE a key to take over, and its certificate, both PEM
  --split FILE       the present SAML keys, cut for "wrangler secret bulk"`,
} as const

/** The name of a command. */
export type CommandName = keyof typeof commands

/** All of them, in the order of the help. */
export const commandNames = Object.keys(commands) as readonly CommandName[]

/** @returns whether there is such a command */
export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name)
}

/** What follows the command's name, where that is not a file. */
const operands: Readonly<Partial<Record<CommandName, string>>> = {
  init: '',
  keygen: ' secret|signing-keys|saml-keys',
}

const FILE =
  '  FILE                 else AUTH_CONFIG_PATH; else the variables of ClearML or W&B; else ./auth_config.yml'
const BASE_URL =
  '  --base-url URL       where people reach Doorward; else DOORWARD_BASE_URL, CVAT_BASE_URL or CVAT_HOST'
const EXIT_CODES =
  'Exit codes: 0 fine, 1 the configuration, the signing keys or a provider have errors, 2 the command was not understood, 130 left.'

/** The whole help. */
export function usage(): string {
  const parts = commandNames.map(
    (name) => `  ${name.padEnd(10)}${commands[name].replaceAll('\n', `\n${' '.repeat(10)}`)}`,
  )
  return `Usage: doorward <command> [FILE] [options]

${parts.join('\n')}

${FILE}
${BASE_URL}
  --help, --version    this, also of one command; which version this is

${EXIT_CODES}`
}

/** The help of one command. */
export function usageOf(name: CommandName): string {
  const [what = '', ...options] = commands[name].split('\n')
  const file = operands[name] === undefined ? [FILE] : []
  // In line with what every command takes.
  const own = options.map((line) => `${line.slice(0, 21)}  ${line.slice(21)}`)
  return `Usage: doorward ${name}${operands[name] ?? ' [FILE]'} [options]

${what.charAt(0).toUpperCase()}${what.slice(1)}

${[...own, ...file, BASE_URL].join('\n')}

${EXIT_CODES}`
}
