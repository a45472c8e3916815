import { SsoError } from '../errors/index.ts'
import type { Clock } from '../ports/clock.ts'
import type { DocumentCache } from '../ports/document-cache.ts'
import { createTurns } from './turns.ts'

/** A provider's document, and when it was fetched. */
export interface FetchedDocument<T> {
  readonly document: T
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number
}

/** How long a document is good for. Times are milliseconds since the epoch. */
export interface Lifetime<T> {
  /** Until when it is used without asking again. */
  freshUntil(fetched: FetchedDocument<T>): number
  /** Until when it is used if a new one can not be had. */
  usableUntil(fetched: FetchedDocument<T>): number
}

/** For how long documents are good that say nothing about it, in milliseconds. */
const FRESH_FOR = 60 * 60 * 1000

const hourly: Lifetime<unknown> = {
  freshUntil: ({ fetchedAt }) => fetchedAt + FRESH_FOR,
  usableUntil: ({ fetchedAt }) => fetchedAt + FRESH_FOR,
}

/** While an old document serves in its place: how long after a failure a new one is asked for again, in milliseconds. */
const RETRY_AFTER = 5 * 60 * 1000

/**
 * For how long a failure is the answer to everybody who asks, in milliseconds. Anybody can ask, and a provider that is down
 * shall not be called for each; and a document that is refused may cost much to read.
 */
const FAILURE_HOLDS = 5000

/** Whoever had less, in milliseconds, and got no answer in time tells others nothing: it was used up before. */
const FAIR_TIME = 5000

interface Failure {
  readonly error: unknown
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Whether it is the outcome for others too. */
  readonly isForAll: boolean
}

/** What the cache asks for, in seconds. */
const MIN_MAX_AGE = 60

/** What somebody wants of a document. */
interface Wanted<T> {
  /** Take none that was fetched before this time, or at it (milliseconds since the epoch). */
  readonly newerThan?: number
  /** For one key always the same; an hour if it is not given. */
  readonly lifetime?: Lifetime<T>
  /** Is told why there is no new document where an old one serves in its place. */
  readonly onKept?: (kept: FetchedDocument<T>, error: unknown) => void
}

/** Keeps documents of identity providers: in this process, and behind it in the shared cache. */
export interface Documents {
  /**
   * Finds a document: here, in the shared cache, or at the provider. Of the requests of one process that seek the same
   * at the same time one does, and the others take what it finds, or the old one while that is usable.
   *
   * @param key names the document; for one configuration always the same
   * @param load fetches and checks it, given the old one that would serve in its place; what it refuses is not kept
   */
  read<T>(
    key: string,
    load: (old: T | undefined) => Promise<T>,
    wanted?: Wanted<T>,
  ): Promise<FetchedDocument<T>>
}

/** @param cache the shared cache, sealed: what comes out of it is trusted as if we had fetched it ourselves */
export function createDocuments(cache: DocumentCache, clock: Clock): Documents {
  // As many entries as there are connections and kinds of document: bounded by the configuration.
  const known = new Map<string, FetchedDocument<unknown>>()
  const failures = new Map<string, Failure>()
  const turns = createTurns(clock)

  /** @throws what `load` does, or did a moment ago */
  async function attempt<T>(key: string, load: () => Promise<T>): Promise<T> {
    const failed = failures.get(key)
    if (failed?.isForAll && clock() < failed.at + FAILURE_HOLDS) throw failed.error
    const begunAt = clock()
    try {
      return await load()
    } catch (error) {
      const at = clock()
      // Kept in any case: while an old one serves, nobody waits for a provider that was too slow a moment ago.
      failures.set(key, { error, at, isForAll: !isTimeout(error) || at - begunAt >= FAIR_TIME })
      throw error
    }
  }

  /** Whether the others who seek it need not try: all but a timeout that says nothing to them. */
  const isForAll = (key: string, error: unknown): boolean => {
    const failed = failures.get(key)
    return !isTimeout(error) || (failed?.isForAll === true && failed.error === error)
  }

  /** Looks further than in this process, unless an old one is to do. */
  async function readAnew<T>(
    key: string,
    load: (old: T | undefined) => Promise<T>,
    { newerThan = 0, lifetime = hourly, onKept }: Wanted<T>,
  ): Promise<FetchedDocument<T>> {
    const isUsable = (one: FetchedDocument<T>) =>
      one.fetchedAt > newerThan && lifetime.usableUntil(one) > clock()
    const isFresh = (one: FetchedDocument<T>) => isUsable(one) && lifetime.freshUntil(one) > clock()
    const usable = () => {
      const here = known.get(key) as FetchedDocument<T> | undefined
      return here && isUsable(here) ? here : undefined
    }

    /** Keeps the old one, if it will do. */
    const keepOld = (error: unknown): FetchedDocument<T> => {
      const old = usable()
      if (!old) throw error
      onKept?.(old, error)
      return old
    }

    const seek = async (): Promise<FetchedDocument<T>> => {
      const shared = parse<T>(await cache.get(key))
      if (shared && isUsable(shared) && shared.fetchedAt > (usable()?.fetchedAt ?? 0)) {
        known.set(key, shared)
        if (isFresh(shared)) return shared
      }
      let document: T
      try {
        document = await attempt(key, () => load(usable()?.document))
      } catch (error) {
        return keepOld(error)
      }
      const fetched: FetchedDocument<T> = { document, fetchedAt: clock() }
      known.set(key, fetched)
      const maxAge = Math.ceil((lifetime.usableUntil(fetched) - fetched.fetchedAt) / 1000)
      await cache.put(key, JSON.stringify(fetched), Math.max(MIN_MAX_AGE, maxAge))
      return fetched
    }

    const here = usable()
    const isToWait = turns.isTaken(key) || (failures.get(key)?.at ?? 0) > clock() - RETRY_AFTER
    if (here && isToWait) return here
    return turns.take(key, { perform: seek, find: usable, isForAll: (error) => isForAll(key, error) })
  }

  return {
    async read<T>(key: string, load: (old: T | undefined) => Promise<T>, wanted: Wanted<T> = {}) {
      const { newerThan = 0, lifetime = hourly } = wanted
      const here = known.get(key) as FetchedDocument<T> | undefined
      // Nearly every time, and the shorter for that.
      const isGood =
        here !== undefined &&
        here.fetchedAt > newerThan &&
        Math.min(lifetime.freshUntil(here), lifetime.usableUntil(here)) > clock()
      return isGood ? here : readAnew(key, load, wanted)
    },
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof SsoError && error.code === 'provider_timeout'
}

function parse<T>(text: string | undefined): FetchedDocument<T> | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as FetchedDocument<T>)
}
