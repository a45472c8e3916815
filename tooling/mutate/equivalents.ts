/** A change that nobody can miss, for it changes nothing that anybody could see. */
export interface Equivalent {
  /** The file, within the target's folder. */
  readonly path: string
  /** The change, as `nameOfMutant` says it; or the beginning of it, up to a `…`. */
  readonly change: string
  /** Why nobody can. */
  readonly reason: string
}

/** Few, each with its reason; `mutate` says which of them are not there any more. */
export const equivalents: readonly Equivalent[] = [
  {
    path: 'response.ts',
    change: 'nameIdOf: throw new SsoError(…',
    reason: 'requireSubject was asked before: this is said for the compiler',
  },
]

/** @returns the entry for a change, if there is one */
export function equivalentOf(path: string, change: string): Equivalent | undefined {
  return equivalents.find(
    (one) =>
      one.path === path &&
      (one.change.endsWith('…') ? change.startsWith(one.change.slice(0, -1)) : change === one.change),
  )
}
