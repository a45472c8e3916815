import { abortAllDurableObjects, env, runInDurableObject } from 'cloudflare:test'
import {
  type CompiledConfiguration,
  createSealer,
  PUSHED_CONFIGURATION_KEY,
  randomId,
  type Sealer,
  Secret,
  type SsoEvent,
  sealConfiguration,
} from '@doorward/core'
import { createFixedClock } from '@doorward/core/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import deployed from '#configuration'
import { compose, type Env } from '../src/composition.ts'
import {
  ASK_INTERVAL,
  CurrentApp,
  type CurrentAppServices,
  LOOK_INTERVAL,
  LOOK_LIMIT,
} from '../src/configuration/current-app.ts'
import type { KeptConfigurations } from '../src/configuration/kept.ts'
import { createDurableKeptConfigurations } from '../src/objects/configuration.ts'

const bindings = env as unknown as Env
const { STATE, CONFIGURATION } = bindings
/** Made anew each time: what ends an object ends its stubs. */
const object = () => CONFIGURATION.getByName('configuration')
const kept = createDurableKeptConfigurations(CONFIGURATION)
const secret = new Secret(bindings.DOORWARD_SECRET)
const sealer = createSealer([secret])
const clock = createFixedClock(Date.UTC(2026, 0, 1))

/** What an isolate answers with: the app, and which configuration it is of. */
interface Answering {
  readonly version: number
  readonly app: ReturnType<typeof compose>
}

/** The tests' deployed configuration under another version: with one connection more for a version above it. */
function configurationOf(version: number): CompiledConfiguration {
  const [first] = deployed.connections
  if (!first) throw new Error('the tests need a connection')
  return {
    ...deployed,
    version,
    connections: [...deployed.connections, { ...first, id: `added-in-${version}` }],
  }
}

const seal = (version: number) => sealConfiguration(configurationOf(version), sealer)

/** Writes to KV, as whoever may write there can. */
async function write(sealed: string | undefined): Promise<void> {
  if (sealed === undefined) await STATE.delete(PUSHED_CONFIGURATION_KEY)
  else await STATE.put(PUSHED_CONFIGURATION_KEY, sealed)
}

const push = async (version: number) => write(await seal(version))

interface Isolate {
  readonly events: SsoEvent[]
  /** What a request is answered with. */
  answer(): Promise<Answering>
  /** Waits for what goes on after answers. */
  settle(): Promise<void>
  /** Both, one after the other. */
  find(): Promise<Answering>
  version(): Promise<number>
}

/** A new isolate, with a bundle of its own. */
function startIsolate(deployedVersion = 1, changes: Partial<CurrentAppServices<Answering>> = {}): Isolate {
  const events: SsoEvent[] = []
  const current = new CurrentApp<Answering>({
    deployed: { ...deployed, version: deployedVersion },
    make: (configuration) => ({ version: configuration.version, app: compose(bindings, configuration) }),
    readPushed: async () => (await STATE.get(PUSHED_CONFIGURATION_KEY)) ?? undefined,
    kept,
    sealer,
    newestSealer: undefined,
    events: { emit: (event) => void events.push(event) },
    clock: clock.now,
    ...changes,
  })

  let deferred: Promise<void>[] = []
  const defer = (work: Promise<void>): void => {
    deferred.push(work)
  }

  /** What goes on after an answer is through when this returns. */
  async function settle(): Promise<void> {
    const under = deferred
    deferred = []
    await Promise.all(under)
  }

  /** What a request is answered with, settled. */
  async function find(): Promise<Answering> {
    const answering = await current.find(defer)
    await settle()
    return answering
  }

  return {
    events,
    find,
    settle,
    answer: () => current.find(defer),
    version: async () => (await find()).version,
  }
}

/** Counts what an isolate asks of others, and how many characters it is made to decrypt each time. */
function watch() {
  const counted = { reads: 0, asks: 0, keeps: 0 }
  const lengths: number[] = []
  const changes = {
    sealer: watched(sealer, lengths),
    async readPushed() {
      counted.reads++
      return (await STATE.get(PUSHED_CONFIGURATION_KEY)) ?? undefined
    },
    kept: {
      newest(above: number) {
        counted.asks++
        return kept.newest(above)
      },
      keep(version: number, sealed: string) {
        counted.keeps++
        return kept.keep(version, sealed)
      },
    },
  }
  return { counted, changes, large: () => lengths.filter((length) => length > HEADER_LENGTH) }
}

/** No header is longer. */
const HEADER_LENGTH = 256

const watched = (inner: Sealer, lengths: number[]): Sealer => ({
  ...inner,
  open(purpose, context, text) {
    lengths.push(text.length)
    return inner.open(purpose, context, text)
  },
})

const codesOf = (events: readonly SsoEvent[]) =>
  events.map((event) => (event.type === 'configuration.refused' ? event.code : event.type))

const unreachable: KeptConfigurations = {
  newest: () => Promise.reject(new Error('unreachable')),
  keep: () => Promise.reject(new Error('unreachable')),
}

beforeEach(async () => {
  await write(undefined)
  await runInDurableObject(object(), (_, { storage }) => void storage.sql.exec('DELETE FROM kept'))
})

describe('an isolate', () => {
  it('answers by the deployed configuration when nothing was pushed, and says nothing about it', async () => {
    const { version, events } = startIsolate()
    expect(await version()).toBe(1)
    expect(events).toEqual([])
  })

  it('starts with what was pushed', async () => {
    await push(2)
    const { version, events } = startIsolate()
    expect(await version()).toBe(2)
    expect(events).toEqual([{ type: 'configuration.accepted', requestId: expect.any(String), version: 2 }])
  })

  it('says once for all isolates that a configuration was accepted', async () => {
    await push(2)
    const isolates = Array.from({ length: 5 }, () => startIsolate())
    const versions = await Promise.all(isolates.map((isolate) => isolate.version()))
    expect(versions).toEqual([2, 2, 2, 2, 2])
    expect(isolates.flatMap(({ events }) => codesOf(events))).toEqual(['configuration.accepted'])
  })

  it('takes up what is pushed while it runs; a request that is under way keeps its app', async () => {
    const isolate = startIsolate()
    const before = await isolate.find()
    await push(2)
    clock.advance(LOOK_LIMIT)
    const after = await isolate.find()
    expect([before.version, after.version]).toEqual([1, 2])
    const path = '/api/auth/oidc/added-in-2/login/'
    expect((await before.app.request(path)).status).toBe(404)
    expect((await after.app.request(path)).status).toBe(302)
  })

  it('goes back when the older file is pushed again: that is a newer version', async () => {
    await push(2)
    const isolate = startIsolate()
    await isolate.version()
    await write(await sealConfiguration({ ...deployed, version: 3 }, sealer))
    clock.advance(LOOK_LIMIT)
    expect((await (await isolate.find()).app.request('/api/auth/oidc/added-in-2/login/')).status).toBe(404)
  })

  it('says once, with both versions, that what is pushed is older than what was deployed meanwhile', async () => {
    await push(2)
    const isolate = startIsolate(3)
    for (let round = 0; round < 3; round++) {
      expect(await isolate.version()).toBe(3)
      clock.advance(LOOK_LIMIT)
    }
    expect(isolate.events).toEqual([
      expect.objectContaining({
        type: 'configuration.refused',
        code: 'configuration_outdated',
        details: { version: 2, deployed: 3 },
      }),
    ])
  })

  it('does not go back because its clock does', async () => {
    const version = clock.now()
    await push(version)
    expect(await startIsolate().version()).toBe(version)
    const isolate = startIsolate(1, { clock: () => clock.now() - 60 * 60_000 })
    expect(await isolate.version()).toBe(version)
    expect(isolate.events).toEqual([])
  })

  it('prefers a deploy that is newer than the push, and says nothing about it', async () => {
    await push(2)
    expect(await startIsolate(1).version()).toBe(2)
    const newer = startIsolate(3)
    expect(await newer.version()).toBe(3)
    expect(newer.events).toEqual([])
    await push(4)
    clock.advance(LOOK_LIMIT)
    expect(await newer.version()).toBe(4)
  })
})

describe('how soon what is pushed is in use', () => {
  /** KV may show what it held a minute ago. */
  const KV_LAG = 60_000

  it('is within two minutes, with the lag of KV', () => {
    expect(LOOK_LIMIT + KV_LAG).toBeLessThanOrEqual(120_000)
    expect(LOOK_INTERVAL).toBeLessThan(LOOK_LIMIT)
  })

  it('at a busy isolate: after the next look, for which no request waits', async () => {
    let reads = 0
    const isolate = startIsolate(1, {
      async readPushed() {
        reads++
        return (await STATE.get(PUSHED_CONFIGURATION_KEY)) ?? undefined
      },
    })
    await isolate.version()
    await push(2)
    clock.advance(LOOK_INTERVAL - 1)
    expect(await isolate.version()).toBe(1)
    expect(reads).toBe(1)
    clock.advance(1)
    expect([await isolate.version(), await isolate.version()]).toEqual([1, 2])
    expect(reads).toBe(2)
  })

  it('at an idle isolate: with the first request, which waits for the look', async () => {
    const isolate = startIsolate()
    await isolate.version()
    await push(2)
    clock.advance(24 * 60 * 60_000)
    expect(await Promise.all([isolate.version(), isolate.version()])).toEqual([2, 2])
  })

  it('is within minutes also where KV is held back, once one isolate has accepted it', async () => {
    const isolate = startIsolate()
    await isolate.version()
    await push(2)
    expect(await startIsolate().version()).toBe(2)
    await write(undefined)
    clock.advance(LOOK_LIMIT)
    expect(await isolate.version()).toBe(1)
    clock.advance(ASK_INTERVAL)
    expect(await isolate.version()).toBe(2)
  })

  it('is at once where KV lags behind what another isolate accepted', async () => {
    const isolate = startIsolate()
    await isolate.version()
    await push(3)
    await startIsolate().version()
    await push(2)
    clock.advance(LOOK_LIMIT)
    expect(await isolate.version()).toBe(3)
    expect(codesOf(isolate.events)).toEqual(['configuration_outdated'])
  })

  it('keeps no request waiting for long when KV does not answer', { timeout: 15_000 }, async () => {
    let hangs = false
    const isolate = startIsolate(1, {
      readPushed: async () => (hangs ? new Promise(() => undefined) : undefined),
    })
    await isolate.version()
    hangs = true
    clock.advance(LOOK_LIMIT)
    const begun = Date.now()
    const answers = await Promise.all(Array.from({ length: 10 }, () => isolate.answer()))
    expect(answers.map(({ version }) => version)).toEqual(Array(10).fill(1))
    expect(Date.now() - begun).toBeLessThan(2500)
    await isolate.settle()
    expect(new Set(codesOf(isolate.events))).toEqual(new Set(['configuration_unavailable']))
  })
})

describe('of many requests at once', () => {
  const MANY = 50
  /** @returns the versions that they are answered with */
  async function askAtOnce(isolate: Isolate): Promise<number[]> {
    const answers = await Promise.all(Array.from({ length: MANY }, () => isolate.answer()))
    return [...new Set(answers.map(({ version }) => version))]
  }

  it('one starts the isolate for all, and opens what was accepted, once', async () => {
    await push(5)
    await startIsolate().version()
    const { counted, changes, large } = watch()
    expect(await askAtOnce(startIsolate(1, changes))).toEqual([5])
    expect(counted).toEqual({ reads: 1, asks: 1, keeps: 0 })
    expect(large()).toHaveLength(1)
  })

  it('one accepts for all what was pushed before the start', async () => {
    await push(5)
    const { counted, changes, large } = watch()
    const isolate = startIsolate(1, changes)
    expect(await askAtOnce(isolate)).toEqual([5])
    expect(counted).toEqual({ reads: 1, asks: 1, keeps: 1 })
    expect(large()).toHaveLength(1)
    expect(codesOf(isolate.events)).toEqual(['configuration.accepted'])
  })

  it('one looks for all after a silence', async () => {
    const { counted, changes, large } = watch()
    const isolate = startIsolate(1, changes)
    await isolate.version()
    await push(2)
    clock.advance(LOOK_LIMIT)
    expect(await askAtOnce(isolate)).toEqual([2])
    expect(counted).toEqual({ reads: 2, asks: 1, keeps: 1 })
    expect(large()).toHaveLength(1)
  })

  it('none asks the object again that did not answer the first; the next one does', async () => {
    let asks = 0
    const isolate = startIsolate(1, {
      kept: {
        ...kept,
        async newest() {
          asks++
          throw new Error('unreachable')
        },
      },
    })
    for (let round = 1; round <= 2; round++) {
      const failures = await Promise.allSettled(Array.from({ length: MANY }, () => isolate.answer()))
      expect(failures.map(({ status }) => status)).toEqual(Array(MANY).fill('rejected'))
      expect(asks).toBe(round)
    }
  })

  it('one takes the start over when whoever began it is gone', { timeout: 15_000 }, async () => {
    await push(5)
    await startIsolate().version()
    let asks = 0
    const isolate = startIsolate(1, {
      kept: {
        ...kept,
        newest: (above) => (asks++ === 0 ? new Promise(() => undefined) : kept.newest(above)),
      },
    })
    const slow = isolate.answer()
    const begun = Date.now()
    expect(await askAtOnce(isolate)).toEqual([5])
    expect(Date.now() - begun).toBeLessThan(4500)
    expect(asks).toBe(2)
    // In the end it says that it failed: no reason to answer its own request with that.
    expect((await slow).version).toBe(5)
    await isolate.settle()
  })

  it('none looks a second time while a look hangs, and the next look is made later', {
    timeout: 15_000,
  }, async () => {
    let reads = 0
    const isolate = startIsolate(1, {
      readPushed: async () =>
        reads++ === 1
          ? new Promise(() => undefined)
          : ((await STATE.get(PUSHED_CONFIGURATION_KEY)) ?? undefined),
    })
    await isolate.version()
    await push(2)
    clock.advance(LOOK_LIMIT)
    const hanging = isolate.answer()
    expect(await askAtOnce(isolate)).toEqual([1])
    expect(reads).toBe(2)
    await hanging
    await isolate.settle()
    clock.advance(LOOK_INTERVAL)
    await isolate.answer()
    await isolate.settle()
    expect(await isolate.version()).toBe(2)
    expect(reads).toBe(3)
  })
})

describe('whoever can write KV and has no secret', () => {
  /** What such a person can write there, by the code that the log shows. */
  const attempts: readonly {
    readonly name: string
    readonly code: string
    readonly attempt: () => Promise<string | undefined>
  }[] = [
    {
      name: 'something else',
      code: 'configuration_unreadable',
      attempt: async () => 'sso: {enabled: false}',
    },
    { name: 'nothing at all', code: 'configuration_unreadable', attempt: async () => '' },
    {
      name: 'a configuration in the open',
      code: 'configuration_unreadable',
      attempt: async () => JSON.stringify(configurationOf(9)),
    },
    {
      name: 'one that is sealed with another secret',
      code: 'configuration_unreadable',
      attempt: () => sealConfiguration(configurationOf(9), createSealer([new Secret(randomId(32))])),
    },
    {
      name: 'one that was sealed for something else',
      code: 'configuration_unreadable',
      attempt: () => sealer.seal('document', PUSHED_CONFIGURATION_KEY, JSON.stringify(configurationOf(9))),
    },
    {
      name: 'half of a genuine one',
      code: 'configuration_unreadable',
      attempt: async () => (await seal(9)).slice(0, 1000),
    },
    {
      name: 'a genuine one with one character altered',
      code: 'configuration_unreadable',
      attempt: async () => (await seal(9)).replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')),
    },
    { name: 'an older one', code: 'configuration_outdated', attempt: () => seal(4) },
    { name: 'nothing any more', code: 'configuration_missing', attempt: async () => undefined },
    {
      name: 'a genuine one of another site with the same secret',
      code: 'installation_invalid',
      attempt: () =>
        sealConfiguration({ ...configurationOf(9), base_url: 'https://elsewhere.example.com' }, sealer),
    },
    {
      name: 'a genuine one of another format',
      code: 'installation_invalid',
      attempt: () =>
        sealConfiguration({ ...configurationOf(9), format: 1 } as unknown as CompiledConfiguration, sealer),
    },
    {
      name: 'a genuine one that can not be put to use',
      code: 'configuration_unreadable',
      attempt: () =>
        sealConfiguration(
          { ...configurationOf(9), connections: 1 } as unknown as CompiledConfiguration,
          sealer,
        ),
    },
  ]

  it.each(attempts)('changes nothing for a running isolate by writing $name', async ({ code, attempt }) => {
    await push(5)
    const isolate = startIsolate()
    await isolate.version()
    isolate.events.length = 0
    await write(await attempt())
    for (let round = 0; round < 3; round++) {
      clock.advance(LOOK_LIMIT)
      const { version, app } = await isolate.find()
      expect(version).toBe(5)
      expect((await app.request('/api/auth/oidc/added-in-5/login/')).status).toBe(302)
    }
    // Once, not at every look.
    expect(codesOf(isolate.events)).toEqual([code])
  })

  it.each(attempts)('makes no new isolate go back by writing $name', async ({ code, attempt }) => {
    await push(5)
    await startIsolate().version()
    await write(await attempt())
    await abortAllDurableObjects()
    const isolate = startIsolate()
    const { version, app } = await isolate.find()
    expect(version).toBe(5)
    expect((await app.request('/api/auth/oidc/added-in-5/login/')).status).toBe(302)
    expect(codesOf(isolate.events)).toEqual([code])
  })

  it.each(attempts)(
    'makes no isolate use $name, or answer nobody, where nothing was accepted before',
    async ({ attempt }) => {
      await write(await attempt())
      const isolate = startIsolate(8)
      const { version, app } = await isolate.find()
      expect(version).toBe(8)
      expect((await app.request('/api/auth/oidc/acme/login/')).status).toBe(302)
    },
  )

  it.each([
    ['garbage', async () => 'A'.repeat(8 * 1024 * 1024)],
    ['what looks like a push', async () => `${'A'.repeat(150)}.${'A'.repeat(7 * 1024 * 1024)}`],
    ['an older push', () => seal(4)],
  ])('makes no isolate decrypt %s', async (_, attempt) => {
    await push(5)
    const started = startIsolate()
    await started.version()
    await write(await attempt())
    const { changes, large } = watch()
    const isolate = startIsolate(1, changes)
    expect(await isolate.version()).toBe(5)
    expect(isolate.events).toHaveLength(1)
    // What was accepted, and nothing else.
    expect(large()).toHaveLength(1)
  })

  it('does not hold up a start, when KV does not answer', { timeout: 15_000 }, async () => {
    await push(5)
    await startIsolate().version()
    const isolate = startIsolate(1, { readPushed: () => new Promise(() => undefined) })
    const begun = Date.now()
    expect((await isolate.answer()).version).toBe(5)
    expect(Date.now() - begun).toBeLessThan(2000)
    await isolate.settle()
  })

  it('can put back only what is no older than what was accepted, of all that was ever pushed', async () => {
    const running = startIsolate()
    await running.version()
    const documents = new Map<number, string>()
    let newest = 1
    for (const version of [3, 2, 7, 5, 6, 9, 8]) {
      documents.set(version, await seal(version))
      await write(documents.get(version))
      clock.advance(LOOK_LIMIT)
      newest = Math.max(newest, version)
      expect(await running.version()).toBe(newest)
      for (const document of documents.values()) {
        await write(document)
        expect(await startIsolate().version()).toBe(newest)
      }
    }
  })
})

describe('while the object can not be reached', () => {
  it('a new isolate answers nobody, and the next request asks again', async () => {
    await push(5)
    await startIsolate().version()
    await write(undefined)
    let reachable = false
    const isolate = startIsolate(1, {
      kept: { ...unreachable, newest: (above) => (reachable ? kept : unreachable).newest(above) },
    })
    await expect(isolate.version()).rejects.toMatchObject({ code: 'configuration_unavailable' })
    reachable = true
    expect(await isolate.version()).toBe(5)
  })

  it('a running isolate goes on, and uses nothing that is not kept', async () => {
    let reachable = true
    const isolate = startIsolate(1, {
      kept: {
        newest: (above) => (reachable ? kept : unreachable).newest(above),
        keep: (version, sealed) => (reachable ? kept : unreachable).keep(version, sealed),
      },
    })
    await isolate.version()
    await push(2)
    reachable = false
    for (let round = 0; round < 3; round++) {
      clock.advance(LOOK_LIMIT)
      expect(await isolate.version()).toBe(1)
    }
    expect(new Set(codesOf(isolate.events))).toEqual(new Set(['configuration_unavailable']))
    // Nothing new in KV: it is tried again all the same.
    reachable = true
    clock.advance(LOOK_LIMIT)
    expect(await isolate.version()).toBe(2)
  })

  it('a look that ends in the middle leaves the push to the next one', { timeout: 15_000 }, async () => {
    let isCut = false
    const isolate = startIsolate(1, {
      kept: {
        ...kept,
        keep: (version, sealed) => (isCut ? new Promise(() => undefined) : kept.keep(version, sealed)),
      },
    })
    await isolate.version()
    await push(2)
    isCut = true
    clock.advance(LOOK_LIMIT)
    expect((await isolate.answer()).version).toBe(1)
    isCut = false
    clock.advance(LOOK_INTERVAL)
    await isolate.answer()
    clock.advance(LOOK_LIMIT)
    expect((await isolate.answer()).version).toBe(2)
    await isolate.settle()
  })
})

describe('the object', () => {
  it('keeps the higher version of two, whichever comes first', async () => {
    expect(await kept.keep(5, 'five')).toEqual({ newest: 5, isNew: true })
    expect(await kept.keep(4, 'four')).toEqual({ newest: 5, isNew: false })
    expect(await kept.keep(5, 'five again')).toEqual({ newest: 5, isNew: false })
    expect(await kept.newest(0)).toEqual({ version: 5, sealed: 'five again' })
    expect(await kept.newest(5)).toEqual({ version: 5, sealed: undefined })
  })

  it('keeps what is larger than a row, over a restart, and nothing of it when a shorter one follows', async () => {
    const large = Array.from({ length: 3_000_001 }, (_, index) => 'abcdefg'.charAt(index % 7)).join('')
    await kept.keep(6, large)
    await abortAllDurableObjects()
    expect((await kept.newest(0))?.sealed === large).toBe(true)
    await kept.keep(7, 'short')
    expect(await kept.newest(0)).toEqual({ version: 7, sealed: 'short' })
  })

  it('keeps all of a configuration or nothing', async () => {
    await kept.keep(5, 'five')
    await runInDurableObject(object(), async (instance, { storage }) => {
      storage.sql.exec(
        "CREATE TRIGGER fail BEFORE INSERT ON kept WHEN NEW.part = 1 BEGIN SELECT RAISE(ABORT, 'no'); END",
      )
      expect(() => instance.keep(6, 'x'.repeat(1_500_000))).toThrow()
      storage.sql.exec('DROP TRIGGER fail')
    })
    expect(await kept.newest(0)).toEqual({ version: 5, sealed: 'five' })
  })
})

describe('a replaced secret', () => {
  const newer = new Secret(randomId(32))
  const both = { sealer: createSealer([newer, secret]), newestSealer: createSealer([newer]) }
  const alone = { sealer: createSealer([newer]) }

  it('leaves what was accepted in use, once an isolate has started with both', async () => {
    await push(5)
    await startIsolate().version()
    expect(await startIsolate(1, both).version()).toBe(5)
    const isolate = startIsolate(1, alone)
    expect(await isolate.version()).toBe(5)
    // What lies in KV is still as it was pushed.
    expect(codesOf(isolate.events)).toEqual(['configuration_unreadable'])
  })

  it('has nothing sealed anew that the newest one sealed', async () => {
    await write(await sealConfiguration(configurationOf(5), createSealer([newer])))
    const accepting = watch()
    expect(await startIsolate(1, { ...both, kept: accepting.changes.kept }).version()).toBe(5)
    expect(await kept.newest(0)).toEqual({ version: 5, sealed: await STATE.get(PUSHED_CONFIGURATION_KEY) })
    const { counted, changes } = watch()
    expect(await startIsolate(1, { ...both, kept: changes.kept }).version()).toBe(5)
    expect([accepting.counted.keeps, counted.keeps]).toEqual([1, 0])
  })

  it('has sealed anew what it is pushed with an older one', async () => {
    await push(5)
    expect(await startIsolate(1, both).version()).toBe(5)
    await write(undefined)
    expect(await startIsolate(1, alone).version()).toBe(5)
  })

  it('leaves the deployed configuration when it comes alone: what the old secret sealed may be forged', async () => {
    await push(5)
    await startIsolate().version()
    const isolate = startIsolate(1, alone)
    expect(await isolate.version()).toBe(1)
    expect(codesOf(isolate.events)).toEqual(['configuration_unreadable', 'configuration_unreadable'])
    await write(await sealConfiguration(configurationOf(6), alone.sealer))
    clock.advance(LOOK_LIMIT)
    expect(await isolate.version()).toBe(6)
  })
})
