import { createSelector, loadConfiguration, type Selector } from '@doorward/core'
import type { Contestant } from '../../bench.ts'
import { compiledWith, domainOf, idOf } from '../providers.ts'
import { nameOf } from './names.ts'

/** How many addresses are typed in turn. */
const ADDRESSES = 1024

/** The same look-up among few and many; the few are the floor. A linear search stands beside, as most products do it. */
export async function createContestants(): Promise<readonly Contestant[]> {
  return [ours(10), ours(1000), ours(100_000), linear(10), linear(1000)]
}

function ours(providers: number): Contestant {
  const selector = createSelector(loadConfiguration(compiledWith(providers), () => undefined))
  const typed = addressesOf(providers)
  return {
    name: nameOf(providers),
    async prove() {
      for (const index of [0, 1, providers - 1]) {
        const [found, ...others] = selector.select({ email: `User@${domainOf(index).toUpperCase()}` })
        if (found.id !== idOf(index) || others.length > 0) throw new Error(`${index} was not found`)
      }
      if (finds(selector, `user@sub.${domainOf(0)}`)) throw new Error('a foreign address found a provider')
    },
    run: async (index) => selector.select({ email: typed(index) }),
  }
}

function finds(selector: Selector, email: string): boolean {
  try {
    return selector.select({ email }).length > 0
  } catch {
    return false
  }
}

/** What a list of providers and `find` would cost. */
function linear(providers: number): Contestant {
  const list = compiledWith(providers).connections.map(({ id, reach }) => ({ id, domains: reach.domains }))
  const typed = addressesOf(providers)
  const find = (email: string) => {
    const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
    return list.find(({ domains }) => domains.includes(domain))
  }
  return {
    name: `a search through a list, ${providers.toLocaleString('en')} providers`,
    async prove() {
      if (find(`user@${domainOf(providers - 1)}`)?.id !== idOf(providers - 1)) throw new Error('not found')
      if (find('user@elsewhere.example')) throw new Error('a foreign address found a provider')
    },
    run: async (index) => find(typed(index)),
  }
}

/** A new string for every call, as a request brings one: a string that was looked up before knows its hash. */
function addressesOf(providers: number): (index: number) => string {
  const lines: string[] = []
  for (let i = 0; i < ADDRESSES; i++) lines.push(`email=user@${domainOf((i * 7919) % providers)}`)
  return (index) => (lines[index % ADDRESSES] as string).slice('email='.length)
}
