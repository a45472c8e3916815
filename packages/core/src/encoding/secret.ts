import { SsoError } from '../errors/index.ts'

/** A value that must not be shown: printing, logging or serialising it gives `[secret]`. */
export class Secret {
  readonly #reveal: () => string

  /** @param value the value, or a function that throws while there is none */
  constructor(value: string | (() => never)) {
    this.#reveal = typeof value === 'string' ? () => value : value
  }

  /** The value itself. Every use of this method is a place to look at in a review. */
  reveal(): string {
    return this.#reveal()
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }
}

/**
 * A secret that should have come from the environment and did not. What needs it fails, and nothing else does.
 *
 * @param variable the name under which it was looked for
 */
export function unsetSecret(variable: string): Secret {
  return new Secret(() => {
    const message = 'a secret that the configuration takes from the environment is not set'
    throw new SsoError('installation_invalid', message, { details: { variable } })
  })
}
