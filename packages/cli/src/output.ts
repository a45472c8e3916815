/** Where a command says something. */
export interface Output {
  log(text: string): void
  error(text: string): void
  /** Whether colours are shown. */
  readonly colours: boolean
}

/** The terminal; colours as [NO_COLOR](https://no-color.org/) and the terminal allow. */
export function terminalOutput(): Output {
  return {
    log: (text) => console.log(text),
    error: (text) => console.error(text),
    colours: process.stderr.hasColors?.() === true && !process.env['NO_COLOR'],
  }
}
