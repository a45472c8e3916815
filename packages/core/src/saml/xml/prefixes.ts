import type { NamespaceDeclaration } from './tree.ts'

/** What prefixes stand for, on the way through a document: element by element, in and out again. */
export class Prefixes {
  readonly #uris: Map<string, string>
  readonly #outer: {
    readonly place: number
    readonly uris: readonly (readonly [string, string | undefined])[]
  }[] = []
  #place = 0
  #lastPlace = 0

  /** @param around what they stand for outside of the first element */
  constructor(around: ReadonlyMap<string, string>) {
    this.#uris = new Map(around)
  }

  /** Another number wherever something else may be meant: the same number, the same meaning of every prefix. */
  get place(): number {
    return this.#place
  }

  /** @returns the namespace that `prefix` stands for here; '' asks for the default namespace, and '' is none */
  get(prefix: string): string | undefined {
    return this.#uris.get(prefix) ?? (prefix === '' ? '' : undefined)
  }

  /** Goes into an element. */
  enter(declarations: readonly NamespaceDeclaration[]): void {
    const uris = this.#uris
    this.#outer.push({
      place: this.#place,
      uris: declarations.map(({ prefix }) => [prefix, uris.get(prefix)]),
    })
    for (const { prefix, uri } of declarations) uris.set(prefix, uri)
    this.#place = ++this.#lastPlace
  }

  /** Comes out of the element that was entered last. */
  leave(): void {
    const outer = this.#outer.pop()
    if (!outer) return
    for (const [prefix, uri] of outer.uris) {
      if (uri === undefined) this.#uris.delete(prefix)
      else this.#uris.set(prefix, uri)
    }
    this.#place = outer.place
  }
}
