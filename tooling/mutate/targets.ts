/** A part of the code whose every check must be missed by somebody when it is gone. */
export interface Target {
  /** The workspace package. */
  readonly package: string
  /** The folder whose files are changed, within the package. */
  readonly folder: string
  /** Cases that are asked first, for they are fast: a module that prints the names of those that come out wrong, within the package. */
  readonly judge: string | undefined
  /** The tests that are asked next, within the package. */
  readonly tests: readonly string[]
}

/** What `mutate` knows, by name. */
export const targets: Readonly<Record<string, Target>> = {
  saml: {
    package: 'packages/core',
    folder: 'src/saml',
    judge: 'test/saml-corpus/judge.ts',
    tests: ['src/saml'],
  },
}
