import type { AnyContestant, Contestant } from '../../bench.ts'
import type { Claims } from './input/claims.ts'
import type { Input, Message } from './input/input.ts'

/** A way of validating responses, made ready for one input: keys and settings are known. */
export interface Validator {
  readonly name: string
  /** @returns what it read, or true when it only verifies; undefined or false when it refuses, which it may throw as well */
  validate(message: Message): Promise<Claims | boolean | undefined>
}

/** Makes a {@link Validator} a contestant that validates its input again and again. */
export function contestantOf({ name, validate }: Validator, input: Input): Contestant {
  return {
    ...entryOf(name, input),
    prove: () => proveValidator({ name, validate }, input),
    run: () => validate(input.message),
  }
}

/** Who takes part with this input. */
export function entryOf(
  name: string,
  { size, bytes }: Input,
): Pick<AnyContestant, 'name' | 'input' | 'bytes'> {
  return { name, input: size, bytes }
}

/** @throws Error unless the good message is accepted with the right claims, and each altered one is refused */
export async function proveValidator({ name, validate }: Validator, input: Input): Promise<void> {
  const said = await validate(input.message)
  if (!said) throw new Error(`${name}: the good response of ${input.size} is not accepted`)
  if (said !== true && !isSame(said, input.claims)) throw new Error(`${name}: other claims than were sent`)
  for (const [index, message] of input.altered.entries()) {
    if (await accepts(validate, message)) throw new Error(`${name}: alteration ${index} is accepted`)
  }
}

async function accepts(validate: Validator['validate'], message: Message): Promise<boolean> {
  try {
    return Boolean(await validate(message))
  } catch {
    return false
  }
}

function isSame(claims: Claims, expected: Claims): boolean {
  return JSON.stringify(claims) === JSON.stringify(expected)
}

/**
 * What a library read, as claims.
 *
 * @param valuesOf an attribute's value or values, by its name
 */
export function claimsFrom(
  nameId: string | undefined,
  { attributes }: Claims,
  valuesOf: (name: string) => unknown,
): Claims {
  return {
    nameId: nameId ?? '',
    attributes: attributes.map(({ name }) => {
      const values = valuesOf(name)
      return { name, values: (Array.isArray(values) ? values : [values]) as readonly string[] }
    }),
  }
}
