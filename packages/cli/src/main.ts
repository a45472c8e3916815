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
import { didYouMean, explainMisread } from './misread.ts'
import { type Output, terminalOutput } from './output.ts'
import { hasVariables, readSettings, resolveFromCaller, type Settings } from './settings.ts'
import { type CommandName, commandNames, isCommand, usage, usageOf } from './usage.ts'

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
const commands: Readonly<
  Record<CommandName, (given: Given) => Promise<number> | { readonly problem: string }>
> = {
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
  if (name === undefined) {
    output.log(usage())
    return values.help ? 0 : 2
  }
  if (!isCommand(name)) {
    return misunderstood(`there is no command "${name}"${didYouMean(name, commandNames)}`, output)
  }
  if (values.help) {
    output.log(usageOf(name))
    return 0
  }
  const stray = Object.keys(values).find(
    (option) => !(options[option as keyof Values].of as readonly string[]).includes(name),
  )
  if (stray !== undefined) return misunderstood(`${name} has no option --${stray}`, output)
  const done = commands[name]({ operands, values, output })
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
