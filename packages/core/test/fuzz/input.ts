/** What is fed: answers to logins, XML as such, metadata, and the two forms in which messages of single logout come. */
export type TargetName = 'response' | 'xml' | 'metadata' | 'redirect' | 'post'

/** Something to be read by one of the readers. */
export interface Input {
  readonly target: TargetName
  readonly bytes: Uint8Array
  /** What it was made from, and what was done to it. */
  readonly history: readonly string[]
}

/** An input that nobody has touched yet. */
export interface Seed extends Input {
  /** X.509 in base64: whom a reader of this one trusts. */
  readonly certificates: readonly string[]
  /** Whether it must be refused, must be accepted, or may be either. */
  readonly verdict: 'must-fail' | 'may-succeed' | 'must-succeed'
}

/** Something that must not be. */
export interface Finding {
  readonly kind: 'crash' | 'slow' | 'hang' | 'forgery' | 'disagreement' | 'refused'
  /** A sentence, or the stack of an exception. */
  readonly what: string
  readonly input: Input
}

export function textOf({ bytes }: Pick<Input, 'bytes'>): string {
  return new TextDecoder().decode(bytes)
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
