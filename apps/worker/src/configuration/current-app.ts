import {
  type BaseUrl,
  type Clock,
  type CompiledConfiguration,
  type ErrorDetails,
  type EventSink,
  openConfiguration,
  type PushedTo,
  randomReference,
  type Sealer,
  SsoError,
  sealConfiguration,
} from '@doorward/core'
import type { Keeping, KeptConfiguration, KeptConfigurations } from './kept.ts'
import { inTime } from './patience.ts'
import { type Defer, SharedWork } from './shared-work.ts'

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

/** For how long anything waits for an answer of KV or of an object, in milliseconds. */
const ANSWER_PATIENCE = 5000

/** For how long a request waits for the start of its isolate, in milliseconds: a little longer than for an answer. */
const START_PATIENCE = { patience: 6000, goneAfter: 2000 }

/**
 * For how long a request waits for a look, in milliseconds. It never takes it over: a pushed document takes ten times its
 * size to open, and a look whose request is gone is begun anew at the next interval anyway.
 */
const LOOK_PATIENCE = { patience: 1000, goneAfter: Number.POSITIVE_INFINITY }

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
 * One request starts the isolate and one looks, for all that come meanwhile: a configuration may be megabytes, and what
 * opening it takes is there once.
 */
export class CurrentApp<App> {
  readonly #services: CurrentAppServices<App>
  readonly #starting = new SharedWork(() => this.#start(), START_PATIENCE)
  readonly #looking = new SharedWork(() => this.#look(), LOOK_PATIENCE)
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
    const running = this.#running ?? (await this.#started(defer))
    const now = this.#services.clock()
    // After a start as well: what was pushed while nobody asked is in use with the first answer.
    if (now - this.#throughAt >= LOOK_LIMIT) {
      await this.#looking.join(defer)
      // Whether it is through or not: requests do not wait one after the other for what does not answer.
      this.#throughAt = Math.max(this.#throughAt, now)
    } else if (now - this.#lookedAt >= LOOK_INTERVAL) defer(this.#looking.begin())
    return (this.#running ?? running).app
  }

  async #started(defer: Defer): Promise<Running<App>> {
    let failure: unknown
    try {
      await this.#starting.join(defer)
    } catch (error) {
      failure = error
    }
    // Whoever took it over may have brought it to an end that this one did not.
    if (this.#running) return this.#running
    throw failure ?? unavailable('which configuration was accepted last is not known in time')
  }

  /** By what was accepted and what was deployed alone: nobody else can write to either. */
  async #start(): Promise<void> {
    await this.#useKept(await this.#ask(this.#services.clock()))
    this.#use(this.#services.deployed)
  }

  /** Looks for something newer than what runs. Never rejects: what runs goes on. */
  async #look(): Promise<void> {
    const now = this.#services.clock()
    this.#lookedAt = now
    if (now - this.#askedAt >= ASK_INTERVAL) {
      await this.#ask(now).then((kept) => this.#useKept(kept), this.#refuse)
    }
    // Not before: two configurations at once may be more than there is memory for.
    await this.#consider(await this.#readPushed())
    this.#throughAt = now
  }

  /** @returns null for nothing, undefined when that can not be known */
  async #readPushed(): Promise<string | null | undefined> {
    try {
      return (await inTime(ANSWER_PATIENCE, this.#services.readPushed())) ?? null
    } catch (cause) {
      this.#refuse(unavailable('what was pushed can not be read now', cause))
      return undefined
    }
  }

  async #ask(now: number): Promise<KeptConfiguration | undefined> {
    const { kept, deployed } = this.#services
    try {
      const newest = await inTime(ANSWER_PATIENCE, kept.newest(this.#running?.version ?? deployed.version))
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
    if (kept.sealed === undefined || !this.#isNewer(kept.version)) return
    try {
      // It was accepted: that this clock is behind is no reason to go back.
      const configuration = await openConfiguration(kept.sealed, this.#to(Number.POSITIVE_INFINITY))
      this.#use(configuration)
      const sealed = await this.#sealAnew(kept.sealed, configuration)
      if (sealed !== kept.sealed) await this.#keep(kept.version, sealed)
    } catch (error) {
      this.#refuse(error)
    }
  }

  /** Looks at what was found in KV, once. */
  async #consider(unverifiedPushed: string | null | undefined): Promise<void> {
    if (unverifiedPushed === undefined || unverifiedPushed === this.#seen) return
    try {
      if (unverifiedPushed === null) this.#miss()
      else await this.#considerSealed(unverifiedPushed)
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

  async #considerSealed(unverifiedPushed: string): Promise<void> {
    const to = this.#to(this.#services.clock())
    const configuration = await openConfiguration(unverifiedPushed, to, (version) => this.#isNews(version))
    if (configuration) await this.#accept(configuration, unverifiedPushed)
  }

  /**
   * @returns whether it is newer than what runs
   * @throws SsoError `configuration_outdated` when it is not what was accepted last, and is never going to be used
   */
  #isNews(version: number): boolean {
    const deployed = this.#services.deployed.version
    if (version < this.#accepted) {
      throw outdated('what is pushed is older than what was accepted before', {
        version,
        accepted: this.#accepted,
      })
    }
    if (version > this.#accepted && version < deployed) {
      throw outdated('what is pushed is older than what was deployed', { version, deployed })
    }
    return this.#isNewer(version)
  }

  async #accept(configuration: CompiledConfiguration, pushed: string): Promise<void> {
    const { version } = configuration
    const app = this.#services.make(configuration)
    const { newest, isNew } = await this.#keep(version, await this.#sealAnew(pushed, configuration))
    this.#accepted = Math.max(this.#accepted, newest)
    if (newest > version) await this.#useKept(await this.#ask(this.#services.clock()))
    // Something newer may be in use by now.
    if (!this.#isNews(version)) return
    this.#run({ version, app })
    if (isNew)
      this.#services.events.emit({ type: 'configuration.accepted', requestId: randomReference(), version })
  }

  async #keep(version: number, sealed: string): Promise<Keeping> {
    try {
      return await inTime(ANSWER_PATIENCE, this.#services.kept.keep(version, sealed))
    } catch (cause) {
      throw unavailable('a pushed configuration can not be kept now, and is not used before it is', cause)
    }
  }

  /**
   * What an older secret sealed would be lost when that secret is removed, and an older configuration be back.
   *
   * @returns `sealed` itself where the newest secret sealed it
   */
  async #sealAnew(sealed: string, configuration: CompiledConfiguration): Promise<string> {
    const { sealer, newestSealer } = this.#services
    if (!newestSealer) return sealed
    const to = { ...this.#to(Number.POSITIVE_INFINITY), sealer: newestSealer }
    const isNewest = await openConfiguration(sealed, to, () => false).then(
      () => true,
      () => false,
    )
    return isNewest ? sealed : sealConfiguration(configuration, sealer)
  }

  #to(now: number): PushedTo {
    const { deployed, sealer } = this.#services
    return { sealer, baseUrl: deployed.base_url as BaseUrl, now }
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

function outdated(message: string, details: ErrorDetails): SsoError {
  return new SsoError('configuration_outdated', message, { details })
}

function unavailable(message: string, cause?: unknown): SsoError {
  return new SsoError('configuration_unavailable', message, { cause })
}

/** What is genuine and can not be used after all is no reason to answer nobody. */
function unfit(cause: unknown): SsoError {
  return new SsoError('installation_invalid', 'the pushed configuration does not fit this version', { cause })
}
