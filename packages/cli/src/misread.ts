import { parseArgs } from 'node:util'
import { nearest } from '@doorward/core/config'

/** An option, as `parseArgs` takes it, and the commands that take it. */
interface Known {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly of: readonly string[]
}

/**
 * Why `parseArgs` refuses what was typed, in our words. Values are not quoted: they may be secrets.
 *
 * @param options all that there are
 */
export function explainMisread(argv: readonly string[], options: Readonly<Record<string, Known>>): string {
  const { tokens, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options,
  })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const known = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!known) {
      const ofCommand = Object.keys(options).filter((name) => isFor(positionals[0], options[name]))
      return `there is no option ${token.rawName}${didYouMean(token.name, ofCommand, '--')}`
    }
    if (known.type === 'boolean' && token.value !== undefined) return `${token.rawName} takes no value`
    // What begins like an option is one, unless it is told otherwise.
    if (known.type === 'string' && (token.value === undefined || looksLikeOption(token))) {
      return `${token.rawName} needs a value; one that begins with "-" is written --${token.name}=VALUE`
    }
  }
  return 'the options can not be read'
}

function isFor(command: string | undefined, known: Known | undefined): boolean {
  return known?.of.length === 0 || command === undefined || known?.of.includes(command) === true
}

function looksLikeOption({ value, inlineValue }: { value?: string; inlineValue?: boolean }): boolean {
  return inlineValue !== true && value !== undefined && value.length > 1 && value.startsWith('-')
}

/** @returns the end of a sentence about a name that there is not; nothing where none resembles it */
export function didYouMean(name: string, candidates: readonly string[], before = ''): string {
  const plain = candidates.map((candidate) => candidate.replaceAll('-', '_'))
  const meant = nearest(name, plain)
  return meant === undefined ? '' : `: did you mean ${before}${candidates[plain.indexOf(meant)]}?`
}
