import { parseArgs } from 'node:util'
import { check } from './commands/check.ts'
import { compile } from './commands/compile.ts'
import { keygen, readKeygenRequest } from './commands/keygen.ts'
import { type Output, terminalOutput } from './output.ts'
import { readSettings } from './settings.ts'

const USAGE = `Usage: doorward <command> [FILE] [options]

  check     say everything that is wrong with a configuration
  compile   turn a configuration into what runs on the edge
            --out FILE         where to write it
  keygen    print a new value, to be kept secret; one of
            secret             for DOORWARD_SECRET or DOORWARD_OPERATOR_TOKEN
            signing-keys       for DOORWARD_SIGNING_KEYS
            --rotate FILE      the present signing keys, from which the new ones are made; - is standard input

  FILE                 auth_config.yml; else AUTH_CONFIG_PATH
  --base-url URL       where people reach Doorward; else DOORWARD_BASE_URL
  --help               this

Exit codes: 0 fine, 1 the configuration or the signing keys have errors, 2 the command was not understood.`

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
  } catch (error) {
    return misunderstood((error as Error).message, output)
  }
  const { values, positionals } = parsed
  const [command, ...operands] = positionals
  if (values.help || command === undefined) {
    output.log(USAGE)
    return command === undefined && !values.help ? 2 : 0
  }
  if (command === 'keygen') return runKeygen({ operands, values, output })
  if (command === 'check' || command === 'compile') return runOnFile(command, { operands, values, output })
  return misunderstood(`there is no command "${command}"`, output)
}

/** What the person typed after the command, and where it is answered. */
interface Given {
  readonly operands: readonly string[]
  readonly values: ReturnType<typeof parse>['values']
  readonly output: Output
}

async function runKeygen({ operands, values, output }: Given): Promise<number> {
  const request = readKeygenRequest(operands, values)
  return 'problem' in request ? misunderstood(request.problem, output) : keygen(request, output)
}

async function runOnFile(command: 'check' | 'compile', { operands, values, output }: Given): Promise<number> {
  const [configPath, ...rest] = operands
  if (rest.length > 0) return misunderstood(`one file at a time: "${rest[0]}" is too much`, output)
  if (values.rotate !== undefined) return misunderstood(`${command} has nothing to --rotate`, output)
  const settings = readSettings({ configPath, baseUrl: values['base-url'], env: process.env })
  if ('problem' in settings) return misunderstood(settings.problem, output)
  if (command === 'check') return check(settings, output)
  return values.out === undefined
    ? misunderstood('compile needs --out FILE', output)
    : compile(settings, values.out, output)
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      'base-url': { type: 'string' },
      out: { type: 'string' },
      rotate: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
}

function misunderstood(problem: string, output: Output): number {
  output.error(`doorward: ${problem}\nTry "doorward --help".`)
  return 2
}
