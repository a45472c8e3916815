declare global {
  interface ImportMeta {
    /** What Vite makes of it: the texts of the files, by path. The arguments must be written out. */
    glob(
      pattern: string,
      options: { query: '?raw'; import: 'default'; eager: true },
    ): Readonly<Record<string, unknown>>
  }
}

/** A file of `test/`, read so that it is there on every host. */
export interface Fixture {
  /** Without folder and ending. */
  readonly name: string
  readonly text: string
}

const seeds = import.meta.glob('./seeds/**/*.yml', { query: '?raw', import: 'default', eager: true })
const broken = import.meta.glob('./broken/*.yml', { query: '?raw', import: 'default', eager: true })
const said = import.meta.glob('./broken/*.txt', { query: '?raw', import: 'default', eager: true })

/** The examples of one folder of `seeds/`, which its README.md describes. */
export function seedsOf(
  folder: 'loads' | 'misprints' | 'as-stored' | 'as-stored-filled',
): readonly Fixture[] {
  return fixturesIn(seeds, `./seeds/${folder}/`)
}

/** Broken configurations, named after the code of what is wrong; see `broken/README.md`. */
export const brokenFiles: readonly Fixture[] = fixturesIn(broken, './broken/')

/** What is said about them, by name. */
export const brokenProblems: ReadonlyMap<string, string> = new Map(
  fixturesIn(said, './broken/').map(({ name, text }) => [name, text]),
)

function fixturesIn(files: Readonly<Record<string, unknown>>, folder: string): readonly Fixture[] {
  return Object.entries(files)
    .filter(([path]) => path.startsWith(folder))
    .map(([path, text]) => ({ name: path.slice(folder.length).replace(/\.\w+$/, ''), text: String(text) }))
}
