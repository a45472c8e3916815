import {
  type BaseUrl,
  type Clock,
  type CompiledConfiguration,
  type EventSink,
  openConfiguration,
  randomReference,
  type Sealer,
  SsoError,
  sealConfiguration,
} from '@doorward/core'
import type { KeptConfiguration, KeptConfigurations } from './kept.ts'

/** How often a busy isolate looks for a pushed configuration, in milliseconds. */
export const LOOK_INTERVAL = 30_000

/**
 * A request that comes so long after the last look waits for the next one, in milliseconds: an isolate that nobody asked
 * anything for an hour would otherwise answer once more as an hour ago. With the minute that KV may lag, a pushed
 * configuration is in use everywhere within two.
 */
export const LOOK_LIMIT = 60_000

/**
 * How often a running isolate asks what was accepted elsewhere, in milliseconds: KV brings that sooner, unless somebody
 * holds it back there.
 */
export const ASK_INTERVAL = 5 * 60_000

/** For how long a request waits for a look, in milliseconds. */
const LOOK_PATIENCE = 1000

/** For how long anything waits for an answer of KV or of an object, in milliseconds. */
const ANSWER_PATIENCE = 5000

/** What {@link CurrentApp} is made of. */
export interface CurrentAppServices<App> {
  /** The configuration that was deployed. It is trusted as the deploy is. */
  readonly deployed: CompiledConfiguration
  /** Makes an app of a configuration. Throws when it does not fit. */
  readonly make: (configuration: CompiledConfiguration) => App
  /** Reads what was pushed. Others may write there, and it may lag. */
  readonly readPushed: () => Promise<string | undefined>
  readonly kept: KeptConfigurations
  readonly sealer: Sealer
  /** With the newest secret alone, while there are several. */
  readonly newestSealer: Sealer | undefined
  readonly events: EventSink
  readonly clock: Clock
}

/** Has work go on after the answer was given. */
export type Defer = (work: Promise<void>) => void

/** What an isolate answers with, and the version of its configuration. */
interface Running<App> {
  readonly version: number
  readonly app: App
}

/**
 * The app of the newest configuration: the deployed one, or one that was pushed later. Nothing pushed is used before it
 * was opened, fits, and is kept as the newest accepted one; so what one isolate has used, none that starts later goes
 * back behind, whatever becomes of what was pushed.
 *
 * Each request waits only for what it began itself: work of another request may end with that request.
 */
export class CurrentApp<App> {
  readonly #services: CurrentAppServices<App>
  #running: Running<App> | undefined
  /** The newest version that is known to have been accepted. */
  #accepted = Number.NEGATIVE_INFINITY
  /** What was found in KV last and needs no second look; null stands for nothing. */
  #seen: string | null | undefined
  #lookedAt = Number.NEGATIVE_INFINITY
  /** When the last look began that is through. */
  #throughAt = Number.NEGATIVE_INFINITY
  #askedAt = Number.NEGATIVE_INFINITY

  constructor(services: CurrentAppServices<App>) {
    this.#services = services
  }

  /**
   * @returns what to answer a request with
   * @throws SsoError `configuration_unavailable` when this isolate has just started and can not ask which configuration
   *   was accepted last. Older ones may let in who was to be kept out; and the objects that a login needs are the same
   *   kind of object.
   */
  async find(defer: Defer): Promise<App> {
    const now = this.#services.clock()
    if (!this.#running) return this.#start(now)
    if (now - this.#throughAt >= LOOK_LIMIT) {
      const looking = this.#look(now)
      defer(looking)
      await atMost(LOOK_PATIENCE, looking)
      // Whether it is through or not: requests do not wait one after the other for what does not answer.
      this.#throughAt = now
    } else if (now - this.#lookedAt >= LOOK_INTERVAL) defer(this.#look(now))
    return this.#running.app
  }

  async #start(now: number): Promise<App> {
    const reading = this.#readPushed()
    const kept = await this.#ask(now)
    await this.#useKept(kept)
    this.#use(this.#services.deployed)
    await this.#consider(await reading)
    this.#lookedAt = this.#throughAt = now
    return (this.#running as Running<App>).app
  }

  /** Looks for something newer than what runs. Never rejects: what runs goes on. */
  async #look(now: number): Promise<void> {
    this.#lookedAt = now
    const reading = this.#readPushed()
    if (now - this.#askedAt >= ASK_INTERVAL) {
      await this.#ask(now).then((kept) => this.#useKept(kept), this.#refuse)
    }
    await this.#consider(await reading)
    this.#throughAt = now
  }

  /** @returns null for nothing, undefined when that can not be known */
  async #readPushed(): Promise<string | null | undefined> {
    try {
      return (await inTime(this.#services.readPushed())) ?? null
    } catch (cause) {
      this.#refuse(unavailable('what was pushed can not be read now', cause))
      return undefined
    }
  }

  async #ask(now: number): Promise<KeptConfiguration | undefined> {
    const { kept, deployed } = this.#services
    try {
      const newest = await inTime(kept.newest(this.#running?.version ?? deployed.version))
      this.#askedAt = now
      return newest
    } catch (cause) {
      throw unavailable('which configuration was accepted last can not be asked for now', cause)
    }
  }

  /** Uses what was accepted, here or elsewhere, where it is newer. */
  async #useKept(kept: KeptConfiguration | undefined): Promise<void> {
    if (!kept) return
    this.#accepted = Math.max(this.#accepted, kept.version)
    if (kept.sealed === undefined) return
    try {
      const configuration = await this.#open(kept.sealed)
      this.#use(configuration)
      await this.#sealAnew(kept.sealed, configuration)
    } catch (error) {
      this.#refuse(error)
    }
  }

  /** Looks at what was found in KV, once. */
  async #consider(unverifiedPushed: string | null | undefined): Promise<void> {
    if (unverifiedPushed === undefined || unverifiedPushed === this.#seen) return
    try {
      if (unverifiedPushed === null) this.#miss()
      else await this.#accept(await this.#open(unverifiedPushed))
    } catch (error) {
      this.#refuse(error)
      // That may change without anything new in KV.
      if (error instanceof SsoError && error.code === 'configuration_unavailable') return
    }
    // Not before: a request that ends in the middle takes this work with it.
    this.#seen = unverifiedPushed
  }

  #miss(): void {
    if (this.#accepted <= this.#services.deployed.version) return
    throw new SsoError(
      'configuration_missing',
      'a pushed configuration is in use, and nothing is pushed any more',
      {
        details: { accepted: this.#accepted },
      },
    )
  }

  async #accept(configuration: CompiledConfiguration): Promise<void> {
    const { version } = configuration
    if (version < this.#accepted) throw outdated(version, this.#accepted)
    if (!this.#isNewer(version)) return
    const app = this.#services.make(configuration)
    const { newest, isNew } = await this.#keep(configuration)
    this.#accepted = Math.max(this.#accepted, newest)
    if (newest > version) {
      await this.#useKept(await this.#ask(this.#services.clock()))
      throw outdated(version, newest)
    }
    this.#run({ version, app })
    if (isNew)
      this.#services.events.emit({ type: 'configuration.accepted', requestId: randomReference(), version })
  }

  async #keep(configuration: CompiledConfiguration) {
    const { kept, sealer } = this.#services
    const sealed = await sealConfiguration(configuration, sealer)
    try {
      return await inTime(kept.keep(configuration.version, sealed))
    } catch (cause) {
      throw unavailable('a pushed configuration can not be kept now, and is not used before it is', cause)
    }
  }

  /** What an older secret sealed would be lost when that secret is removed, and an older configuration be back. */
  async #sealAnew(sealed: string, configuration: CompiledConfiguration): Promise<void> {
    const { newestSealer } = this.#services
    if (!newestSealer) return
    const opened = await this.#open(sealed, newestSealer).catch(() => undefined)
    if (!opened) await this.#keep(configuration)
  }

  #open(unverifiedSealed: string, sealer = this.#services.sealer): Promise<CompiledConfiguration> {
    const { deployed, clock } = this.#services
    return openConfiguration(unverifiedSealed, {
      sealer,
      baseUrl: deployed.base_url as BaseUrl,
      now: clock(),
    })
  }

  #use(configuration: CompiledConfiguration): void {
    const { version } = configuration
    if (this.#isNewer(version)) this.#run({ version, app: this.#services.make(configuration) })
  }

  #run(running: Running<App>): void {
    if (this.#isNewer(running.version)) this.#running = running
  }

  #isNewer(version: number): boolean {
    return version > (this.#running?.version ?? Number.NEGATIVE_INFINITY)
  }

  readonly #refuse = (error: unknown): void => {
    const { code, message, details } = error instanceof SsoError ? error : unfit(error)
    const requestId = randomReference()
    this.#services.events.emit({ type: 'configuration.refused', requestId, code, message, details })
  }
}

function outdated(version: number, accepted: number): SsoError {
  const message = 'what is pushed is older than what was accepted before'
  return new SsoError('configuration_outdated', message, { details: { version, accepted } })
}

function unavailable(message: string, cause: unknown): SsoError {
  return new SsoError('configuration_unavailable', message, { cause })
}

/** What is genuine and can not be used after all is no reason to answer nobody. */
function unfit(cause: unknown): SsoError {
  return new SsoError('installation_invalid', 'the pushed configuration does not fit this version', { cause })
}

/** Waits for `work`, and not for ever. */
async function atMost(patience: number, work: Promise<unknown>): Promise<void> {
  const expired = Promise.withResolvers<void>()
  const timer = setTimeout(expired.resolve, patience)
  try {
    await Promise.race([work, expired.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** @throws Error when `work` takes longer than anybody waits for it */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined
  const working = work.then((value) => {
    result = { value }
  })
  await atMost(ANSWER_PATIENCE, working)
  if (!result) throw new Error('no answer in time')
  return result.value
}
