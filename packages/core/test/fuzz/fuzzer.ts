import { createRandom, type Random } from '../random-configurations.ts'
import type { Finding, Input, Seed, TargetName } from './input.ts'
import { createLibxml, type Libxml } from './libxml.ts'
import { generate, mutate } from './mutate.ts'
import { isAlterable, type Seeds } from './seeds.ts'
import { createTargets, type Outcome, type Subject, type Target } from './targets.ts'

/** How far it is. */
export interface Progress {
  readonly executions: number
  readonly accepted: number
  /** Answers to a login among those that were accepted. */
  readonly logins: number
  /** Inputs to be altered; those that found another reason to be refused are among them. */
  readonly corpus: number
  /** Different reasons for refusals. */
  readonly reasons: number
  /** By libxml2, and signatures by xmlsec1. */
  readonly compared: { readonly documents: number; readonly signatures: number }
  /** The most time that one took, in milliseconds per kilobyte of it and a millisecond more. */
  readonly slowest: number
  readonly findings: number
  readonly byTarget: Readonly<Record<TargetName, number>>
}

export interface FuzzerOptions {
  readonly seeds: Seeds
  readonly seed: number
  /** Is told of each input before it is fed. */
  readonly before?: (input: Input) => void
  /** What is tested, where it is not the real thing. */
  readonly subject?: Subject
}

/** Feeds inputs to readers, one after the other, for as long as it is asked to. */
export interface Fuzzer {
  readonly findings: readonly Finding[]
  readonly progress: () => Progress
  /** Feeds what it begins with, as it is. Has to come first: what is accepted here is what is genuine. */
  begin(): Promise<void>
  /** Makes one more input, and feeds it. */
  step(): Promise<void>
  /** Compares what is left to be compared. */
  end(): void
}

/** Which readers are fed how often. */
const shares: readonly [TargetName, ...TargetName[]] = [
  ...(['response', 'response', 'response', 'response', 'response', 'response'] as const),
  ...(['xml', 'xml', 'xml', 'metadata', 'redirect', 'post'] as const),
]

/** How long anything may take: a moment, and as long again for so many bytes. In milliseconds. */
const MOMENT = 50
const PER_BYTE = 0.0005

/** How often what took too long is tried again: something else may have kept the machine busy. */
const RETRIES = 5

/** How many inputs are kept that were refused for the same reason. */
const KEPT_PER_REASON = 30

/** How many documents libxml2 is asked about at once. */
const BATCH = 100

/** Of the time, libxml2 and xmlsec1 have so much. */
const SHARE_OF_LIBXML = 0.2

export function createFuzzer({ seeds, seed, before, subject }: FuzzerOptions): Fuzzer {
  const targets = createTargets(seeds.keyPair, subject)
  return new Campaign(seeds.seeds, { targets, random: createRandom(seed), before })
}

interface Tools {
  readonly targets: Readonly<Record<TargetName, Target>>
  readonly random: Random
  readonly before: ((input: Input) => void) | undefined
}

class Campaign implements Fuzzer {
  readonly findings: Finding[] = []
  readonly #seeds: readonly Seed[]
  readonly #tools: Tools
  readonly #libxml: Libxml = createLibxml()
  readonly #corpus: Readonly<Record<TargetName, Seed[]>> = noSeeds()
  /** What genuine answers and messages say. */
  readonly #genuine = new Set<string>()
  /** Those that were accepted: of what is hardly altered more is accepted, and most of what is read wrongly looks right. */
  readonly #good: Readonly<Record<TargetName, Seed[]>> = noSeeds()
  readonly #timesByReason = new Map<string, number>()
  readonly #byTarget = { response: 0, xml: 0, metadata: 0, redirect: 0, post: 0 }
  #toCompare: Seed[] = []
  #accepted = 0
  #logins = 0
  #slowest = 0
  readonly #startedAt = performance.now()
  #inLibxml = 0

  constructor(seeds: readonly Seed[], tools: Tools) {
    this.#seeds = seeds
    this.#tools = tools
    for (const seed of seeds.filter(isAlterable)) this.#corpus[seed.target].push(seed)
  }

  progress = (): Progress => ({
    executions: sum(Object.values(this.#byTarget)),
    accepted: this.#accepted,
    logins: this.#logins,
    corpus: sum(Object.values(this.#corpus).map(({ length }) => length)),
    reasons: this.#timesByReason.size,
    compared: { ...this.#libxml.counts },
    slowest: this.#slowest,
    findings: this.findings.length,
    byTarget: { ...this.#byTarget },
  })

  async begin(): Promise<void> {
    for (const seed of this.#seeds) {
      const outcome = await this.#feed(seed)
      if (!outcome) continue
      this.#count(seed, outcome)
      if (outcome.isAccepted) this.#believe(seed, outcome.means)
      else if (seed.verdict === 'must-succeed') {
        this.findings.push({ kind: 'refused', what: outcome.reason, input: seed })
      }
    }
    // At first everything takes longer.
    this.#slowest = 0
  }

  /** What an honest provider signed is genuine; what an attacker made of it must not be accepted. */
  #believe(seed: Seed, means: string | undefined): void {
    if (seed.verdict === 'must-fail') {
      this.findings.push({ kind: 'forgery', what: means ?? 'it must not be accepted', input: seed })
      return
    }
    if (means !== undefined) this.#genuine.add(means)
    if (isAlterable(seed)) this.#good[seed.target].push(seed)
  }

  async step(): Promise<void> {
    const { random } = this.#tools
    const target = random.pick(shares)
    const pick = () => random.pick(this.#corpus[target] as [Seed, ...Seed[]])
    const [good, ...others] = this.#good[target]
    const chosen = good && random.happens(0.4) ? random.pick([good, ...others]) : pick()
    const fresh = random.happens(0.05) ? generate(chosen, random) : undefined
    const input = fresh && random.happens(0.5) ? fresh : mutate(fresh ?? chosen, random, pick)
    const outcome = await this.#feed(input)
    if (!outcome) return
    if (outcome.isAccepted && outcome.means !== undefined && !this.#genuine.has(outcome.means)) {
      this.findings.push({ kind: 'forgery', what: outcome.means, input })
    }
    this.#note(input, outcome)
    if (this.#toCompare.length >= BATCH && this.#mayAskLibxml()) this.#compare()
  }

  end(): void {
    this.#compare()
    this.#libxml.close()
  }

  /** @returns undefined for what it has found something in */
  async #feed(input: Seed): Promise<Outcome | undefined> {
    this.#tools.before?.(input)
    this.#byTarget[input.target]++
    const limit = MOMENT + input.bytes.length * PER_BYTE
    let shortest = Number.POSITIVE_INFINITY
    // A record that something else on the machine has set is none.
    const isSlow = () => shortest > limit || perKilobyte(shortest, input) > this.#slowest
    for (let trial = 0; trial <= RETRIES; trial++) {
      const before = process.cpuUsage()
      try {
        const outcome = await this.#tools.targets[input.target](input)
        shortest = Math.min(shortest, millisecondsSince(before))
        if (isSlow() && trial < RETRIES) continue
        if (shortest > limit) break
        this.#slowest = Math.max(this.#slowest, perKilobyte(shortest, input))
        return outcome
      } catch (error) {
        const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
        this.findings.push({ kind: 'crash', what, input })
        return undefined
      }
    }
    this.findings.push({
      kind: 'slow',
      what: `${shortest.toFixed(1)} ms, ${input.bytes.length} bytes`,
      input,
    })
    return undefined
  }

  /** Keeps what is new. */
  #note(input: Seed, outcome: Outcome): void {
    if (this.#count(input, outcome) > KEPT_PER_REASON || !isAlterable(input)) return
    this.#corpus[input.target].push(input)
    if (outcome.isAccepted) this.#good[input.target].push(input)
  }

  /** Remembers what others are to be asked about. @returns how often it came to this */
  #count(input: Seed, outcome: Outcome): number {
    if (outcome.isAccepted) this.#accepted++
    if (outcome.isAccepted && input.target === 'response') this.#logins++
    if (outcome.isAccepted && (input.target === 'xml' || input.target === 'response')) {
      // The newest ones: there is not time for all.
      this.#toCompare[this.#accepted % BATCH] = input
    }
    const reason = `${input.target}: ${outcome.isAccepted ? 'accepted' : outcome.reason}`
    const times = (this.#timesByReason.get(reason) ?? 0) + 1
    this.#timesByReason.set(reason, times)
    return times
  }

  #mayAskLibxml(): boolean {
    return this.#inLibxml < SHARE_OF_LIBXML * (performance.now() - this.#startedAt)
  }

  #compare(): void {
    const startedAt = performance.now()
    const inputs = this.#toCompare.filter((input) => input !== undefined)
    this.#toCompare = []
    this.findings.push(...this.#libxml.differencesOf(inputs))
    for (const input of inputs.filter(({ target }) => target === 'response').slice(0, BATCH / 10)) {
      const refusal = this.#libxml.refusalOf(input)
      if (refusal) this.findings.push(refusal)
    }
    this.#inLibxml += performance.now() - startedAt
  }
}

/** Of the processor's time: what else the machine does counts less so. What waits for ever is seen from outside. */
function millisecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function noSeeds(): Record<TargetName, Seed[]> {
  return { response: [], xml: [], metadata: [], redirect: [], post: [] }
}

/** Milliseconds for a kilobyte, a short one counted as if it were longer. */
function perKilobyte(milliseconds: number, { bytes }: Input): number {
  return milliseconds / (1 + bytes.length / 1000)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
