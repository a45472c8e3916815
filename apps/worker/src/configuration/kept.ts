/** The newest pushed configuration that was accepted, and its seal where it was asked for. */
export interface KeptConfiguration {
  readonly version: number
  readonly sealed: string | undefined
}

/** What came of keeping one. */
export interface Keeping {
  /** Which version is kept now. */
  readonly newest: number
  /** Whether it was kept for the first time. */
  readonly isNew: boolean
}

/**
 * Remembers the newest configuration that was accepted, so that nobody can put an older one back where it was pushed to.
 *
 * **Promises** that what `keep` kept is what every later `newest` returns, wherever it is asked, until a newer one is
 * kept.
 * **When it can not be reached** it rejects, and nothing new may be used.
 * **Does not check** what it is given: only what was opened and fits may be kept.
 */
export interface KeptConfigurations {
  /** @param above `sealed` is returned only for a version above this one: it is large */
  newest(above: number): Promise<KeptConfiguration | undefined>
  /** Keeps `sealed` unless a newer one is kept; in the place of the same version too. */
  keep(version: number, sealed: string): Promise<Keeping>
}
