import { on } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Where questions are shown and answers typed. */
export interface Terminal {
  say(text: string): void
  /**
   * @param prompt stands on the line on which the answer is typed
   * @returns the line, without its end
   * @throws {@link Abandoned} on Ctrl-C, and on Ctrl-D or any other end of the input
   */
  ask(prompt: string, options?: { readonly isHidden?: boolean | undefined }): Promise<string>
  /** Gives the terminal back as it was. */
  close(): void
}

/** There will be no more answers: the person wants out, or the input ended. */
export class Abandoned extends Error {
  override readonly name = 'Abandoned'
}

interface TerminalStreams {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream & { readonly columns?: number }
  /** Whether they are a terminal, whose keys are read one by one. */
  readonly isTerminal: boolean
}

/** Opens a terminal for questions. What is typed or pasted ahead answers the questions that follow. */
export function openTerminal({ input, output, isTerminal }: TerminalStreams): Terminal {
  let isHidden = false
  const echo = new Writable({
    decodeStrings: false,
    write(chunk, _, done) {
      if (!isHidden) output.write(chunk)
      done()
    },
  })
  // By this the editor of the line knows where it breaks.
  Object.defineProperty(echo, 'columns', { get: () => output.columns })
  // Without a history: the key for it must not bring an earlier answer back.
  const lines = createInterface({ input, output: echo, terminal: isTerminal, historySize: 0 })
  const answers = on(lines, 'line', { close: ['close'] })
  let isOver = false
  lines.on('close', () => {
    isOver = true
  })
  lines.on('SIGINT', () => lines.close())
  return {
    say: (text) => void output.write(`${text}\n`),
    async ask(prompt, options) {
      isHidden = options?.isHidden === true
      // Lines that were typed before the end are still to be had then.
      if (isHidden || isOver) output.write(prompt)
      else {
        lines.setPrompt(prompt)
        lines.prompt()
      }
      const { value, done } = await answers.next()
      if (isHidden) output.write('\n')
      isHidden = false
      if (done) throw new Abandoned('there will be no more answers')
      return String((value as unknown[])[0])
    },
    close: () => lines.close(),
  }
}
