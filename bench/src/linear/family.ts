/**
 * What becomes of an input: it is read and, if it is a message, brought into every canonical form; or it is refused, with
 * this code; or that depends on its size.
 */
type Fate = 'read' | 'depends' | `saml_${string}`

/** Inputs of one kind, larger and larger, each made to take as long as it can. */
export interface Family {
  readonly name: string
  /** What about it might grow faster than its length. */
  readonly danger: string
  /** An input of about so many bytes. */
  make(bytes: number): string
  /** Who reads it. */
  readonly reader: ReaderName
  readonly fate: Fate
  /** The largest one that is not refused for its length alone, in bytes. */
  readonly limit: number
}

/** The readers of what anybody may have written. */
export type ReaderName = 'message' | 'answer' | 'metadata' | 'query'

/** Repeats a piece as often as it fits into so many bytes of UTF-8. */
export function filled(bytes: number, piece: (index: number) => string): string {
  const pieces: string[] = []
  for (let left = bytes, index = 0; ; index++) {
    const next = piece(index)
    left -= Buffer.byteLength(next)
    if (left < 0) return pieces.join('')
    pieces.push(next)
  }
}

/** Calls for each number below `count`, and joins what comes of it. */
export function times(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join('')
}
