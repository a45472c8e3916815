/** A part of the code whose every check must be missed by somebody when it is gone. */
export interface Target {
  /** The workspace package. */
  readonly package: string
  /** The folder whose files are changed, within the package. Its tests are asked. */
  readonly folder: string
  /** Cases that are asked first, for they are fast: a module that prints the names of those that come out wrong, within the package. */
  readonly judge: string
  /** The test that asks the same cases, within the package: it is not asked again. */
  readonly judgeTest: string
  /** Where it is written down who missed what, within the package. */
  readonly table: string
}

/** What `mutate` knows, by name. */
export const targets: Readonly<Record<string, Target>> = {
  saml: {
    package: 'packages/core',
    folder: 'src/saml',
    judge: 'test/saml-corpus/judge.ts',
    judgeTest: 'src/saml/corpus.test.ts',
    table: 'test/saml-corpus/mutants.json',
  },
}
