import { parseArgs } from 'node:util'
import { check } from './commands/check.ts'
import { compile } from './commands/compile.ts'
import { type Output, terminalOutput } from './output.ts'
import { readSettings } from './settings.ts'

const USAGE = `Usage: doorward <command> [FILE] [options]

  check     say everything that is wrong with a configuration
  compile   turn a configuration into what runs on the edge
            --out FILE         where to write it

  FILE                 auth_config.yml; else AUTH_CONFIG_PATH
  --base-url URL       where people reach Doorward; else DOORWARD_BASE_URL
  --help               this

Exit codes: 0 fine, 1 the configuration has errors, 2 the command was not understood.`

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
  const [command, configPath, ...rest] = positionals
  if (values.help || command === undefined) {
    output.log(USAGE)
    return command === undefined && !values.help ? 2 : 0
  }
  if (command !== 'check' && command !== 'compile')
    return misunderstood(`there is no command "${command}"`, output)
  if (rest.length > 0) return misunderstood(`one file at a time: "${rest[0]}" is too much`, output)
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
      help: { type: 'boolean', short: 'h' },
    },
  })
}

function misunderstood(problem: string, output: Output): number {
  output.error(`doorward: ${problem}\nTry "doorward --help".`)
  return 2
}
