import { plain } from '../plain.ts'

/** Says how far an examination is, while people wait. */
export interface Progress {
  began(name: string): void
  ended(name: string): void
  /** Leaves nothing behind on a terminal. */
  finish(): void
}

/** A stream that may be a terminal, such as `process.stderr`. */
export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/**
 * One line that changes on a terminal; elsewhere, and in CI, a line for each that is done.
 *
 * @param say says a line where there is no terminal
 */
export function createProgress(
  total: number,
  screen: Screen,
  say: (line: string) => void,
  isCi: boolean,
): Progress {
  const underWay = new Set<string>()
  let done = 0
  const isTerminal = screen.isTTY === true && !isCi
  const show = () => {
    const line = `${done} of ${total} examined; waiting for ${[...underWay].join(', ')}`
    const width = (screen.columns ?? 80) - 1
    screen.write(`\r\u001b[K${line.length > width ? `${line.slice(0, width - 1)}…` : line}`)
  }
  return {
    began(name) {
      underWay.add(plain(name))
      if (isTerminal) show()
    },
    ended(name) {
      underWay.delete(plain(name))
      done += 1
      if (!isTerminal) say(`${done} of ${total} examined: ${plain(name)}`)
      else if (underWay.size > 0) show()
    },
    finish() {
      if (isTerminal) screen.write('\r\u001b[K')
    },
  }
}
