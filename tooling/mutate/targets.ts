import { type Equivalent, oidcEquivalents, samlEquivalents } from './equivalents.ts'

/** A part of the code whose every check must be missed by somebody when it is gone. */
export interface Target {
  /** The workspace package. */
  readonly package: string
  /** The folder that files are named in, within the package. */
  readonly folder: string
  /** The folders within it whose files are changed, and whose tests are asked; `''` for all of it. */
  readonly parts: readonly string[]
  /** Whom to ask first, where there is somebody. */
  readonly judge?: Judge
  /** Where it is written down who missed what, within the package. */
  readonly table: string
  /** What nobody can miss. */
  readonly equivalents: readonly Equivalent[]
}

/** Cases that are asked before the tests, for they are fast. */
interface Judge {
  /** A module that prints the names of those that come out wrong, within the package. */
  readonly path: string
  /** The test that asks the same cases, within the package: it is not asked again. */
  readonly test: string
}

/** What `mutate` knows, by name. */
export const targets: Readonly<Record<string, Target>> = {
  saml: {
    package: 'packages/core',
    folder: 'src/saml',
    parts: [''],
    judge: { path: 'test/saml-corpus/judge.ts', test: 'src/saml/corpus.test.ts' },
    table: 'test/saml-corpus/mutants.json',
    equivalents: samlEquivalents,
  },
  oidc: {
    package: 'packages/core',
    folder: 'src',
    parts: ['oauth', 'oidc', 'social'],
    table: 'test/oidc-mutants.json',
    equivalents: oidcEquivalents,
  },
}
