import type { TakenVariable } from './read-configuration.ts'

/** What a configuration takes from the environment, a line each; never what the variables say. */
export function takenLines(taken: readonly TakenVariable[]): readonly string[] {
  return taken.map((one) => `taken from the environment: ${takenText(one)}`)
}

/** Such as `ACME_HOST for "server_url" of "acme"`. */
export function takenText({ variable, key, connection }: TakenVariable): string {
  return `${variable} for "${key}"${connection === undefined ? '' : ` of "${connection}"`}`
}
