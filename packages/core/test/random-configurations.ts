import type { OidcConnection } from '../src/config/connection.ts'
import { connectionWith, reachWith } from './configured.ts'

/** Chance that can be repeated. */
export interface Random {
  /** Whether something of this probability happens. */
  happens(probability: number): boolean
  /** A whole number from 0 to one less than this. */
  below(count: number): number
  /** One of them. */
  pick<T>(from: readonly [T, ...T[]]): T
  /** Some of them, each with this probability. */
  some<T>(from: readonly T[], probability: number): T[]
  /** All of them in another order. */
  shuffled<T>(from: readonly T[]): T[]
}

/** Always the same chance for the same seed: mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const random: Random = {
    happens: (probability) => next() < probability,
    below: (count) => Math.floor(next() * count),
    pick: (from) => from[random.below(from.length)] ?? from[0],
    some: (from, probability) => from.filter(() => random.happens(probability)),
    shuffled: (from) =>
      from
        .map((item) => ({ item, at: next() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ item }) => item),
  }
  return random
}

/** Few, so that they meet: the same one is often somebody's domain, below a wildcard and part of an address. */
const domains: readonly string[] = [
  'acme.example',
  'a.acme.example',
  'b.a.acme.example',
  'evilacme.example',
  'acme.example.test',
  'xn--bcher-kva.example',
  'a.xn--bcher-kva.example',
  'localhost',
]

/** All the addresses there are, in the form in which they are compared. */
export const addresses: readonly string[] = ['user', 'ceo'].flatMap((name) =>
  [...domains, 'c.b.a.acme.example', 'example', 'unknown.test'].map((domain) => `${name}@${domain}`),
)

/** What providers call themselves, without a final slash. */
export const issuers = [
  'https://idp.example',
  'https://idp.example/realms/acme',
  'https://other.test',
] as const

/** Some connections as a valid configuration has them: the default ones name nothing. */
export function randomConnections(random: Random): OidcConnection[] {
  const ids = ['one', 'two', 'three', 'four', 'five', 'six']
  return random.some(ids, random.pick([0.2, 0.6, 1])).map((id) => {
    const isDefault = random.happens(0.2)
    const density = isDefault ? 0 : random.pick([0.05, 0.2])
    return connectionWith({
      id,
      isOffered: random.happens(0.8),
      weight: random.pick([0, 5, 10]),
      issuer: random.pick(issuers),
      emailVerification: random.pick(['automatic', 'require']),
      reach: reachWith({
        isDefault,
        domains: random.some(domains, density),
        wildcards: random.some([...domains, 'test'], density),
        addresses: random.some(addresses, density / 2),
      }),
    })
  })
}

/** Another way to write an address. */
export function spelledAnew(address: string, random: Random): string {
  const [name = '', domain = ''] = address.split('@')
  const cased = (text: string) =>
    [...text].map((one) => (random.happens(0.5) ? one.toUpperCase() : one)).join('')
  const international = random.happens(0.5) ? domain.replace('xn--bcher-kva', 'bücher') : domain
  return `${random.pick(['', ' '])}${cased(name)}@${cased(international)}${random.pick(['', '\n'])}`
}
